import { describe, expect, it } from 'vitest'
import { encodeId } from '../../../src/domain/ids.ts'
import {
  customerAction,
  type LiveChatGatewayOptions,
} from '../../providers/livechat/support/livechat-gateway.ts'
import { openEventStream } from '../../support/event-stream.ts'
import {
  fetchData,
  openSocketClient,
  sendOperation,
  subscribe,
  waitUntil,
} from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { postWebhook } from '../../support/webhook-requests.ts'
import { Added, Edit, Events, Everything, Rate, Remove, Write } from './documents.ts'
import { openRoomWithAgentNotes, SECRET } from './room-with-agent-notes.ts'

const WEBHOOK_SECRET = 'word-of-the-webhooks'
/** Polls come from mutations and webhooks only. */
const HOURLY = { pollIntervalMs: 3_600_000, pollIdleIntervalMs: 3_600_000 }

/** The room with a visible last message, in which an operator can write a note through the gateway. */
async function openRoom(options: LiveChatGatewayOptions = {}) {
  const room = await openRoomWithAgentNotes(options)
  const { url, id, chatId, visitor, server } = room
  const absent = encodeId({
    type: 'Message',
    provider: 'livechat',
    ref: {
      roomId: chatId,
      threadId: room.liveChat.chats.get(chatId).threads.at(-1)?.id ?? '',
      messageId: 'none_1',
    },
  })
  const write = async (input: object, headers: Readonly<Record<string, string>> = asOperator) =>
    (await fetchData(url, Write, { input: { roomId: id, text: SECRET, ...input } }, headers)).sendMessage
  return {
    ...room,
    /** Global id of a message that does not exist. */
    absent,
    write,
    /** Writes a note and returns its global id. */
    async writeNote(): Promise<string> {
      const sent = await write({ visibility: 'AGENTS' })
      if (sent.__typename !== 'SendMessagePayload') throw new Error(`not written: ${sent.__typename}`)
      expect(sent.message).toMatchObject({ text: SECRET, visibility: 'AGENTS' })
      return sent.message.id
    },
    /** Everything that the visitor reads, with these objects by their ids. */
    readAsVisitor: async (ids: string[]) => {
      const everything = await sendOperation(url, Everything, { id, nativeId: chatId, ids }, visitor)
      expect(JSON.stringify(everything)).not.toContain(SECRET)
      return everything
    },
    connect: (role: 'visitor' | 'operator') =>
      openSocketClient(
        url,
        role === 'visitor'
          ? { visitorToken: visitor['x-visitor-token'] }
          : { authorization: asOperator.authorization },
      ),
    untilSubscribed: (count: number) => waitUntil(() => server.liveCounts().subscribers === count),
  }
}

const texts = (events: readonly unknown[]) =>
  events.map((event) => /"message(?:Added)?":{"text":"([^"]*)"/.exec(JSON.stringify(event))?.[1])

