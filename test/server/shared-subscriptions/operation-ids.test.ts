import { expect, it } from 'vitest'
import { message } from '../../live/message-builders.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs, type Message } from '../../support/raw-socket.ts'
import { Events, Messages } from './documents.ts'
import { nextPayloads, openSubscribers } from './subscribers.ts'
import { openTransportServer, operatorCredentials } from './transport-server.ts'

const soon = () => Date.now() + 1_000

it.for([
  ['a shared subscription', Messages.toString(), Events.toString()],
  ['a query after a subscription', Messages.toString(), '{ viewer { role } }'],
  ['a subscription after a query', '{ node(id: "x") { id } }', Messages.toString()],
])('takes an id again as soon as it was completed: %s', async ([, first = '', second = '']) => {
  const server = await openTransportServer()
  const variables = { room: server.roomId }
  const socket = await connectAs(server.url, operatorCredentials)
  for (let round = 0; round < 20; round += 1) {
    socket.subscribe('1', { query: first, variables })
    socket.send({ type: 'complete', id: '1' })
  }
  socket.subscribe('1', { query: second, variables })
  // Results may arrive until the server has read `complete`; a pong confirms that it has.
  socket.send({ type: 'ping' })
  const answers = [await socket.next()]
  while (answers.at(-1)?.type !== 'pong') answers.push(await socket.next())
  if (second.includes('subscription')) {
    await waitUntil(() => server.hub.counts.subscribers === 1)
    server.addMessages(message('a', soon()))
  }
  const field = second.includes('viewer')
    ? 'viewer'
    : second.includes('roomEvents')
      ? 'roomEvents'
      : 'messageAdded'
  const isAnswer = ({ type, id, payload }: Message) =>
    type === 'next' && id === '1' && field in Object(payload).data
  while (!answers.some(isAnswer)) answers.push(await socket.next())
})

it('delivers an event to the present subscribers, while others unsubscribe and subscribe', async () => {
  const server = await openTransportServer()
  const variables = { room: server.roomId }
  const sockets = await openSubscribers(server, 20, operatorCredentials, Messages.toString(), variables)
  server.addMessages(...Array.from({ length: 50 }, (_, index) => message(`m${index}`, soon() + index)))
  const leaving = sockets.filter((_socket, index) => index % 3 === 0)
  for (const { send } of leaving) send({ type: 'complete', id: '1' })
  const staying = sockets.filter((socket) => !leaving.includes(socket))
  for (const socket of staying) expect(await nextPayloads(socket, 50)).toHaveLength(50)
  await waitUntil(() => server.hub.counts.subscribers === staying.length)
})

it('survives many clients that reconnect at once', async () => {
  const server = await openTransportServer()
  const variables = { room: server.roomId }
  const [keeper] = await openSubscribers(server, 1, operatorCredentials, Events.toString(), variables)
  server.addMessages(message('a', soon()))
  const [received] = keeper ? await nextPayloads(keeper, 1) : []
  const after = Object(received).data.roomEvents.cursor
  for (let storm = 0; storm < 3; storm += 1) {
    const id = `storm-${storm}`
    server.addMessages(message(id, soon() + 10 + storm))
    const sockets = await openSubscribers(server, 40, operatorCredentials, Events.toString(), {
      ...variables,
      after,
    })
    for (const socket of sockets) expect(await nextPayloads(socket, storm + 1)).toHaveLength(storm + 1)
    for (const { socket } of sockets) socket.terminate()
    await waitUntil(() => server.hub.counts.subscribers === 1)
  }
  expect(server.subscriptions.shared.size).toBe(1)
})

it('sends the same over a socket that compresses', async () => {
  const server = await openTransportServer({ compression: true })
  const variables = { room: server.roomId }
  const sockets = await openSubscribers(server, 3, operatorCredentials, Messages.toString(), variables)
  expect(sockets[0]?.socket.extensions).toBe('permessage-deflate')
  const texts = ['short', 'long '.repeat(1_000), 'longer '.repeat(20_000)]
  server.addMessages(...texts.map((text, index) => message(`m${index}`, soon() + index, { text })))
  for (const socket of sockets) {
    const seen = await nextPayloads(socket, 3)
    expect(seen.map((payload) => Object(payload).data.messageAdded.text)).toEqual(texts)
  }
})

it.for([1, 125, 126, 127, 65_535, 65_536, 200_000])('frames a text of %i characters', async (length) => {
  const server = await openTransportServer()
  const [socket] = await openSubscribers(server, 1, operatorCredentials, Messages.toString(), {
    room: server.roomId,
  })
  server.addMessages(message('a', soon(), { text: 'é'.repeat(length) }))
  const [seen] = socket ? await nextPayloads(socket, 1) : []
  expect(Object(seen).data.messageAdded.text).toHaveLength(length)
})
