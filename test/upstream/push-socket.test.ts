import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { type PushProtocol, PushSocket, type PushSocketTimes } from '../../src/upstream/push-socket.ts'
import { PUSH_TIMEOUT_MS } from '../support/push-socket-options.ts'

/** What a protocol was told, in order. */
type Told =
  | { readonly type: 'open' }
  | { readonly type: 'frame'; readonly frame: unknown }
  | { readonly type: 'ping' }
  | { readonly type: 'down'; readonly reason: string; readonly isFinal: boolean }
  | { readonly type: 'error'; readonly error: unknown }

const OPEN: Told = { type: 'open' }
const down = (reason: string, isFinal = false): Told => ({ type: 'down', reason, isFinal })
const DEFECT = new Error('a defect of the gateway')
const CLOSED = 'The provider closed the push connection.'

/**
 * Opens a socket with short times whose protocol records what it is told, and fails where `fails` says so. Closed at the end
 * of the test.
 */
function openPushSocket(
  url: string,
  times: Partial<PushSocketTimes> = {},
  fails: (event: Told) => boolean = () => false,
) {
  const told: Told[] = []
  let onTold = (): void => {}
  const tell = (event: Told): void => {
    told.push(event)
    onTold()
    if (fails(event)) throw DEFECT
  }
  const protocol: PushProtocol = {
    onOpen: () => tell(OPEN),
    onFrame: (frame) => tell({ type: 'frame', frame }),
    ping: () => tell({ type: 'ping' }),
    onDown: (reason, isFinal) => tell(down(reason, isFinal)),
  }
  const socket = new PushSocket(url, protocol, {
    times: { firstReconnectMs: 5, maxReconnectMs: 20, ...times },
    onUnexpectedError: (error) => tell({ type: 'error', error }),
  })
  onTestFinished(() => socket.close())
  return {
    socket,
    told,
    /** The next event that was not taken yet. */
    async next(): Promise<Told> {
      while (told.length === 0) {
        await new Promise<void>((resolve) => {
          onTold = resolve
        })
      }
      const [event] = told.splice(0, 1)
      return event ?? expect.fail('two wait for one event')
    },
  }
}

/** Starts a server on a free port and returns its ws address. Closed at the end of the test. */
async function listen(http: Server): Promise<string> {
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => void http.close())
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `ws://127.0.0.1:${address.port}`
}

/** A server for WebSockets; its connections in the order of their arrival. Closed at the end of the test. */
async function openServer(): Promise<{ url: string; nextConnection(): Promise<WebSocket> }> {
  const http = createServer()
  const server = new WebSocketServer({ server: http })
  const connections: WebSocket[] = []
  server.on('connection', (connection) => {
    connections.push(connection)
    server.emit('arrived')
  })
  onTestFinished(() => {
    for (const connection of server.clients) connection.terminate()
  })
  const url = await listen(http)
  return {
    url,
    async nextConnection() {
      while (connections.length === 0) await once(server, 'arrived')
      return connections.shift() ?? expect.fail('two wait for one connection')
    },
  }
}

test('frames go both ways, and text that is no JSON is undefined', async () => {
  const { url, nextConnection } = await openServer()
  const { socket, next } = openPushSocket(url)
  const connection = await nextConnection()
  expect(await next()).toEqual(OPEN)
  const arrived = once(connection, 'message')
  socket.send({ hello: 1 })
  expect(String((await arrived)[0])).toBe('{"hello":1}')
  connection.send('{"a":[1]}')
  connection.send('{"a":')
  expect(await next()).toEqual({ type: 'frame', frame: { a: [1] } })
  expect(await next()).toEqual({ type: 'frame', frame: undefined })
})

