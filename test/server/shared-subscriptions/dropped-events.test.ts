import { expect, it } from 'vitest'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { message } from '../../live/message-builders.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Events, Messages } from './documents.ts'
import { nextPayloads, openSubscribers } from './subscribers.ts'
import { openTransportServer, operatorCredentials, type TransportServer } from './transport-server.ts'

const QUARTER_MEBIBYTE = 'x'.repeat(256 * 1024)
/** More messages of this size than fit into a connection: Linux keeps 4 MB for a client that does not read. */
const LONG_MESSAGES = 32
/** Results of this size are cached, and those that are written together fill no connection. */
const SMALL = 'x'.repeat(3 * 1024)
const MAX_BUFFERED_BYTES = 128 * 1024

/** A subscriber that reads only on demand. */
interface SlowSubscriber {
  /** Reads the payload of the next result. */
  next(): Promise<unknown>
  /** Reads the type of the message after the last result. */
  nextType(): Promise<string>
  resumeReading(): void
}

const transports: readonly [string, (server: TransportServer, query: string) => Promise<SlowSubscriber>][] = [
  ['a WebSocket', subscribeBySocket],
  ['server-sent events', subscribeByEvents],
]

it.for(transports)(
  'a slow subscriber over %s receives a gap event for what was dropped, and then new events',
  async ([, subscribe]) => {
    const server = await openTransportServer()
    const room = server.roomId
    const sender = createSender(server)
    const fast = await openFastSubscriber(server)
    const slow = await subscribe(server, Events.toString())
    expect(server.subscriptions.shared.size).toBe(1)
    const long = sender.send(LONG_MESSAGES, QUARTER_MEBIBYTE)
    expect(await fast.ids(LONG_MESSAGES)).toEqual(long)
    await waitUntil(() => server.bufferedBytes() > MAX_BUFFERED_BYTES)
    const before = Date.now()
    const first = sender.send(3)
    expect(await fast.ids(3)).toEqual(first)
    const second = sender.send(2)
    expect(await fast.ids(2)).toEqual(second)
    const dropped = [...first, ...second]

    slow.resumeReading()
    const results = await readResults(slow, LONG_MESSAGES)
    expect(results.map(idOf)).toEqual(long)
    const gap = eventOf(await slow.next())
    const { cursor = '', from = '', to = '' } = gap
    expect(gap).toMatchObject({ __typename: 'GapEvent', reason: 'SLOW_CONSUMER' })
    expect(cursor).toBe(eventOf(results.at(-1))['cursor'])
    expect(Date.parse(from)).toBeLessThanOrEqual(before)
    expect(Date.parse(to)).toBeGreaterThanOrEqual(sender.newestMs())

    const later = sender.send(2)
    expect((await readResults(slow, 2)).map(idOf)).toEqual(later)
    // The other subscriber receives no gap event.
    expect(await fast.ids(2)).toEqual(later)
    const variables = { room, after: cursor }
    const resumed = await openEventStream(server.url, { query: Events.toString(), variables }, asOperator)
    for (const id of [...dropped, ...later]) expect(idOf((await resumed.next()).data)).toBe(id)
  },
)

it.for(transports)(
  'a slow subscriber over %s receives everything that waits for it when it reads again',
  async ([, subscribe]) => {
    const server = await openTransportServer()
    const sender = createSender(server)
    const fast = await openFastSubscriber(server)
    const slow = await subscribe(server, Events.toString())
    const sent: string[] = []
    const send = async (count: number) => {
      const ids = sender.send(count, SMALL)
      expect(await fast.ids(count)).toEqual(ids)
      sent.push(...ids)
    }
    while (server.bufferedBytes() <= MAX_BUFFERED_BYTES) await send(32)
    // So many wait in the queue that the connection fills up again before they are written.
    await send(240)
    slow.resumeReading()
    expect((await readResults(slow, sent.length)).map(idOf)).toEqual(sent)
  },
)

it.for(transports)(
  'a slow stream of messages over %s receives an error with the cursor for a gap, and then new messages',
  async ([, subscribe]) => {
    const server = await openTransportServer()
    const room = server.roomId
    const sender = createSender(server)
    const fast = await openFastSubscriber(server)
    const slow = await subscribe(server, Messages.toString())
    const long = sender.send(LONG_MESSAGES, QUARTER_MEBIBYTE)
    expect(await fast.ids(LONG_MESSAGES)).toEqual(long)
    await waitUntil(() => server.bufferedBytes() > MAX_BUFFERED_BYTES)
    const dropped = sender.send(3)
    expect(await fast.ids(3)).toEqual(dropped)

    slow.resumeReading()
    for (const nativeId of long)
      expect(await slow.next()).toMatchObject({ data: { messageAdded: { nativeId } } })
    const result = Object(await slow.next())
    expect(result).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'RATE_LIMITED', reason: 'SLOW_CONSUMER' } }],
    })
    const after = result.errors[0].extensions.cursor
    const later = sender.send(1)
    expect(await slow.next()).toMatchObject({ data: { messageAdded: { nativeId: later[0] } } })
    const variables = { room, after }
    const resumed = await openEventStream(server.url, { query: Messages.toString(), variables }, asOperator)
    for (const nativeId of [...dropped, ...later]) {
      expect((await resumed.next()).data).toMatchObject({ data: { messageAdded: { nativeId } } })
    }
  },
)

