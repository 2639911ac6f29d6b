import { expect, it } from 'vitest'
import { openGatewayWithRoom } from '../../support/gateway-with-room.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { Added, Viewer } from '../documents.ts'

it('rejects a subscription above the limit, and keeps the socket and the others', async () => {
  const { url, token, roomId, gateway, sendMessage } = await openGatewayWithRoom({
    config: { maxSubscriptionsPerSocket: 2 },
  })
  const socket = await connectAs(url, { visitorToken: token })
  const watch = { query: Added.toString(), variables: { id: roomId } }
  socket.subscribe('1', watch)
  socket.subscribe('2', watch)
  await waitUntil(() => gateway.liveCounts().subscribers === 2)
  socket.subscribe('3', watch)
  expect(await socket.next()).toEqual({
    type: 'error',
    id: '3',
    payload: [
      {
        message: 'At most 2 subscriptions at a time on one socket.',
        extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' },
      },
    ],
  })
  sendMessage('both hear this')
  const received = [await socket.next(), await socket.next()]
  expect(received.map(({ id }) => id).sort()).toEqual(['1', '2'])
})

it('accepts another one when one has been completed', async () => {
  const { url, token, roomId, gateway, sendMessage } = await openGatewayWithRoom({
    config: { maxSubscriptionsPerSocket: 1 },
  })
  const socket = await connectAs(url, { visitorToken: token })
  const watch = { query: Added.toString(), variables: { id: roomId } }
  socket.subscribe('1', watch)
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  socket.send({ type: 'complete', id: '1' })
  await waitUntil(() => gateway.liveCounts().subscribers === 0)
  socket.subscribe('2', watch)
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  sendMessage('hello')
  expect(await socket.next()).toMatchObject({ type: 'next', id: '2' })
})

it('still runs queries of a client that has reached its limit of subscriptions', async () => {
  const { url, token, roomId, gateway } = await openGatewayWithRoom({
    config: { maxSubscriptionsPerSocket: 1 },
  })
  const socket = await connectAs(url, { visitorToken: token })
  socket.subscribe('live', { query: Added.toString(), variables: { id: roomId } })
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  socket.subscribe('ask', { query: Viewer.toString() })
  expect(await socket.next()).toMatchObject({ type: 'next', id: 'ask' })
})

it('counts for each socket separately', async () => {
  const { url, token, roomId, gateway } = await openGatewayWithRoom({
    config: { maxSubscriptionsPerSocket: 1 },
  })
  for (const _ of ['one socket', 'another']) {
    const socket = await connectAs(url, { visitorToken: token })
    socket.subscribe('1', { query: Added.toString(), variables: { id: roomId } })
  }
  await waitUntil(() => gateway.liveCounts().subscribers === 2)
  expect(gateway.liveCounts()).toEqual({ rooms: 1, subscribers: 2 })
})

it('limits running queries in the same way', async () => {
  const { url, rocketChat, token, nativeId } = await openGatewayWithRoom({
    config: { maxSubscriptionsPerSocket: 1 },
  })
  const socket = await connectAs(url, { visitorToken: token })
  rocketChat.injectFault({ kind: 'stall' })
  const query = `{ roomByNativeId(provider: "rocketchat", nativeId: "${nativeId}") { id } }`
  socket.subscribe('1', { query })
  socket.subscribe('2', { query })
  expect(await socket.next()).toMatchObject({
    type: 'error',
    id: '2',
    payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
  })
})
