import { expect, it } from 'vitest'
import { createOperatorCaller } from '../../../src/domain/caller.ts'
import { message } from '../../live/message-builders.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Events, Messages } from './documents.ts'
import { nextPayloads, openEventStreamWithIds, openSubscribers } from './subscribers.ts'
import { openTransportServer, operatorCredentials, type TransportServer } from './transport-server.ts'

const QUARTER_MEBIBYTE = 'x'.repeat(256 * 1024)
/** Of these, more than fit into any connection, and into the queue behind it. */
const LONG_ONES = 80
const FULL = 128 * 1024

/** A subscriber that reads only when it is told to. */
interface Slow {
  /** The payload of the next answer. */
  take(): Promise<unknown>
  /** What comes behind the last answer. */
  ended(): Promise<string>
  readOn(): void
}

const transports: readonly [string, (server: TransportServer, query: string) => Promise<Slow>][] = [
  ['a WebSocket', subscribeBySocket],
  ['server-sent events', subscribeByEvents],
]

it.for(transports)(
  'tells who fell behind over %s what it was not given, and goes on with it',
  async ([, subscribe]) => {
    const server = await openTransportServer()
    const room = server.roomId
    const scene = begin(server)
    const quick = await listenTo(server)
    const slow = await subscribe(server, Events.toString())
    expect(server.subscriptions.shared.size).toBe(1)
    const long = scene.say(LONG_ONES, QUARTER_MEBIBYTE)
    expect(await quick.ids(LONG_ONES)).toEqual(long)
    await waitUntil(() => server.bufferedBytes() > FULL)
    const before = Date.now()
    const first = scene.say(3)
    expect(await quick.ids(3)).toEqual(first)
    const second = scene.say(2)
    expect(await quick.ids(2)).toEqual(second)
    const skipped = [...first, ...second]

    slow.readOn()
    const told = await taken(slow, LONG_ONES)
    expect(told.map(idOf)).toEqual(long)
    const gap = eventOf(await slow.take())
    const { cursor = '', from = '', to = '' } = gap
    expect(gap).toMatchObject({ __typename: 'GapEvent', reason: 'SLOW_CONSUMER' })
    expect(cursor).toBe(eventOf(told.at(-1))['cursor'])
    expect(Date.parse(from)).toBeLessThanOrEqual(before)
    expect(Date.parse(to)).toBeGreaterThanOrEqual(scene.newestMs())

    const later = scene.say(2)
    expect((await taken(slow, 2)).map(idOf)).toEqual(later)
    // Nobody else was told of a gap.
    expect(await quick.ids(2)).toEqual(later)
    const variables = { room, after: cursor }
    const back = await openEventStreamWithIds(server.url, { query: Events.toString(), variables }, asOperator)
    for (const id of [...skipped, ...later]) expect(idOf((await back.take()).data)).toBe(id)
  },
)

it.for(transports)(
  'tells a stream of messages over %s of a gap by an error with the cursor, and goes on',
  async ([, subscribe]) => {
    const server = await openTransportServer()
    const room = server.roomId
    const scene = begin(server)
    const quick = await listenTo(server)
    const slow = await subscribe(server, Messages.toString())
    const long = scene.say(LONG_ONES, QUARTER_MEBIBYTE)
    expect(await quick.ids(LONG_ONES)).toEqual(long)
    await waitUntil(() => server.bufferedBytes() > FULL)
    const skipped = scene.say(3)
    expect(await quick.ids(3)).toEqual(skipped)

    slow.readOn()
    for (const nativeId of long)
      expect(await slow.take()).toMatchObject({ data: { messageAdded: { nativeId } } })
    const failed = Object(await slow.take())
    expect(failed).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'RATE_LIMITED', reason: 'SLOW_CONSUMER' } }],
    })
    const after = failed.errors[0].extensions.cursor
    const later = scene.say(1)
    expect(await slow.take()).toMatchObject({ data: { messageAdded: { nativeId: later[0] } } })
    const variables = { room, after }
    const back = await openEventStreamWithIds(
      server.url,
      { query: Messages.toString(), variables },
      asOperator,
    )
    for (const nativeId of [...skipped, ...later]) {
      expect((await back.take()).data).toMatchObject({ data: { messageAdded: { nativeId } } })
    }
  },
)

