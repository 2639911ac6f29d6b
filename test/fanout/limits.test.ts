import { expect, it } from 'vitest'
import { message } from '../live/messages.ts'
import { openAs } from '../server/raw-socket.ts'
import { until } from '../util/client.ts'
import { asOperator, asVisitor } from '../util/gateway.ts'
import { Messages } from './documents.ts'
import { openFanout, operatorLogin, visitorLogin } from './fanout-server.ts'
import { listen, openEvents, payloads } from './listeners.ts'

const query = Messages.toString()

it('counts a caller’s subscriptions over all its sockets and streams', async () => {
  const server = await openFanout({ maxPerCaller: 3 })
  const variables = { room: server.roomId }
  const [first] = await listen(server, 2, visitorLogin('anne'), query, variables)
  const stream = await openEvents(server.url, { query, variables }, asVisitor('anne'))
  expect(stream.status).toBe(200)
  await until(() => server.hub.counts.watchers === 3)

  const socket = await openAs(server.url, visitorLogin('anne'))
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
  expect((await openEvents(server.url, { query, variables }, asVisitor('anne'))).status).toBe(429)
  // Another caller has places of its own.
  await listen(server, 3, visitorLogin('bob'), query, variables)
  expect((await openEvents(server.url, { query, variables }, asOperator)).status).toBe(200)
  await until(() => server.hub.counts.watchers === 7)

  first?.send({ type: 'complete', id: '1' })
  await until(() => server.hub.counts.watchers === 6)
  socket.subscribe('1', { query, variables })
  await until(() => server.hub.counts.watchers === 7)
})

it('keeps nothing of subscriptions that were refused, however many are asked for', async () => {
  const server = await openFanout({ maxPerCaller: 1 })
  const [socket] = await listen(server, 1, visitorLogin('anne'), query, { room: server.roomId })
  await until(() => server.hub.counts.watchers === 1)
  for (let turn = 0; turn < 20; turn += 1) {
    socket?.subscribe(`other ${turn}`, { query, variables: { room: server.roomId, unused: turn } })
    expect(await socket?.next()).toMatchObject({ type: 'error', id: `other ${turn}` })
  }
  expect(server.subscriptions.shared.size).toBe(1)
})

it.for([
  [
    'is completed',
    async (server: Awaited<ReturnType<typeof openFanout>>) => {
      const [socket] = await listen(server, 1, operatorLogin, query, { room: server.roomId })
      socket?.send({ type: 'complete', id: '1' })
    },
  ],
  [
    'loses its socket',
    async (server) => {
      const [socket] = await listen(server, 1, operatorLogin, query, { room: server.roomId })
      socket?.socket.terminate()
    },
  ],
  [
    'is refused',
    async (server) => {
      const socket = await openAs(server.url, operatorLogin)
      socket.subscribe('1', { query, variables: { room: 'no id' } })
      await payloads(socket, 1)
      expect(await socket.next()).toEqual({ type: 'complete', id: '1' })
    },
  ],
  [
    'aborts its stream',
    async (server) => {
      const { leave } = await openEvents(
        server.url,
        { query, variables: { room: server.roomId } },
        asOperator,
      )
      await until(() => server.hub.counts.watchers === 1)
      leave()
    },
  ],
] satisfies [string, (server: Awaited<ReturnType<typeof openFanout>>) => Promise<void>][])(
  'gives the place of a subscription back that %s',
  async ([, leave]) => {
    const server = await openFanout({ maxPerCaller: 1 })
    for (let round = 0; round < 3; round += 1) {
      await leave(server)
      await until(() => server.hub.counts.watchers === 0)
    }
    const [socket] = await listen(server, 1, operatorLogin, query, { room: server.roomId })
    server.say(message('a', Date.now() + 1_000))
    expect(socket && (await payloads(socket, 1))).toHaveLength(1)
  },
)