it.for(transports)(
  'a stream over %s ends after the gap if the queue fills up a second time',
  async ([, subscribe]) => {
    const server = await openTransportServer()
    const sender = createSender(server)
    const fast = await openFastSubscriber(server)
    const slow = await subscribe(server, Events.toString())
    const long = sender.send(LONG_MESSAGES, QUARTER_MEBIBYTE)
    expect(await fast.ids(LONG_MESSAGES)).toEqual(long)
    await waitUntil(() => server.bufferedBytes() > MAX_BUFFERED_BYTES)
    sender.send(255)
    await fast.ids(255)
    sender.send(1)
    await fast.ids(1)
    expect(server.hub.counts.subscribers).toBe(2)
    sender.send(1)
    await fast.ids(1)
    expect(server.hub.counts.subscribers).toBe(1)
    expect(server.bufferedBytes()).toBeLessThan(MAX_BUFFERED_BYTES + 2 * QUARTER_MEBIBYTE.length)

    slow.resumeReading()
    const results = await readResults(slow, LONG_MESSAGES)
    expect(eventOf(await slow.next())).toMatchObject({
      reason: 'SLOW_CONSUMER',
      cursor: eventOf(results.at(-1))['cursor'],
      to: null,
    })
    expect(await slow.nextType()).toBe('complete')
  },
)

it('a subscriber that does not share its execution receives the same gap event', async () => {
  const server = await openTransportServer()
  const sender = createSender(server)
  const fast = await openFastSubscriber(server)
  const caller = createOperatorCaller('tester')
  const slow = await server.subscribeAlone(caller, Events.toString(), { room: server.roomId })
  await waitUntil(() => server.hub.counts.subscribers === 2)
  const first = sender.send(300)
  expect(await fast.ids(300)).toEqual(first)
  const dropped = sender.send(3)
  expect(await fast.ids(3)).toEqual(dropped)
  for (const id of first) expect(idOf((await slow.next()).value)).toBe(id)
  expect(eventOf((await slow.next()).value)).toMatchObject({ reason: 'SLOW_CONSUMER' })
  const later = sender.send(1)
  expect(idOf((await slow.next()).value)).toBe(later[0])
})

async function readResults(slow: SlowSubscriber, count: number): Promise<readonly unknown[]> {
  const results: unknown[] = []
  while (results.length < count) results.push(await slow.next())
  return results
}

/** Opens a subscriber that reads everything at once. It shows when events were delivered. */
async function openFastSubscriber(server: TransportServer) {
  const variables = { room: server.roomId }
  const [socket] = await openSubscribers(server, 1, operatorCredentials, Events.toString(), variables)
  return {
    ids: async (count: number) => (socket ? await nextPayloads(socket, count) : []).map(idOf),
  }
}

/** Sends messages with increasing times to the room. */
function createSender(server: TransportServer) {
  const start = Date.now() + 1_000
  let count = 0
  return {
    /** The time of the newest message, by the clock of the room, which is ahead. */
    newestMs: () => start + count - 1,
    /** Returns the ids. */
    send(howMany: number, text = 'short'): readonly string[] {
      const messages = Array.from({ length: howMany }, () => message(`m${count}`, start + count++, { text }))
      server.addMessages(...messages)
      return messages.map(({ ref }) => ref.messageId)
    },
  }
}

async function subscribeBySocket(server: TransportServer, query: string): Promise<SlowSubscriber> {
  const { socket, subscribe, next } = await connectAs(server.url, operatorCredentials)
  subscribe('1', { query, variables: { room: server.roomId } })
  await waitUntil(() => server.hub.counts.subscribers === 2)
  socket.pause()
  return {
    next: async () => (await next()).payload,
    nextType: async () => (await next()).type,
    resumeReading: () => void socket.resume(),
  }
}

async function subscribeByEvents(server: TransportServer, query: string): Promise<SlowSubscriber> {
  const body = { query, variables: { room: server.roomId } }
  const { next } = await openEventStream(server.url, body, asOperator)
  await waitUntil(() => server.hub.counts.subscribers === 2)
  // Events that are not read wait in the connection.
  return {
    next: async () => (await next()).data,
    nextType: async () => (await next()).event,
    resumeReading: () => {},
  }
}

function eventOf(payload: unknown): Readonly<Record<string, string>> {
  return Object(payload).data.roomEvents
}

function idOf(payload: unknown): string {
  return Object(payload).data.roomEvents.message.nativeId
}