it.for(transports)(
  'ends the stream over %s behind the gap where as much again has passed it by',
  async ([, subscribe]) => {
    const server = await openTransportServer()
    const scene = begin(server)
    const quick = await listenTo(server)
    const slow = await subscribe(server, Events.toString())
    const long = scene.say(LONG_ONES, QUARTER_MEBIBYTE)
    expect(await quick.ids(LONG_ONES)).toEqual(long)
    await waitUntil(() => server.bufferedBytes() > FULL)
    scene.say(255)
    await quick.ids(255)
    scene.say(1)
    await quick.ids(1)
    expect(server.hub.counts.subscribers).toBe(2)
    scene.say(1)
    await quick.ids(1)
    expect(server.hub.counts.subscribers).toBe(1)
    expect(server.bufferedBytes()).toBeLessThan(FULL + 2 * QUARTER_MEBIBYTE.length)

    slow.readOn()
    const told = await taken(slow, LONG_ONES)
    expect(eventOf(await slow.take())).toMatchObject({
      reason: 'SLOW_CONSUMER',
      cursor: eventOf(told.at(-1))['cursor'],
      to: null,
    })
    expect(await slow.ended()).toBe('complete')
  },
)

it('tells the same to who shares its execution with nobody', async () => {
  const server = await openTransportServer()
  const scene = begin(server)
  const quick = await listenTo(server)
  const caller = createOperatorCaller('tester')
  const slow = await server.subscribeAlone(caller, Events.toString(), { room: server.roomId })
  await waitUntil(() => server.hub.counts.subscribers === 2)
  const first = scene.say(300)
  expect(await quick.ids(300)).toEqual(first)
  const skipped = scene.say(3)
  expect(await quick.ids(3)).toEqual(skipped)
  for (const id of first) expect(idOf((await slow.next()).value)).toBe(id)
  expect(eventOf((await slow.next()).value)).toMatchObject({ reason: 'SLOW_CONSUMER' })
  const later = scene.say(1)
  expect(idOf((await slow.next()).value)).toBe(later[0])
})

async function taken(slow: Slow, count: number): Promise<readonly unknown[]> {
  const told: unknown[] = []
  while (told.length < count) told.push(await slow.take())
  return told
}

/** One that reads all that comes at once; it shows when the others were told too. */
async function listenTo(server: TransportServer) {
  const variables = { room: server.roomId }
  const [socket] = await openSubscribers(server, 1, operatorCredentials, Events.toString(), variables)
  return {
    ids: async (count: number) => (socket ? await nextPayloads(socket, count) : []).map(idOf),
  }
}

/** A room in which messages are said one behind the other. */
function begin(server: TransportServer) {
  const start = Date.now() + 1_000
  let count = 0
  return {
    /** By the room's clock, which is ahead. */
    newestMs: () => start + count - 1,
    /** Gives the ids. */
    say(howMany: number, text = 'short'): readonly string[] {
      const said = Array.from({ length: howMany }, () => message(`m${count}`, start + count++, { text }))
      server.addMessages(...said)
      return said.map(({ ref }) => ref.messageId)
    },
  }
}

async function subscribeBySocket(server: TransportServer, query: string): Promise<Slow> {
  const { socket, subscribe, next } = await connectAs(server.url, operatorCredentials)
  subscribe('1', { query, variables: { room: server.roomId } })
  await waitUntil(() => server.hub.counts.subscribers === 2)
  socket.pause()
  return {
    take: async () => (await next()).payload,
    ended: async () => (await next()).type,
    readOn: () => void socket.resume(),
  }
}

async function subscribeByEvents(server: TransportServer, query: string): Promise<Slow> {
  const body = { query, variables: { room: server.roomId } }
  const { take } = await openEventStreamWithIds(server.url, body, asOperator)
  await waitUntil(() => server.hub.counts.subscribers === 2)
  // What is not taken waits in the connection.
  return {
    take: async () => (await take()).data,
    ended: async () => (await take()).event,
    readOn: () => {},
  }
}

function eventOf(payload: unknown): Readonly<Record<string, string>> {
  return Object(payload).data.roomEvents
}

function idOf(payload: unknown): string {
  return Object(payload).data.roomEvents.message.nativeId
}
