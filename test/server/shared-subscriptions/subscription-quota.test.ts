import { expect, it } from 'vitest'
import { message } from '../../live/message-builders.ts'
import { openEventStream } from '../../support/event-stream.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { asOperator, asVisitor } from '../../support/test-gateway.ts'
import { Messages } from './documents.ts'
import { nextPayloads, openSubscribers } from './subscribers.ts'
import { openTransportServer, operatorCredentials, visitorCredentials } from './transport-server.ts'

const query = Messages.toString()

it('counts a caller’s subscriptions over all its sockets and streams', async () => {
  const server = await openTransportServer({ maxPerCaller: 3 })
  const variables = { room: server.roomId }
  const [first] = await openSubscribers(server, 2, visitorCredentials('anne'), query, variables)
  const stream = await openEventStream(server.url, { query, variables }, asVisitor('anne'))
  expect(stream.status).toBe(200)
  await waitUntil(() => server.hub.counts.subscribers === 3)

  const socket = await connectAs(server.url, visitorCredentials('anne'))
  socket.subscribe('1', { query, variables })
  expect(await socket.next()).toEqual({
    type: 'error',
    id: '1',
    payload: [
      {
        message: 'At most 3 subscriptions at a time for one caller.',
        extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
      },
    ],
  })
  expect((await openEventStream(server.url, { query, variables }, asVisitor('anne'))).status).toBe(429)
  // Another caller has its own quota.
  await openSubscribers(server, 3, visitorCredentials('bob'), query, variables)
  expect((await openEventStream(server.url, { query, variables }, asOperator)).status).toBe(200)
  await waitUntil(() => server.hub.counts.subscribers === 7)

  first?.send({ type: 'complete', id: '1' })
  await waitUntil(() => server.hub.counts.subscribers === 6)
  socket.subscribe('1', { query, variables })
  await waitUntil(() => server.hub.counts.subscribers === 7)
})

it('keeps nothing of rejected subscriptions, however many there are', async () => {
  const server = await openTransportServer({ maxPerCaller: 1 })
  const [socket] = await openSubscribers(server, 1, visitorCredentials('anne'), query, {
    room: server.roomId,
  })
  await waitUntil(() => server.hub.counts.subscribers === 1)
  for (let turn = 0; turn < 20; turn += 1) {
    socket?.subscribe(`other ${turn}`, { query, variables: { room: server.roomId, unused: turn } })
    expect(await socket?.next()).toMatchObject({ type: 'error', id: `other ${turn}` })
  }
  expect(server.subscriptions.shared.size).toBe(1)
})

it.for([
  [
    'is completed',
    async (server: Awaited<ReturnType<typeof openTransportServer>>) => {
      const [socket] = await openSubscribers(server, 1, operatorCredentials, query, { room: server.roomId })
      socket?.send({ type: 'complete', id: '1' })
    },
  ],
  [
    'loses its socket',
    async (server) => {
      const [socket] = await openSubscribers(server, 1, operatorCredentials, query, { room: server.roomId })
      socket?.socket.terminate()
    },
  ],
  [
    'is refused',
    async (server) => {
      const socket = await connectAs(server.url, operatorCredentials)
      socket.subscribe('1', { query, variables: { room: 'no id' } })
      await nextPayloads(socket, 1)
      expect(await socket.next()).toEqual({ type: 'complete', id: '1' })
    },
  ],
  [
    'aborts its stream',
    async (server) => {
      const { leave } = await openEventStream(
        server.url,
        { query, variables: { room: server.roomId } },
        asOperator,
      )
      await waitUntil(() => server.hub.counts.subscribers === 1)
      leave()
    },
  ],
] satisfies [string, (server: Awaited<ReturnType<typeof openTransportServer>>) => Promise<void>][])(
  'releases the quota of a subscription that %s',
  async ([, leave]) => {
    const server = await openTransportServer({ maxPerCaller: 1 })
    for (let round = 0; round < 3; round += 1) {
      await leave(server)
      await waitUntil(() => server.hub.counts.subscribers === 0)
    }
    const [socket] = await openSubscribers(server, 1, operatorCredentials, query, { room: server.roomId })
    server.addMessages(message('a', Date.now() + 1_000))
    expect(socket && (await nextPayloads(socket, 1))).toHaveLength(1)
  },
)