test('a dropped connection is made anew, until the socket is closed', async () => {
  const { url, nextConnection } = await openServer()
  const { socket, next, told } = openPushSocket(url)
  for (let time = 0; time < 3; time += 1) {
    const connection = await nextConnection()
    expect(await next()).toEqual(OPEN)
    socket.loggedIn()
    connection.terminate()
    expect(await next()).toEqual(down(CLOSED))
    expect(socket.aliveAt).toBeNull()
  }
  const connection = await nextConnection()
  const closed = once(connection, 'close')
  expect(await next()).toEqual(OPEN)
  socket.close()
  await closed
  expect(told).toEqual([])
})

test('the waits between failures double up to a bound, and a half of each is random', async () => {
  const { url, nextConnection } = await openServer()
  const timers = vi.spyOn(globalThis, 'setTimeout')
  onTestFinished(() => timers.mockRestore())
  const { socket, next } = openPushSocket(url, { firstReconnectMs: 4, maxReconnectMs: 20 })
  for (let time = 0; time < 5; time += 1) {
    const connection = await nextConnection()
    expect(await next()).toEqual(OPEN)
    socket.loggedIn()
    connection.terminate()
    expect(await next()).toEqual(down(CLOSED))
  }
  const waits = timers.mock.calls.map(([, ms = 0]) => ms).filter((ms) => ms < 1000)
  const bounds = [4, 8, 16, 20, 20]
  expect(waits).toHaveLength(bounds.length)
  for (const [index, bound] of bounds.entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(bound / 2)
    expect(waits[index]).toBeLessThanOrEqual(bound)
  }
})

test('a connection without a login in time is replaced', async () => {
  const { url, nextConnection } = await openServer()
  const { next } = openPushSocket(url, { loginTimeoutMs: PUSH_TIMEOUT_MS })
  await nextConnection()
  expect(await next()).toEqual(OPEN)
  expect(await next()).toEqual(down('The login at the provider took too long.'))
  await nextConnection()
})

test('a handshake that is never answered is ended', async () => {
  const http = createServer()
  http.on('upgrade', (_request, socket: Socket) => {
    onTestFinished(() => void socket.destroy())
  })
  const { next } = openPushSocket(await listen(http), { loginTimeoutMs: 30 })
  expect(await next()).toMatchObject({ type: 'down', isFinal: false })
})

test('a silent connection is pinged and then replaced; one that answers stays', async () => {
  const { url, nextConnection } = await openServer()
  const { socket, next } = openPushSocket(url, { pingIntervalMs: 20, maxSilenceMs: PUSH_TIMEOUT_MS })
  const connection = await nextConnection()
  expect(await next()).toEqual(OPEN)
  socket.loggedIn()
  for (let time = 0; time < 3; time += 1) {
    expect(await next()).toEqual({ type: 'ping' })
    connection.send('"pong"')
    let event = await next()
    while (event.type === 'ping') event = await next()
    expect(event).toEqual({ type: 'frame', frame: 'pong' })
  }
  expect(socket.aliveAt).not.toBeNull()
  let event = await next()
  while (event.type === 'ping') event = await next()
  expect(event).toEqual(down('The push connection fell silent.'))
  await nextConnection()
})

test('a WebSocket pong is a sign of life', async () => {
  const { url, nextConnection } = await openServer()
  const { socket, next } = openPushSocket(url, { pingIntervalMs: 10 })
  const connection = await nextConnection()
  expect(await next()).toEqual(OPEN)
  const aliveAt = socket.aliveAt ?? 0
  socket.loggedIn()
  expect(await next()).toEqual({ type: 'ping' })
  connection.pong()
  while ((socket.aliveAt ?? 0) === aliveAt) expect(await next()).toEqual({ type: 'ping' })
})

test('a frame that is too long ends the connection, not the process', async () => {
  const { url, nextConnection } = await openServer()
  const { socket, next } = openPushSocket(url)
  const connection = await nextConnection()
  expect(await next()).toEqual(OPEN)
  socket.loggedIn()
  connection.send(JSON.stringify('a'.repeat(4 * 1024 * 1024)))
  expect(await next()).toEqual(down('The provider sent a frame that is longer than the gateway reads.'))
  await nextConnection()
})

