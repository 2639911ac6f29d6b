import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createClient, type SocketConstructor } from '../../packages/client/src/index.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { Activity } from './documents.ts'
import { startStub } from './support/stub-gateway.ts'

// The client's time is the test's; networks work as ever.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** The longest pause before the first new attempt. */
const FIRST_PAUSE_MS = 250

/** Subscribes until the end of the test. Returns each connection that was opened (true) and lost (false). */
function subscribe(url: string, webSocket: SocketConstructor | null): readonly boolean[] {
  const client = createClient({ url, webSocket })
  const leaving = new AbortController()
  const connections: boolean[] = []
  const onConnection = (isOpen: boolean) => void connections.push(isOpen)
  const events = client.subscribe(Activity, {}, { signal: leaving.signal, onConnection })
  void events.next()
  onTestFinished(() => leaving.abort())
  return connections
}

/** A gateway that accepts connections, and responds to pings while `respondsTo` says so. Returns what it receives. */
async function startSockets(respondsTo: (type: string) => boolean) {
  const received: string[] = []
  let closed = 0
  const url = await startStub({
    onSocket: (socket) => {
      socket.on('close', () => {
        closed += 1
      })
      socket.on('message', (data) => {
        const { type } = JSON.parse(String(data))
        received.push(type)
        if (type === 'connection_init' && respondsTo(type)) socket.send('{"type":"connection_ack"}')
        if (type === 'ping' && respondsTo(type)) socket.send('{"type":"pong"}')
      })
    },
  })
  const count = (type: string) => received.filter((each) => each === type).length
  return { url, count, closed: () => closed }
}

it('a connection whose gateway does not respond to a ping is lost, and replaced by another one', async () => {
  let isResponding = true
  const { url, count, closed } = await startSockets((type) => type !== 'ping' || isResponding)
  const connections = subscribe(url, WebSocket)
  await waitUntil(() => count('subscribe') === 1)
  await vi.advanceTimersByTimeAsync(15_000)
  await waitUntil(() => count('ping') === 1)
  isResponding = false
  await vi.advanceTimersByTimeAsync(15_000)
  await waitUntil(() => count('ping') === 2)
  expect(connections).toEqual([true])

  await vi.advanceTimersByTimeAsync(8_000)
  await waitUntil(() => closed() === 1)
  isResponding = true
  await vi.advanceTimersByTimeAsync(FIRST_PAUSE_MS)
  await waitUntil(() => count('subscribe') === 2)
  expect(connections).toEqual([true, false, true])
})

it('a connection that the gateway never starts is given up', async () => {
  const { url, count, closed } = await startSockets(() => false)
  const connections = subscribe(url, WebSocket)
  await waitUntil(() => count('connection_init') === 1)
  await vi.advanceTimersByTimeAsync(10_000)
  await waitUntil(() => closed() === 1)
  expect(connections).toEqual([])
})

it('an event stream that has become silent is lost, and replaced by another one', async () => {
  let opened = 0
  let closed = 0
  const url = await startStub({
    onRequest: (res) => {
      opened += 1
      res.on('close', () => {
        closed += 1
      })
      res.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n')
    },
  })
  const connections = subscribe(url, null)
  await waitUntil(() => connections.length === 1)
  await vi.advanceTimersByTimeAsync(30_000)
  await waitUntil(() => closed === 1)
  await vi.advanceTimersByTimeAsync(FIRST_PAUSE_MS)
  await waitUntil(() => opened === 2)
  expect(connections.slice(0, 2)).toEqual([true, false])
})

it('an event stream that the gateway never starts is given up', async () => {
  let opened = 0
  let closed = 0
  const url = await startStub({
    onRequest: (res) => {
      opened += 1
      res.on('close', () => {
        closed += 1
      })
    },
  })
  const connections = subscribe(url, null)
  await waitUntil(() => opened === 1)
  await vi.advanceTimersByTimeAsync(120_000)
  await waitUntil(() => closed === 1)
  expect(connections).toEqual([])
})
