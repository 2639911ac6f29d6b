import { expect, it, onTestFinished, vi } from 'vitest'
import { ChatError } from '../../../src/domain/errors.ts'
import { message } from '../../live/message-builders.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { EventStatuses, Events, Messages, Statuses } from './documents.ts'
import { nextPayloads, openSubscribers } from './subscribers.ts'
import { openTransportServer, operatorCredentials, visitorCredentials } from './transport-server.ts'

const soon = () => Date.now() + 1_000
/** Milliseconds for which a result that needed upstream requests is reused. */
const FRESH_MS = 1_000

it('sends one upstream request per event, for any number of subscribers over all transports', async () => {
  const server = await openTransportServer()
  const variables = { room: server.roomId }
  const sockets = await openSubscribers(server, 30, operatorCredentials, Statuses.toString(), variables)
  const stream = await openEventStream(
    server.url,
    { query: Statuses.toString(), variables },
    { authorization: operatorCredentials.authorization },
  )
  await waitUntil(() => server.hub.counts.subscribers === 31)
  expect(server.subscriptions.shared.size).toBe(1)
  for (const [index, text] of ['one', 'two', 'three'].entries()) {
    server.addMessages(message(text, soon() + index))
    const answer = { data: { messageAdded: { text, room: { status: 'OPEN' } } } }
    for (const socket of sockets) expect(await nextPayloads(socket, 1)).toEqual([answer])
    expect((await stream.next()).data).toEqual(answer)
    expect(server.roomReads()).toBe(index + 1)
  }
})

it('reuses the result of an event for a subscriber that replays it soon, but not later', async () => {
  // The test moves the cache's clock, so that the first replay is never late on a slow machine.
  let now = performance.now()
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now)
  onTestFinished(() => clock.mockRestore())
  const server = await openTransportServer()
  const room = server.roomId
  const query = EventStatuses.toString()
  const [first] = await openSubscribers(server, 1, operatorCredentials, query, { room })
  if (!first) throw new Error('no subscriber')
  server.addMessages(message('a', soon()))
  const [received] = await nextPayloads(first, 1)
  const after = Object(received).data.roomEvents.cursor
  server.addMessages(message('b', soon() + 1), message('c', soon() + 2))
  const rest = await nextPayloads(first, 2)
  expect(rest).toMatchObject([
    { data: { roomEvents: { room: { status: 'OPEN' } } } },
    { data: { roomEvents: { room: { status: 'OPEN' } } } },
  ])
  const reads = server.roomReads()
  now += FRESH_MS / 2
  const soonAfter = await openSubscribers(server, 5, operatorCredentials, query, { room, after })
  for (const socket of soonAfter) expect(await nextPayloads(socket, 2)).toEqual(rest)
  expect(server.roomReads()).toBe(reads)
  now += FRESH_MS
  const late = await openSubscribers(server, 5, operatorCredentials, query, { room, after })
  for (const socket of late) expect(await nextPayloads(socket, 2)).toEqual(rest)
  expect(server.roomReads()).toBe(reads + rest.length)
  // They differ only in their starts, so they share one execution.
  expect(server.subscriptions.shared.size).toBe(1)
})

it('delivers an execution error to each subscriber, and then further events', async () => {
  const failing = { isDown: true }
  const server = await openTransportServer({
    getRooms: async (ids) => {
      if (failing.isDown) throw new ChatError('PROVIDER_UNAVAILABLE', 'The provider does not answer.')
      return ids.map(() => null)
    },
  })
  const sockets = await openSubscribers(server, 4, operatorCredentials, Statuses.toString(), {
    room: server.roomId,
  })
  server.addMessages(message('a', soon()))
  for (const socket of sockets) {
    expect(await nextPayloads(socket, 1)).toMatchObject([
      {
        data: null,
        errors: [{ path: ['messageAdded', 'room', 'status'], extensions: { code: 'PROVIDER_UNAVAILABLE' } }],
      },
    ])
  }
  failing.isDown = false
  server.addMessages(message('b', soon() + 1))
  for (const socket of sockets) {
    expect(await nextPayloads(socket, 1)).toMatchObject([{ errors: [{ extensions: { code: 'NOT_FOUND' } }] }])
  }
  expect(server.roomReads()).toBe(2)
})

it('does not share different operations', async () => {
  const server = await openTransportServer()
  const room = server.roomId
  await openSubscribers(server, 1, operatorCredentials, Events.toString(), { room })
  await openSubscribers(server, 1, operatorCredentials, Messages.toString(), { room })
  const skipping =
    'subscription($room: ID!, $no: Boolean!) { messageAdded(roomId: $room) { id text @skip(if: $no) } }'
  for (const no of [true, false])
    await openSubscribers(server, 1, operatorCredentials, skipping, { room, no })
  await openSubscribers(server, 1, visitorCredentials('anne'), Messages.toString(), { room })
  await openSubscribers(server, 1, visitorCredentials('bob'), Messages.toString(), { room })
  expect(server.subscriptions.shared.size).toBe(6)
})

it('does not share operations in which the start variable changes the result', async () => {
  const server = await openTransportServer()
  const query = `subscription($r: ID!, $from: String) {
    roomEvents(roomId: $r, after: $from) { room { messages(before: $from, last: 1) { nodes { text } } } }
  }`
  for (const from of [null, undefined])
    await openSubscribers(server, 1, operatorCredentials, query, { r: server.roomId, from })
  expect(server.subscriptions.shared.size).toBe(2)
})

it('removes a shared operation with its last subscriber, and aborts its upstream requests', async () => {
  const signals: AbortSignal[] = []
  const server = await openTransportServer({
    getRooms: (_ids, { signal }) => {
      signals.push(signal)
      return new Promise(() => {})
    },
  })
  const sockets = await openSubscribers(server, 3, operatorCredentials, Statuses.toString(), {
    room: server.roomId,
  })
  server.addMessages(message('a', soon()))
  await waitUntil(() => signals.length === 1)
  for (const [index, { socket, send }] of sockets.entries()) {
    expect(signals[0]?.aborted).toBe(false)
    if (index % 2 === 0) socket.terminate()
    else send({ type: 'complete', id: '1' })
    await waitUntil(() => server.hub.counts.subscribers === 2 - index)
  }
  expect(signals[0]?.aborted).toBe(true)
  expect(server.subscriptions.shared.size).toBe(0)
  expect(server.hub.counts).toEqual({ rooms: 0, subscribers: 0 })
})
