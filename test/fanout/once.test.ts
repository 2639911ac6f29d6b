import { expect, it } from 'vitest'
import { ChatError } from '../../src/chat/errors.ts'
import { message } from '../live/messages.ts'
import { until } from '../util/client.ts'
import { Events, Messages, Statuses } from './documents.ts'
import { openFanout, operatorLogin, visitorLogin } from './fanout-server.ts'
import { listen, openEvents, payloads } from './listeners.ts'

const soon = () => Date.now() + 1_000

it('asks the provider once per event, however many subscribe and by whichever transport', async () => {
  const server = await openFanout()
  const variables = { room: server.roomId }
  const sockets = await listen(server, 30, operatorLogin, Statuses.toString(), variables)
  const stream = await openEvents(
    server.url,
    { query: Statuses.toString(), variables },
    { authorization: operatorLogin.authorization },
  )
  await until(() => server.hub.counts.watchers === 31)
  expect(server.subscriptions.shared.size).toBe(1)
  for (const [index, text] of ['one', 'two', 'three'].entries()) {
    server.say(message(text, soon() + index))
    const answer = { data: { messageAdded: { text, room: { status: 'OPEN' } } } }
    for (const socket of sockets) expect(await payloads(socket, 1)).toEqual([answer])
    expect((await stream.take()).data).toEqual(answer)
    expect(server.roomReads()).toBe(index + 1)
  }
})

it('asks once per event for who reads the log later too, and anew for who comes a while after', async () => {
  const server = await openFanout()
  const room = server.roomId
  const [first] = await listen(server, 1, operatorLogin, Events.toString(), { room })
  server.say(message('a', soon()))
  const [told] = first ? await payloads(first, 1) : []
  const after = Object(told).data.roomEvents.cursor
  server.say(message('b', soon() + 1), message('c', soon() + 2))
  const rest = first ? await payloads(first, 2) : []
  const later = await listen(server, 5, operatorLogin, Events.toString(), { room, after })
  for (const socket of later) expect(await payloads(socket, 2)).toEqual(rest)
  // Their starts differ, and nothing else: they are one execution.
  expect(server.subscriptions.shared.size).toBe(1)
})

it('tells each subscriber of an error in the execution, and goes on', async () => {
  const failing = { isDown: true }
  const server = await openFanout({
    getRooms: async (ids) => {
      if (failing.isDown) throw new ChatError('PROVIDER_UNAVAILABLE', 'The provider does not answer.')
      return ids.map(() => null)
    },
  })
  const sockets = await listen(server, 4, operatorLogin, Statuses.toString(), { room: server.roomId })
  server.say(message('a', soon()))
  for (const socket of sockets) {
    expect(await payloads(socket, 1)).toMatchObject([
      {
        data: null,
        errors: [{ path: ['messageAdded', 'room', 'status'], extensions: { code: 'PROVIDER_UNAVAILABLE' } }],
      },
    ])
  }
  failing.isDown = false
  server.say(message('b', soon() + 1))
  for (const socket of sockets) {
    expect(await payloads(socket, 1)).toMatchObject([{ errors: [{ extensions: { code: 'NOT_FOUND' } }] }])
  }
  expect(server.roomReads()).toBe(2)
})

it('keeps apart what is asked differently', async () => {
  const server = await openFanout()
  const room = server.roomId
  await listen(server, 1, operatorLogin, Events.toString(), { room })
  await listen(server, 1, operatorLogin, Messages.toString(), { room })
  const skipping =
    'subscription($room: ID!, $no: Boolean!) { messageAdded(roomId: $room) { id text @skip(if: $no) } }'
  for (const no of [true, false]) await listen(server, 1, operatorLogin, skipping, { room, no })
  await listen(server, 1, visitorLogin('anne'), Messages.toString(), { room })
  await listen(server, 1, visitorLogin('bob'), Messages.toString(), { room })
  expect(server.subscriptions.shared.size).toBe(6)
})

it('keeps apart those whose start has a say in the answer', async () => {
  const server = await openFanout()
  const query = `subscription($r: ID!, $from: String) {
    roomEvents(roomId: $r, after: $from) { room { messages(before: $from, last: 1) { nodes { text } } } }
  }`
  for (const from of [null, undefined])
    await listen(server, 1, operatorLogin, query, { r: server.roomId, from })
  expect(server.subscriptions.shared.size).toBe(2)
})

it('forgets a subscription when its last subscriber has left, and takes back what it had asked for', async () => {
  const signals: AbortSignal[] = []
  const server = await openFanout({
    getRooms: (_ids, { signal }) => {
      signals.push(signal)
      return new Promise(() => {})
    },
  })
  const sockets = await listen(server, 3, operatorLogin, Statuses.toString(), { room: server.roomId })
  server.say(message('a', soon()))
  await until(() => signals.length === 1)
  for (const [index, { socket, send }] of sockets.entries()) {
    expect(signals[0]?.aborted).toBe(false)
    if (index % 2 === 0) socket.terminate()
    else send({ type: 'complete', id: '1' })
    await until(() => server.hub.counts.watchers === 2 - index)
  }
  expect(signals[0]?.aborted).toBe(true)
  expect(server.subscriptions.shared.size).toBe(0)
  expect(server.hub.counts).toEqual({ rooms: 0, watchers: 0 })
})
