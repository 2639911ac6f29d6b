import { describe, expect, it, onTestFinished } from 'vitest'
import { enableRocketChatWebhooks } from '../../../sandbox/enable-webhooks.ts'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import type { InterceptedWebhook } from '../../../sandbox/webhook-delivery.ts'
import { type JsonObject, parseJson } from '../../../src/domain/json.ts'
import type { Message } from '../../../src/domain/model.ts'
import type { WebhookHint } from '../../../src/domain/webhooks.ts'
import { toObject } from '../../../src/providers/shared/read-document.ts'
import { createAdapterWithoutStore } from '../../support/adapter-without-store.ts'
import { silentLog } from '../../support/log.ts'
import { rocketChatConfig } from '../../support/test-gateway.ts'

const SECRET = 'secret-of-the-webhooks'

/** An adapter and a room whose webhooks are kept instead of sent. */
async function openRoom(visitorName: string | undefined = 'Vera') {
  const sandbox = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => sandbox.close())
  const adapter = createAdapterWithoutStore({ ...rocketChatConfig(sandbox.url), webhookToken: SECRET })
  onTestFinished(() => adapter.close())
  const { workspace } = sandbox
  workspace.createAgent({ username: 'ada', name: 'Ada Agent' })
  const { token } = workspace.createVisitor(visitorName === undefined ? {} : { name: visitorName })
  const { _id: roomId } = workspace.openRoom({ token })
  const webhooks: InterceptedWebhook[] = []
  sandbox.webhooks.intercept((webhook) => void webhooks.push(webhook))
  enableRocketChatWebhooks(sandbox, 'http://127.0.0.1:9/', SECRET)
  const parse = (body: unknown, secret = SECRET): WebhookHint | null =>
    adapter.parseWebhook?.({ headers: { 'x-rocketchat-livechat-token': secret }, body }) ?? null
  /** The body of the last webhook, as JSON brings it. */
  const lastBody = (): JsonObject => toObject(parseJson(JSON.stringify(webhooks.at(-1)?.body)))
  return {
    workspace,
    roomId,
    parse,
    lastBody,
    lastHint: () => parse(lastBody()),
    async read(messageId: string): Promise<Message | undefined> {
      const caller = { role: 'VISITOR', token } as const
      const call = { caller, signal: new AbortController().signal, log: silentLog }
      const { messages } = await adapter.readRecentMessages(roomId, null, call)
      return messages.find(({ ref }) => ref.messageId === messageId)
    },
  }
}

describe('the webhook of a message of Rocket.Chat', () => {
  it.for(['Vera', undefined])('shows the text of the visitor %s as a read does', async (name) => {
    const { workspace, roomId, lastHint, read } = await openRoom(name)
    const { _id } = workspace.visitorSends(roomId, 'Hello,\nis anybody there?')
    const hint = lastHint()
    expect(hint).toEqual({
      roomIds: [roomId],
      hasOfflineMessages: false,
      content: {
        roomId,
        view: null,
        changes: [{ type: 'Message', message: await read(_id) }],
        missing: 'NOTHING',
      },
    })
    expect(hint?.content?.changes).toMatchObject([
      { message: { text: 'Hello,\nis anybody there?', author: { role: 'VISITOR' } } },
    ])
    expect(JSON.stringify(hint)).not.toContain(workspace.room(roomId).v.token)
  })

  it('does not use what the body shows of a message without the secret', async () => {
    const { workspace, roomId, lastBody, parse } = await openRoom()
    workspace.visitorSends(roomId, 'Hello')
    expect(parse(lastBody(), 'another')).toBeNull()
  })

  const uncertain: readonly (readonly [what: string, act: (open: Opened) => void])[] = [
    [
      'that was edited',
      ({ workspace, roomId }) => workspace.edit(workspace.visitorSends(roomId, 'Hello')._id, 'Hello!'),
    ],
    ['that closes the room', ({ workspace, roomId }) => workspace.closeRoom(roomId, 'Solved')],
  ]
  it.for(uncertain)('only hints at a message %s', async ([, act]) => {
    const open = await openRoom()
    act(open)
    expect(open.lastHint()).toEqual({ roomIds: [open.roomId], hasOfflineMessages: false, content: null })
  })

  const announced: readonly (readonly [what: string, act: (open: Opened) => void])[] = [
    ['of an agent', ({ workspace, roomId }) => workspace.agentSends(roomId, 'Hello')],
    ['with a link', ({ workspace, roomId }) => workspace.visitorSends(roomId, 'see https://chat.test/x')],
    [
      'with a file',
      ({ workspace, roomId }) =>
        workspace.visitorSends(roomId, 'this', {
          file: { _id: 'f1', name: 'a.txt', type: 'text/plain' },
          attachments: [{ title: 'a.txt', type: 'file', title_link: '/file-upload/f1/a.txt' }],
        }),
    ],
  ]
  it.for(announced)('announces a message %s without its content', async ([, act]) => {
    const open = await openRoom()
    act(open)
    expect(open.lastHint()?.content).toEqual({
      roomId: open.roomId,
      view: null,
      changes: [],
      missing: 'ADDITIONS',
    })
  })

  const damaged: readonly (readonly [what: string, fields: Readonly<Record<string, unknown>>])[] = [
    ['a message of another room', { rid: 'another' }],
    ['a message without a time', { ts: 'yesterday' }],
    ['a message without an id', { _id: 7 }],
    ['a message without an author', { u: null }],
    ['a message of another author', { u: { _id: 'someone', username: 'someone', name: 'Someone' } }],
    ['a message whose author lacks its name', { u: { _id: 'v', username: 'guest' } }],
    ['a message without a text', { msg: null }],
  ]
  it.for(damaged)('leaves out %s, and keeps the others', async ([, fields]) => {
    const { workspace, roomId, lastBody, parse, read } = await openRoom()
    const { _id } = workspace.visitorSends(roomId, 'Hello')
    const body = lastBody()
    const [message]: readonly unknown[] = Array.isArray(body['messages']) ? body['messages'] : []
    const damagedMessage = { ...toObject(message), ...fields }
    const hint = parse({ ...body, messages: [null, damagedMessage, 7, message] })
    expect(hint?.content).toEqual({
      roomId,
      view: null,
      changes: [{ type: 'Message', message: await read(_id) }],
      missing: 'ANYTHING',
    })
  })

  it('shows nothing of a visitor whom the body does not identify', async () => {
    const { workspace, roomId, lastBody, parse } = await openRoom()
    workspace.visitorSends(roomId, 'Hello')
    for (const visitor of [undefined, null, {}, { _id: 'v' }, { token: 't' }]) {
      expect(parse({ ...lastBody(), visitor })?.content?.changes).toEqual([])
    }
  })
})

type Opened = Pick<RocketChatSandbox, 'workspace'> & { readonly roomId: string }
