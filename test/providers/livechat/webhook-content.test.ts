import { describe, expect, it, onTestFinished } from 'vitest'
import { enableLiveChatWebhooks } from '../../../sandbox/enable-webhooks.ts'
import { startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { type JsonObject, parseJson } from '../../../src/domain/json.ts'
import type { Message } from '../../../src/domain/model.ts'
import { toObject } from '../../../src/providers/shared/read-document.ts'
import { createAdapterWithoutStore } from '../../support/adapter-without-store.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { silentLog } from '../../support/log.ts'
import { liveChatAgentConfig } from '../../support/test-gateway.ts'

const SECRET = 'secret-of-the-webhooks'
const call = { caller: createOperatorCaller('tester'), signal: new AbortController().signal, log: silentLog }

/** An adapter and a chat whose webhooks are kept instead of sent. */
async function openChat() {
  const sandbox = await startLiveChatSandbox({ seed: false })
  onTestFinished(() => sandbox.close())
  const adapter = createAdapterWithoutStore({ ...liveChatAgentConfig(sandbox), webhookSecret: SECRET })
  onTestFinished(() => adapter.close())
  await enableLiveChatWebhooks(sandbox, 'http://127.0.0.1:9/', SECRET)
  const bodies: JsonObject[] = []
  sandbox.webhooks.intercept(({ body }) => void bodies.push(toObject(parseJson(JSON.stringify(body)))))
  const { id: roomId } = sandbox.chats.start({ customer: { name: 'Cy' }, say: 'hello' })
  const parse = (body: unknown) => adapter.parseWebhook?.({ headers: {}, body }) ?? null
  const read = async (): Promise<readonly Message[]> =>
    (await adapter.readRecentMessages(roomId, null, call)).messages
  /** The body of the next webhook of an action that `act` causes. */
  const bodyOf = async (action: string, act: () => unknown): Promise<JsonObject> => {
    await waitUntil(() => bodies.length > 0)
    bodies.length = 0
    act()
    await waitUntil(() => bodies.some((body) => body['action'] === action))
    return bodies.find((body) => body['action'] === action) ?? {}
  }
  return { sandbox, roomId, parse, read, bodyOf }
}

const hintAt = (roomId: string) => ({ roomIds: [roomId], hasOfflineMessages: false, content: null })

describe('the webhook of an event of LiveChat', () => {
  it('shows messages of both sides as a read does, to operators only, and sends nothing', async () => {
    const { sandbox, roomId, parse, read, bodyOf } = await openChat()
    await read()
    const acts = [
      () => sandbox.chats.customerSends(roomId, 'by the customer'),
      () => sandbox.chats.agentSends(roomId, 'by the agent'),
      () => sandbox.chats.agentNotes(roomId, 'for agents'),
    ]
    for (const act of acts) {
      const body = await bodyOf('incoming_event', act)
      sandbox.clearCalls()
      const hint = parse(body)
      expect(sandbox.counts()).toEqual({})
      const changes = [{ type: 'Message', message: (await read()).at(-1) }]
      expect(hint).toEqual({
        ...hintAt(roomId),
        content: { roomId, view: 'OPERATOR', changes, missing: 'NOTHING' },
      })
    }
    expect((await read()).map(({ text, visibility }) => [text, visibility])).toEqual([
      ['hello', 'EVERYONE'],
      ['by the customer', 'EVERYONE'],
      ['by the agent', 'EVERYONE'],
      ['for agents', 'AGENTS'],
    ])
  })

  it('names a deleted message', async () => {
    const { sandbox, roomId, parse, read, bodyOf } = await openChat()
    const { id } = sandbox.chats.customerSends(roomId, 'a mistake')
    await read()
    const hint = parse(await bodyOf('event_deleted', () => sandbox.chats.customerDeletes(roomId, id)))
    expect(hint?.content).toEqual({
      roomId,
      view: 'OPERATOR',
      changes: [{ type: 'MessageDeleted', messageId: id }],
      missing: 'NOTHING',
    })
  })

  it('only hints at an event of a chat that was not read, or of an author that no read has shown', async () => {
    const { sandbox, roomId, parse, read, bodyOf } = await openChat()
    const body = await bodyOf('incoming_event', () => sandbox.chats.customerSends(roomId, 'first'))
    expect(parse(body)).toEqual(hintAt(roomId))
    await read()
    const payload = toObject(body['payload'])
    const event = { ...toObject(payload['event']), id: 'another', author_id: 'somebody' }
    expect(parse({ ...body, payload: { ...payload, event } })).toEqual(hintAt(roomId))
  })

  it('only hints at an event that may reopen the room', async () => {
    const { sandbox, roomId, parse, read, bodyOf } = await openChat()
    await read()
    await bodyOf('chat_deactivated', () => sandbox.chats.close(roomId))
    const reopening = await bodyOf('incoming_event', () => {
      sandbox.chats.resume(roomId)
      sandbox.chats.customerSends(roomId, 'me again')
    })
    expect(parse(reopening)).toEqual(hintAt(roomId))
    // The read shows the event as the first of its thread.
    expect((await read()).at(-1)).toMatchObject({ text: 'me again', reopens: true })
    expect(parse(reopening)).toEqual(hintAt(roomId))
    const next = await bodyOf('incoming_event', () => sandbox.chats.customerSends(roomId, 'and again'))
    expect(parse(next)?.content?.changes).toEqual([{ type: 'Message', message: (await read()).at(-1) }])
  })

  it.for<[what: string, event: unknown]>([
    ['no event', undefined],
    ['an event without an id', { type: 'message', created_at: '2026-01-02T03:04:05.000001Z', text: 'x' }],
    ['an event without a time', { id: 'another', type: 'message', created_at: 'now', text: 'x' }],
    ['a list', [1]],
  ])('only hints at %s', async ([, event]) => {
    const { sandbox, roomId, parse, read, bodyOf } = await openChat()
    await read()
    const body = await bodyOf('incoming_event', () => sandbox.chats.customerSends(roomId, 'next'))
    expect(parse({ ...body, payload: { ...toObject(body['payload']), event } })).toEqual(hintAt(roomId))
  })

  it('shows nothing without the secret', async () => {
    const { sandbox, roomId, parse, read, bodyOf } = await openChat()
    await read()
    const body = await bodyOf('incoming_event', () => sandbox.chats.customerSends(roomId, 'next'))
    expect(parse({ ...body, secret_key: 'another' })).toBeNull()
  })
})
