import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { until } from '../util/client.ts'
import { asVisitor } from '../util/gateway.ts'
import { openBareGateway } from './bare-gateway.ts'
import { Added, Room } from './documents.ts'
import { openEvents } from './event-source.ts'
import { answerOf, door, post, request } from './http.ts'
import { openAs, openRaw } from './raw-socket.ts'
import { openRoomScene } from './room-scene.ts'

/** Longer than any test: what is waited for must come of itself. */
const NEVER = 60_000

it('closes sockets with 1001 and completes nothing, so that clients come back', async () => {
  const { url, gateway, token, roomId } = await openRoomScene({ gateway: { drainMs: NEVER } })
  const socket = await openAs(url, { visitorToken: token })
  const silent = await openRaw(url)
  socket.subscribe('1', { query: Added.toString(), variables: { id: roomId } })
  await until(() => gateway.watched().watchers === 1)
  const nothing = expect(socket.next()).rejects.toThrow('the socket closed with 1001')
  await gateway.close()
  await nothing
  expect(await socket.closed).toEqual({ code: 1001, reason: 'Going away' })
  expect(await silent.closed).toMatchObject({ code: 1001 })
  expect(gateway.watched()).toEqual({ rooms: 0, watchers: 0 })
})

it('ends streams of server-sent events', async () => {
  const { url, gateway, token, roomId } = await openRoomScene({ gateway: { drainMs: NEVER } })
  const stream = await openEvents(
    url,
    { query: Added.toString(), variables: { id: roomId } },
    asVisitor(token),
  )
  await until(() => gateway.watched().watchers === 1)
  const ended = stream.next()
  await gateway.close()
  expect(await ended).toEqual({ event: 'complete', data: null })
  await expect(stream.next()).rejects.toThrow('the stream ended')
})

it('answers what is under way', async () => {
  const { url, gateway, rocketChat, token, nativeId, roomId } = await openRoomScene({
    gateway: { drainMs: NEVER },
  })
  rocketChat.forgetCalls()
  rocketChat.fail({ kind: 'slow', ms: 50 })
  const answer = post(url, { query: Room.toString(), variables: { id: nativeId } }, asVisitor(token))
  await until(() => rocketChat.calls.length > 0)
  await gateway.close()
  expect(answerOf(await answer)).toMatchObject({ data: { roomByNativeId: { id: roomId } } })
})

it('takes no new connection, and says that it is not ready to who was already asking', async () => {
  const { url, close } = await openBareGateway({}, { drainMs: NEVER })
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write('GET /ready HTTP/1.1\r\n')
  // The request's beginning has arrived when an answer to a whole one has come over a later connection.
  expect((await request(door(url, '/ready'), { headers: { connection: 'close' } })).status).toBe(200)
  const closed = close()
  await expect(request(door(url, '/ready'))).rejects.toThrow()
  socket.end(`host: ${hostname}\r\n\r\n`)
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 503 /)
  await closed
})

it('does not wait for connections that are held in reserve, or kept open for more', async () => {
  const { url, close } = await openBareGateway({}, { drainMs: NEVER })
  const { hostname, port } = new URL(url)
  const reserve = connect(Number(port), hostname)
  const kept = connect(Number(port), hostname)
  kept.write(`GET /health HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
  await once(kept, 'data')
  const closed = [once(reserve, 'close'), once(kept, 'close')]
  await close()
  expect(await Promise.all(closed)).toHaveLength(2)
})

it('does not wait for a client that never says goodbye', async () => {
  const { url, gateway, token, roomId } = await openRoomScene({ gateway: { drainMs: 50 } })
  const { socket, subscribe } = await openAs(url, { visitorToken: token })
  subscribe('1', { query: Added.toString(), variables: { id: roomId } })
  await until(() => gateway.watched().watchers === 1)
  socket.pause()
  await gateway.close()
  expect(gateway.watched()).toEqual({ rooms: 0, watchers: 0 })
})

it('does not wait for an answer that never comes', async () => {
  const { url, gateway, rocketChat, token, nativeId } = await openRoomScene({ gateway: { drainMs: 50 } })
  rocketChat.forgetCalls()
  rocketChat.fail({ kind: 'stall' })
  const answer = post(url, { query: Room.toString(), variables: { id: nativeId } }, asVisitor(token))
  const cut = expect(answer).rejects.toThrow()
  await until(() => rocketChat.calls.length > 0)
  await gateway.close()
  await cut
  await until(() => rocketChat.calls.every(({ aborted }) => aborted))
})

it('may be asked to stop twice', async () => {
  const { close } = await openBareGateway()
  await Promise.all([close(), close()])
  await close()
})