test('a server that does not read is disconnected', async () => {
  const { url, nextConnection } = await openServer()
  const { socket, next, told } = openPushSocket(url)
  const connection = await nextConnection()
  expect(await next()).toEqual(OPEN)
  socket.loggedIn()
  connection.pause()
  const frame = { text: 'a'.repeat(64 * 1024) }
  while (told.length === 0) {
    socket.send(frame)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await next()).toEqual(down('The provider does not read.'))
  await nextConnection()
})

test('a refused upgrade is reported with its status, and tried again', async () => {
  const http = createServer()
  http.on('upgrade', (_request, socket: Socket) => {
    socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
  })
  const { next } = openPushSocket(await listen(http))
  const refused = down('The provider, or a proxy, refuses the WebSocket with HTTP status 403.')
  expect(await next()).toEqual(refused)
  expect(await next()).toEqual(refused)
})

test('a server that is not there is reported without its address', async () => {
  const http = createServer()
  const url = await listen(http)
  http.close()
  const { next } = openPushSocket(url)
  expect(await next()).toEqual(down('The connection to the provider’s push failed.'))
  expect(await next()).toEqual(down('The connection to the provider’s push failed.'))
})

test('`stop` is final: nothing is called and nothing connects after it', async () => {
  const { url, nextConnection } = await openServer()
  const { socket, next, told } = openPushSocket(url)
  const connection = await nextConnection()
  expect(await next()).toEqual(OPEN)
  const closed = once(connection, 'close')
  socket.stop('the licence has expired')
  socket.stop('again')
  socket.reconnect('again')
  socket.send({})
  await closed
  expect(told).toEqual([down('the licence has expired', true)])
})

test('`reconnect` waits as long as it is told to', async () => {
  const { url, nextConnection } = await openServer()
  const { socket, next } = openPushSocket(url, { firstReconnectMs: 600_000, maxReconnectMs: 600_000 })
  await nextConnection()
  expect(await next()).toEqual(OPEN)
  socket.reconnect('wait', 10)
  expect(await next()).toEqual(down('wait'))
  await nextConnection()
  expect(await next()).toEqual(OPEN)
})

test.each(['open', 'frame', 'ping'])(
  'an unexpected error at %s is reported, and the connection is made anew',
  async (type) => {
    const { url, nextConnection } = await openServer()
    let hasFailed = false
    const fails = (event: Told) => {
      const isFirst = event.type === type && !hasFailed
      hasFailed ||= isFirst
      return isFirst
    }
    const { socket, next } = openPushSocket(url, { pingIntervalMs: 20 }, fails)
    const connection = await nextConnection()
    expect(await next()).toEqual(OPEN)
    if (type === 'frame') {
      connection.send('1')
      expect(await next()).toEqual({ type: 'frame', frame: 1 })
    }
    if (type === 'ping') {
      socket.loggedIn()
      expect(await next()).toEqual({ type: 'ping' })
    }
    expect(await next()).toEqual({ type: 'error', error: DEFECT })
    expect(await next()).toEqual(down('The gateway could not process what the provider pushed.'))
    const other = await nextConnection()
    expect(await next()).toEqual(OPEN)
    other.send('2')
    expect(await next()).toEqual({ type: 'frame', frame: 2 })
  },
)

test('an unexpected error at the end of a connection is reported, and prevents no other one', async () => {
  const { url, nextConnection } = await openServer()
  const { socket, next } = openPushSocket(url, {}, ({ type }) => type === 'down')
  const connection = await nextConnection()
  expect(await next()).toEqual(OPEN)
  connection.terminate()
  expect(await next()).toEqual(down(CLOSED))
  expect(await next()).toEqual({ type: 'error', error: DEFECT })
  await nextConnection()
  expect(await next()).toEqual(OPEN)
  socket.stop('the licence has expired')
  expect(await next()).toEqual(down('the licence has expired', true))
  expect(await next()).toEqual({ type: 'error', error: DEFECT })
})
