import { once } from 'node:events'
import { connect } from 'node:net'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { openGatewayWithRoom } from '../support/gateway-with-room.ts'
import { openGatewayWithoutProviders } from '../support/gateway-without-providers.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { connectAs } from '../support/raw-socket.ts'
import { asVisitor, type TestGateway } from '../support/test-gateway.ts'
import { Added, Room, Viewer } from './documents.ts'

/** The timeout of upstream requests: they end in these tests only when they are aborted. */
const PATIENT = { upstreamTimeoutMs: 60_000 }

it('aborts the upstream request when the client disconnects', async () => {
  const { url, rocketChat, token, nativeId } = await openGatewayWithRoom({ config: PATIENT })
  const going = new AbortController()
  rocketChat.clearCalls()
  rocketChat.injectFault({ kind: 'stall' })
  const answer = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asVisitor(token) },
    body: JSON.stringify({ query: Room.toString(), variables: { id: nativeId } }),
    signal: going.signal,
  })
  const gone = expect(answer).rejects.toThrow('aborted')
  await waitUntil(() => rocketChat.calls.length === 1)
  going.abort()
  await gone
  await waitUntil(() => rocketChat.calls[0]?.aborted === true)
  expect(rocketChat.calls).toHaveLength(1)
})

it('aborts the upstream request when the client closes its half of the connection', async () => {
  const { url, rocketChat, token, nativeId } = await openGatewayWithRoom({ config: PATIENT })
  rocketChat.clearCalls()
  rocketChat.injectFault({ kind: 'stall' })
  const { hostname, port } = new URL(url)
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  const body = JSON.stringify({ query: Room.toString(), variables: { id: nativeId } })
  const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-visitor-token: ${token}\r\ncontent-type: application/json`
  socket.write(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  await waitUntil(() => rocketChat.calls.length === 1)
  socket.end()
  await waitUntil(() => rocketChat.calls[0]?.aborted === true)
  expect(rocketChat.calls).toHaveLength(1)
})

it('logs nothing when a client disconnects while it sends a request', async () => {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
  const { url, close } = await openGatewayWithoutProviders({}, { log })
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const head =
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n'
  socket.write(`${head}expect: 100-continue\r\n\r\n{"query":`)
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 Continue/)
  socket.resetAndDestroy()
  await close()
  expect(lines).toEqual([])
})

it('aborts the upstream request of a query that its client completes, and accepts the id again', async () => {
  const { url, rocketChat, token, nativeId } = await openGatewayWithRoom({ config: PATIENT })
  const socket = await connectAs(url, { visitorToken: token })
  rocketChat.clearCalls()
  rocketChat.injectFault({ kind: 'stall', times: 1 })
  socket.subscribe('1', { query: Room.toString(), variables: { id: nativeId } })
  await waitUntil(() => rocketChat.calls.length === 1)
  socket.send({ type: 'complete', id: '1' })
  await waitUntil(() => rocketChat.calls[0]?.aborted === true)
  socket.subscribe('1', { query: Viewer.toString() })
  expect(await socket.next()).toMatchObject({ id: '1', payload: { data: { viewer: { role: 'VISITOR' } } } })
})

it('aborts the upstream requests of a socket that closes', async () => {
  const { url, rocketChat, token, nativeId } = await openGatewayWithRoom({ config: PATIENT })
  const { socket, subscribe } = await connectAs(url, { visitorToken: token })
  rocketChat.clearCalls()
  rocketChat.injectFault({ kind: 'stall' })
  subscribe('1', { query: Room.toString(), variables: { id: nativeId } })
  await waitUntil(() => rocketChat.calls.length === 1)
  socket.terminate()
  await waitUntil(() => rocketChat.calls[0]?.aborted === true)
  expect(rocketChat.calls).toHaveLength(1)
})

it.for<[how: string, leave: (socket: Awaited<ReturnType<typeof connectAs>>) => void]>([
  ['completes it', ({ send }) => send({ type: 'complete', id: '1' })],
  ['closes its socket', ({ socket }) => socket.close(1000)],
  ['vanishes', ({ socket }) => socket.terminate()],
])('stops watching when the last subscriber %s', async ([, leave]) => {
  const { url, token, roomId, gateway } = await openGatewayWithRoom()
  const socket = await connectAs(url, { visitorToken: token })
  socket.subscribe('1', { query: Added.toString(), variables: { id: roomId } })
  await waitUntil(() => isWatched(gateway))
  leave(socket)
  await waitUntil(() => !isWatched(gateway))
  expect(gateway.liveCounts()).toEqual({ rooms: 0, subscribers: 0 })
})

it('keeps the other subscriptions of a socket when one is completed', async () => {
  const { url, token, roomId, gateway, sendMessage } = await openGatewayWithRoom()
  const socket = await connectAs(url, { visitorToken: token })
  for (const id of ['1', '2']) socket.subscribe(id, { query: Added.toString(), variables: { id: roomId } })
  await waitUntil(() => gateway.liveCounts().subscribers === 2)
  socket.send({ type: 'complete', id: '1' })
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  sendMessage('still there?')
  expect(await socket.next()).toMatchObject({
    id: '2',
    payload: { data: { messageAdded: { text: 'still there?' } } },
  })
})

function isWatched(gateway: TestGateway['gateway']): boolean {
  return gateway.liveCounts().rooms > 0
}
