import { once } from 'node:events'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { message } from '../../live/message-builders.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { closeFrame, maskedFrame, openUnreadSocket } from '../../support/websocket-frames.ts'
import { Messages } from './documents.ts'
import { openTransportServer, operatorCredentials, type TransportServer } from './transport-server.ts'

const query = Messages.toString()
const MEBIBYTE = 1024 * 1024
const PING_MS = 12_000
const CLOSING_MS = 5_000

const transports: readonly [string, (server: TransportServer) => Promise<Socket>][] = [
  ['a socket', subscribeBySocket],
  ['server-sent events', subscribeByEvents],
]

/** Ways to end the connection while its buffers are full. */
const disconnectModes: readonly [string, (connection: Socket) => void][] = [
  ['says that it goes and waits for the answer', (connection) => void connection.write(closeFrame())],
  ['closes its half of the connection', (connection) => void connection.end()],
  ['resets the connection', (connection) => void connection.resetAndDestroy()],
]

// Fake timers: a disconnect must be noticed without any timeout.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
afterEach(() => void vi.useRealTimers())

it.for(
  transports.flatMap(([over, subscribe]) =>
    disconnectModes
      .filter(([how]) => over === 'a socket' || !how.startsWith('says'))
      .map(([how, leave]) => [over, how, subscribe, leave] as const),
  ),
)('stops polling for a client that reads nothing over %s and %s', async ([, , subscribe, leave]) => {
  const server = await openTransportServer()
  const connection = await subscribe(server)
  await stall(server)
  leave(connection)
  await comes(() => server.hub.counts.subscribers === 0)
  expect(server.hub.counts.rooms).toBe(0)
  expect(server.subscriptions.shared.size).toBe(0)
})

it('waits at most five seconds for a client that sends a close frame and reads nothing', async () => {
  const server = await openTransportServer()
  const connection = await subscribeBySocket(server)
  await stall(server)
  connection.write(closeFrame())
  await comes(() => server.hub.counts.subscribers === 0)
  expect(server.bufferedBytes()).toBeGreaterThan(0)
  vi.advanceTimersByTime(CLOSING_MS)
  await comes(() => server.bufferedBytes() === 0)
  expect(connection.bytesRead).toBeLessThan(24 * MEBIBYTE)
})

it.for(transports)(
  'stops polling for a client that goes silent over %s, within two pings',
  async ([, subscribe]) => {
    const server = await openTransportServer()
    const connection = await subscribe(server)
    await stall(server)
    vi.advanceTimersByTime(2 * PING_MS)
    await comes(() => server.hub.counts.subscribers === 0)
    await comes(() => server.bufferedBytes() === 0)
    expect(connection.bytesRead).toBeLessThan(24 * MEBIBYTE)
  },
)

/** Waits without a timer. */
async function comes(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

/** Adds more messages than fit into the connection. */
async function stall(server: TransportServer): Promise<void> {
  await comes(() => server.hub.counts.subscribers === 1)
  const soon = Date.now() + 1_000
  server.addMessages(
    ...Array.from({ length: 24 }, (_, index) =>
      message(`m${index}`, soon + index, { text: 'x'.repeat(MEBIBYTE) }),
    ),
  )
  await comes(() => server.bufferedBytes() > 128 * 1024)
}

async function subscribeBySocket(server: TransportServer): Promise<Socket> {
  const socket = await openUnreadSocket(server.url)
  socket.pause()
  socket.write(maskedFrame({ type: 'connection_init', payload: operatorCredentials }))
  const payload = { query, variables: { room: server.roomId } }
  socket.write(maskedFrame({ type: 'subscribe', id: '1', payload }))
  return socket
}

async function subscribeByEvents(server: TransportServer): Promise<Socket> {
  const headers = { ...asOperator, 'content-type': 'application/json', accept: 'text/event-stream' }
  const asking = request(server.url, { method: 'POST', headers })
  asking.on('error', () => {})
  onTestFinished(() => void asking.destroy())
  asking.end(JSON.stringify({ query, variables: { room: server.roomId } }))
  // The response is not read.
  const [response] = await once(asking, 'response')
  response.on('error', () => {})
  return response.socket
}
