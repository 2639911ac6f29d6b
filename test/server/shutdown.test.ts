import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { openEventStream } from '../support/event-stream.ts'
import { openGatewayWithRoom } from '../support/gateway-with-room.ts'
import { openGatewayWithoutProviders } from '../support/gateway-without-providers.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { holdResponses } from '../support/hold-responses.ts'
import { endpointUrl, parseAnswer, post, request } from '../support/http.ts'
import { connectAs, openRawSocket } from '../support/raw-socket.ts'
import { asVisitor } from '../support/test-gateway.ts'
import { Added, Room } from './documents.ts'

/** Longer than any test: no result may depend on this timeout. */
const NEVER = 60_000

it('closes sockets with 1001 without completing operations, so that clients reconnect', async () => {
  const { url, gateway, token, roomId } = await openGatewayWithRoom({ gateway: { finishMs: NEVER } })
  const socket = await connectAs(url, { visitorToken: token })
  const silent = await openRawSocket(url)
  socket.subscribe('1', { query: Added.toString(), variables: { id: roomId } })
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  const nothing = expect(socket.next()).rejects.toThrow('the socket closed with 1001')
  await gateway.close()
  await nothing
  expect(await socket.closed).toEqual({ code: 1001, reason: 'Going away' })
  expect(await silent.closed).toMatchObject({ code: 1001 })
  expect(gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
})

it('ends event streams with a pause, without completing operations, so that clients reconnect', async () => {
  const { url, gateway, token, roomId } = await openGatewayWithRoom({ gateway: { finishMs: NEVER } })
  const stream = await openEventStream(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  const ended = stream.end()
  await gateway.close()
  expect(await ended).toEqual({ events: [], retryMs: expect.any(Number) })
})

it('responds to requests in flight', async () => {
  const { url, gateway, rocketChat, token, nativeId, roomId } = await openGatewayWithRoom({
    gateway: { finishMs: NEVER },
  })
  rocketChat.clearCalls()
  rocketChat.injectFault({ kind: 'slow', ms: 50 })
  const answer = post(url, { query: Room.toString(), variables: { id: nativeId } }, asVisitor(token))
  await waitUntil(() => rocketChat.calls.length > 0)
  await gateway.close()
  expect(parseAnswer(await answer)).toMatchObject({ data: { roomByNativeId: { id: roomId } } })
})

it('answers a query on a socket before it closes the socket', async () => {
  const { url, gateway, rocketChat, token, nativeId, roomId } = await openGatewayWithRoom({
    gateway: { finishMs: NEVER },
  })
  rocketChat.clearCalls()
  const release = holdResponses(rocketChat)
  const socket = await connectAs(url, { visitorToken: token })
  const idle = await connectAs(url)
  socket.subscribe('1', { query: Room.toString(), variables: { id: nativeId } })
  await waitUntil(() => rocketChat.calls.length > 0)
  const closed = gateway.close()
  expect(await idle.closed).toMatchObject({ code: 1001 })
  release()
  expect(await socket.next()).toMatchObject({
    type: 'next',
    payload: { data: { roomByNativeId: { id: roomId } } },
  })
  expect(await socket.next()).toEqual({ type: 'complete', id: '1' })
  expect(await socket.closed).toMatchObject({ code: 1001 })
  await closed
})

it('accepts no new connections, and reports that it is not ready on existing ones', async () => {
  const { url, close } = await openGatewayWithoutProviders({}, { finishMs: NEVER })
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write('GET /ready HTTP/1.1\r\n')
  // The first part of the request has arrived when a later connection has got its response.
  expect((await request(endpointUrl(url, '/ready'), { headers: { connection: 'close' } })).status).toBe(200)
  const closed = close()
  await expect(request(endpointUrl(url, '/ready'))).rejects.toThrow()
  socket.end(`host: ${hostname}\r\n\r\n`)
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 503 /)
  await closed
})

it('closes a kept-alive connection after the next response while it announces the stop, and accepts new ones', async () => {
  const { url, close } = await openGatewayWithoutProviders({ drainSeconds: 4 }, { finishMs: NEVER })
  const { hostname, port } = new URL(url)
  const kept = connect(Number(port), hostname)
  const ask = (path: string) => kept.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
  ask('/health')
  expect(String(await once(kept, 'data'))).toMatch(/^HTTP\/1\.1 200 .*keep-alive/s)
  const closed = close()
  expect((await request(endpointUrl(url, '/ready'))).status).toBe(503)
  ask('/health')
  expect(await text(kept)).toMatch(/^HTTP\/1\.1 200 .*connection: close/is)
  await closed
})

it('does not wait for unused or kept-alive connections', async () => {
  const { url, close } = await openGatewayWithoutProviders({}, { finishMs: NEVER })
  const { hostname, port } = new URL(url)
  const reserve = connect(Number(port), hostname)
  const kept = connect(Number(port), hostname)
  kept.write(`GET /health HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
  await once(kept, 'data')
  const closed = [once(reserve, 'close'), once(kept, 'close')]
  await close()
  expect(await Promise.all(closed)).toHaveLength(2)
})

it('does not wait for a client that never closes its socket', async () => {
  const { url, gateway, token, roomId } = await openGatewayWithRoom({ gateway: { finishMs: 50 } })
  const { socket, subscribe } = await connectAs(url, { visitorToken: token })
  subscribe('1', { query: Added.toString(), variables: { id: roomId } })
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  socket.pause()
  await gateway.close()
  expect(gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
})

it('does not wait for a response that never ends', async () => {
  const { url, gateway, rocketChat, token, nativeId } = await openGatewayWithRoom({
    gateway: { finishMs: 50 },
  })
  rocketChat.clearCalls()
  rocketChat.injectFault({ kind: 'stall' })
  const answer = post(url, { query: Room.toString(), variables: { id: nativeId } }, asVisitor(token))
  const cut = expect(answer).rejects.toThrow()
  await waitUntil(() => rocketChat.calls.length > 0)
  await gateway.close()
  await cut
  await waitUntil(() => rocketChat.calls.every(({ aborted }) => aborted))
})

it('can be stopped twice', async () => {
  const { close } = await openGatewayWithoutProviders()
  await Promise.all([close(), close()])
  await close()
})