describe('a note that an operator writes through the gateway', () => {
  it('changes nothing that its visitor can read, by whatever field or id', async () => {
    const { writeNote, readAsVisitor, absent, url, id, chatId } = await openRoom()
    const before = await readAsVisitor([absent, absent])
    const [one, two] = [await writeNote(), await writeNote()]
    expect(await readAsVisitor([one, two])).toEqual(before)
    const asAgent = await fetchData(url, Everything, { id, nativeId: chatId, ids: [one] }, asOperator)
    expect(asAgent.nodes).toMatchObject([{ text: SECRET }])
  })

  it('is not among the fields of the visitor’s own payloads', async () => {
    const { writeNote, url, visitor, id } = await openRoom()
    await writeNote()
    const { rateRoom } = await fetchData(url, Rate, { id }, visitor)
    expect(rateRoom).toMatchObject({ room: { messages: { nodes: [{}, {}, {}] } } })
    expect(JSON.stringify(rateRoom)).not.toContain(SECRET)
  })

  it('is not delivered to its visitor, live or by a cursor, while an operator with the same document receives it', async () => {
    const { writeNote, say, connect, untilSubscribed, id, url, visitor } = await openRoom()
    const operatorEvents = subscribe(connect('operator'), Events, { id })
    const streams = [
      subscribe(connect('visitor'), Events, { id }),
      subscribe(connect('visitor'), Events, { id }),
      subscribe(connect('visitor'), Added, { id }),
    ]
    const sse = await openEventStream(
      url,
      { query: Events.toString(), variables: { id, after: null } },
      visitor,
    )
    await untilSubscribed(5)
    await writeNote()
    const [noteEvent] = await operatorEvents.take(1)
    expect(texts([noteEvent])).toEqual([SECRET])
    say('one')
    const received = await Promise.all(streams.map((stream) => stream.take(1)))
    const fromSse = await sse.next()
    expect([...received.map(texts), texts([fromSse])]).toEqual([['one'], ['one'], ['one'], ['one']])
    expect(JSON.stringify([received, fromSse])).not.toContain(SECRET)
    // The operator's cursor on the note, in the hands of the visitor.
    const after = noteEvent?.data?.roomEvents.cursor ?? ''
    const resumed = [
      subscribe(connect('visitor'), Events, { id, after }),
      subscribe(connect('visitor'), Added, { id, after }),
    ]
    const again = await Promise.all(resumed.map((stream) => stream.take(1)))
    expect(again.map(texts)).toEqual([['one'], ['one']])
    expect(JSON.stringify(again)).not.toContain(SECRET)
  })

  it('does not wake its visitor’s subscription by a webhook', async () => {
    const gateway = await openRoom({
      config: HOURLY,
      configure: (right) => ({ ...right, webhookSecret: WEBHOOK_SECRET }),
    })
    const { connect, untilSubscribed, id, chatId, note, say, url, liveChat } = gateway
    const events = subscribe(connect('visitor'), Events, { id })
    const first = events.take(1)
    await untilSubscribed(1)
    const announce = (eventId: string) =>
      postWebhook(url, 'livechat', {
        action: 'incoming_event',
        secret_key: WEBHOOK_SECRET,
        payload: {
          chat_id: chatId,
          event: { id: eventId, type: 'message', text: SECRET, visibility: 'agents' },
        },
      })
    liveChat.clearCalls()
    expect((await announce(note())).status).toBe(200)
    await waitUntil(() => liveChat.calls.length > 0)
    expect((await announce(say('one'))).status).toBe(200)
    expect(texts(await first)).toEqual(['one'])
  })

  it('cannot be edited or deleted by its visitor, who gets the errors of an absent message', async () => {
    const { writeNote, absent, url, visitor, liveChat } = await openRoom()
    const noteId = await writeNote()
    const attempt = async (id: string) => [
      await sendOperation(url, Edit, { id }, visitor),
      await sendOperation(url, Remove, { id }, visitor),
    ]
    const [edited, removed] = await attempt(noteId)
    expect(edited).toMatchObject({ data: { updateMessage: { code: 'UNSUPPORTED' } } })
    expect(removed).toMatchObject({ data: { deleteMessage: { code: 'NOT_FOUND' } } })
    expect(await attempt(absent)).toEqual([edited, removed])
    // LiveChat could say that the note is somebody else's.
    const body = { error: { type: 'authorization', message: 'Requester is not the author of the event' } }
    const route = customerAction('delete_event')
    liveChat.injectFault({ kind: 'answer', status: 403, body, route, times: 1 })
    expect(await sendOperation(url, Remove, { id: noteId }, visitor)).toEqual(removed)
  })

  it('leaves its idempotency key free for its visitor', async () => {
    const { write, visitor } = await openRoom()
    const idempotencyKey = 'key-of-the-note'
    await write({ visibility: 'AGENTS', idempotencyKey })
    expect(await write({ text: 'hello again', idempotencyKey }, visitor)).toMatchObject({
      message: { text: 'hello again', visibility: 'EVERYONE' },
    })
  })

  it('and the agent that joined for it are not in its visitor’s room', async () => {
    const { readAsVisitor, writeNote, liveChat, chatId, absent } = await openRoom()
    const { chats } = liveChat
    chats.transfer(chatId, { agentId: 'ada.kowalska@switchboard.test' })
    const before = await readAsVisitor([absent])
    const noteId = await writeNote()
    expect(chats.get(chatId).users).toContainEqual(
      expect.objectContaining({ id: 'agent@switchboard.test', visibility: 'agents', present: true }),
    )
    expect(await readAsVisitor([noteId])).toEqual(before)
  })
})

describe('a visitor', () => {
  it('cannot write a note', async () => {
    const { write, visitor, readAsVisitor, absent } = await openRoom()
    const before = await readAsVisitor([absent])
    expect(await write({ text: 'for agents', visibility: 'AGENTS' }, visitor)).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await readAsVisitor([absent])).toEqual(before)
  })
})
