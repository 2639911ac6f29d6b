import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  DdpConnection,
  type DdpLogin,
  type StreamRequest,
} from '../../../../src/providers/rocketchat/push/ddp-connection.ts'
import type { DdpError } from '../../../../src/providers/rocketchat/push/ddp-frames.ts'
import { pushSocketOptions } from '../../../support/push-socket-options.ts'
import { openScriptedDdpServer, type ScriptedConnection } from './scripted-ddp-server.ts'

const LOGIN: DdpLogin = { token: 'the-secret-token', refusal: 'The login is refused.' }

/** Connects a client whose states arrive as texts. Closed at the end of the test. */
function connect(url: string, login: DdpLogin | null = null) {
  const states: string[] = []
  let wake = (): void => {}
  const tell = (state: string): void => {
    states.push(state)
    wake()
  }
  const ddp = new DdpConnection(
    url,
    login,
    { onUp: () => tell('up'), onDown: (reason) => tell(reason) },
    pushSocketOptions({ firstReconnectMs: 5, maxReconnectMs: 20 }),
  )
  onTestFinished(() => ddp.close())
  return {
    ddp,
    async nextState(): Promise<string> {
      while (states.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return states.shift() ?? expect.fail('two wait for one state')
    },
  }
}

/** A client without a login that is connected. */
async function connectAnonymously() {
  const server = await openScriptedDdpServer()
  const client = connect(server.url)
  const connection = await server.nextConnection()
  await acceptHandshake(connection)
  expect(await client.nextState()).toBe('up')
  return { ...client, server, connection }
}

async function acceptHandshake(connection: ScriptedConnection): Promise<void> {
  expect(await connection.next()).toEqual({ msg: 'connect', version: '1', support: ['1', 'pre2', 'pre1'] })
  connection.send({ server_id: '0' })
  connection.send({ msg: 'connected', session: 's' })
}

/** A request that records what the server says. */
function recordingRequest(event: string, overrides: Partial<StreamRequest> = {}) {
  const answers: (string | DdpError)[] = []
  const events: (readonly unknown[])[] = []
  let wake = (): void => {}
  const request: StreamRequest = {
    stream: 'stream-room-messages',
    event,
    visitorToken: null,
    isUrgent: true,
    onReady: () => {
      answers.push('ready')
      wake()
    },
    onRefused: (error) => {
      answers.push(error)
      wake()
    },
    onEvent: (args) => {
      events.push(args)
      wake()
    },
    ...overrides,
  }
  const changed = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  return { request, answers, events, changed }
}

const eventFrame = (eventName: string, args: unknown, collection = 'stream-room-messages') => ({
  msg: 'changed',
  collection,
  id: 'id',
  fields: { eventName, args },
})

test('without a login it is up after the handshake, and answers pings', async () => {
  const { ddp, connection } = await connectAnonymously()
  expect(ddp.isUp).toBe(true)
  expect(ddp.aliveAt).not.toBeNull()
  connection.send({ msg: 'ping' })
  connection.send({ msg: 'ping', id: '7' })
  expect(await connection.next()).toEqual({ msg: 'pong' })
  expect(await connection.next()).toEqual({ msg: 'pong', id: '7' })
})

describe('a login', () => {
  test('comes after the handshake and before anything else', async () => {
    const server = await openScriptedDdpServer()
    const { ddp, nextState } = connect(server.url, LOGIN)
    const connection = await server.nextConnection()
    await acceptHandshake(connection)
    expect(await connection.next()).toEqual({
      msg: 'method',
      method: 'login',
      id: 'login',
      params: [{ resume: LOGIN.token }],
    })
    expect(ddp.isUp).toBe(false)
    connection.send({ msg: 'result', id: 'login', result: { id: 'u', token: 't' } })
    expect(await nextState()).toBe('up')
  })

  test('that is refused is tried again minutes later, and reported without the token', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout')
    onTestFinished(() => timers.mockRestore())
    const server = await openScriptedDdpServer()
    const { nextState } = connect(server.url, LOGIN)
    const connection = await server.nextConnection()
    await acceptHandshake(connection)
    await connection.next()
    connection.send({ msg: 'result', id: 'login', error: { error: 403, reason: `no ${LOGIN.token}` } })
    expect(await nextState()).toBe('The login is refused.')
    expect(timers.mock.calls.at(-1)?.[1]).toBeGreaterThanOrEqual(5 * 60_000)
  })

  test('that the server cannot process is tried again soon', async () => {
    const server = await openScriptedDdpServer()
    const { nextState } = connect(server.url, LOGIN)
    const connection = await server.nextConnection()
    await acceptHandshake(connection)
    await connection.next()
    connection.send({ msg: 'result', id: 'login', error: { error: 500 } })
    expect(await nextState()).toBe('The server could not process the login.')
    await server.nextConnection()
  })
})

test('another version of the protocol is tried again minutes later', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  onTestFinished(() => timers.mockRestore())
  const server = await openScriptedDdpServer()
  const { nextState } = connect(server.url)
  const connection = await server.nextConnection()
  await connection.next()
  connection.send({ msg: 'failed', version: 'pre1' })
  expect(await nextState()).toBe('The server speaks another version of the push protocol.')
  expect(timers.mock.calls.at(-1)?.[1]).toBeGreaterThanOrEqual(5 * 60_000)
})

describe('a subscription', () => {
  test('sends the visitor’s token under both names, and gets its events from `ready` on', async () => {
    const { ddp, connection } = await connectAnonymously()
    const { request, answers, events, changed } = recordingRequest('r', { visitorToken: 'v' })
    ddp.subscribe(request)
    expect(await connection.next()).toEqual({
      msg: 'sub',
      id: '1',
      name: 'stream-room-messages',
      params: ['r', { useCollection: false, args: [{ visitorToken: 'v', token: 'v' }] }],
    })
    connection.send(eventFrame('r', ['too early']))
    connection.send({ msg: 'ready', subs: ['1', 'unknown'] })
    connection.send(eventFrame('another', ['x']))
    connection.send(eventFrame('r', ['x'], 'stream-notify-room'))
    connection.send(eventFrame('r', ['in time']))
    while (events.length === 0) await changed()
    expect({ answers, events }).toEqual({ answers: ['ready'], events: [['in time']] })
  })

  test('ends with `unsub`; the events after it reach nobody', async () => {
    const { ddp, connection } = await connectAnonymously()
    const first = recordingRequest('r')
    const second = recordingRequest('s')
    const end = ddp.subscribe(first.request)
    ddp.subscribe(second.request)
    connection.send({ msg: 'ready', subs: ['1', '2'] })
    while (second.answers.length === 0) await second.changed()
    end()
    await connection.next()
    await connection.next()
    expect(await connection.next()).toEqual({ msg: 'unsub', id: '1' })
    connection.send({ msg: 'nosub', id: '1' })
    connection.send(eventFrame('r', [1]))
    connection.send(eventFrame('s', [2]))
    while (second.events.length === 0) await second.changed()
    expect(first.events).toEqual([])
    expect(first.answers).toEqual(['ready'])
  })

  test.each([
    [{ error: 'not-allowed', reason: 'Not allowed' }, 'not-allowed'],
    [{ error: 404 }, '404'],
    [undefined, ''],
    ['a text', ''],
  ])('that is refused with %j has the code %j', async (error, code) => {
    const { ddp, connection } = await connectAnonymously()
    const { request, answers, changed } = recordingRequest('r')
    ddp.subscribe(request)
    await connection.next()
    connection.send({ msg: 'nosub', id: '1', error })
    while (answers.length === 0) await changed()
    expect(answers).toEqual([{ code, timeToResetMs: null }])
  })

  test('beyond forty of a stream waits; other streams do not', async () => {
    const { ddp, connection } = await connectAnonymously()
    for (let room = 0; room < 45; room += 1) ddp.subscribe(recordingRequest(`r${room}`).request)
    expect(ddp.delayMs('stream-room-messages')).toBeGreaterThan(40_000)
    expect(ddp.delayMs('stream-notify-room')).toBe(0)
    ddp.subscribe(recordingRequest('r0/x', { stream: 'stream-notify-room' }).request)
    connection.send({ msg: 'ping' })
    const names: unknown[] = []
    for (let frame = await connection.next(); frame['msg'] !== 'pong'; frame = await connection.next()) {
      names.push(frame['name'])
    }
    expect(names).toEqual([...Array<string>(40).fill('stream-room-messages'), 'stream-notify-room'])
  })

  test('that is not urgent leaves half of the calls to others', async () => {
    const { ddp, connection } = await connectAnonymously()
    for (let room = 0; room < 30; room += 1) {
      ddp.subscribe(recordingRequest(`r${room}`, { isUrgent: false }).request)
    }
    ddp.subscribe(recordingRequest('urgent').request)
    connection.send({ msg: 'ping' })
    const events: unknown[] = []
    for (let frame = await connection.next(); frame['msg'] !== 'pong'; frame = await connection.next()) {
      events.push(frame['params'])
    }
    expect(events).toHaveLength(21)
    expect(events.at(-1)).toMatchObject(['urgent', {}])
  })

  test('that comes too fast for the server is sent again when the server says', async () => {
    const { ddp, connection } = await connectAnonymously()
    const { request, answers, changed } = recordingRequest('r')
    ddp.subscribe(request)
    await connection.next()
    const error = { error: 'too-many-requests', details: { timeToReset: 5 } }
    connection.send({ msg: 'nosub', id: '1', error })
    expect(await connection.next()).toMatchObject({ msg: 'sub', id: '1' })
    connection.send({ msg: 'ready', subs: ['1'] })
    while (answers.length === 0) await changed()
    expect(answers).toEqual(['ready'])
  })

  test('does not survive its connection', async () => {
    const { ddp, connection, nextState, server } = await connectAnonymously()
    const { request, events } = recordingRequest('r')
    ddp.subscribe(request)
    connection.send({ msg: 'ready', subs: ['1'] })
    connection.drop()
    expect(await nextState()).toBe('The provider closed the push connection.')
    expect({ isUp: ddp.isUp, aliveAt: ddp.aliveAt }).toEqual({ isUp: false, aliveAt: null })
    const next = await server.nextConnection()
    await acceptHandshake(next)
    expect(await nextState()).toBe('up')
    next.send(eventFrame('r', [1]))
    next.send({ msg: 'ping' })
    expect(await next.next()).toEqual({ msg: 'pong' })
    expect(events).toEqual([])
  })
})

describe('a method', () => {
  test('is called up to forty times in forty seconds, and not while the connection is down', async () => {
    const { ddp, connection, nextState } = await connectAnonymously()
    const called = Array.from({ length: 45 }, () => ddp.call('stream-notify-room', ['r/user-activity']))
    expect(called.filter(Boolean)).toHaveLength(40)
    expect(await connection.next()).toMatchObject({
      msg: 'method',
      method: 'stream-notify-room',
      params: ['r/user-activity'],
    })
    connection.drop()
    await nextState()
    expect(ddp.call('stream-notify-room', [])).toBe(false)
  })
})

test('frames of any shape are survived', async () => {
  const { ddp, connection } = await connectAnonymously()
  const { request, events, changed } = recordingRequest('r')
  ddp.subscribe(request)
  connection.send({ msg: 'ready', subs: ['1'] })
  const odd = [null, 1, 'x', [], {}, { msg: 1 }, { msg: 'changed' }, { msg: 'ready' }, { msg: 'nosub' }]
  for (const frame of odd) connection.send(frame)
  for (const frame of [{ msg: 'result' }, { msg: 'ready', subs: [1, null] }, { msg: 'changed', fields: 1 }]) {
    connection.send(frame)
  }
  connection.send(eventFrame('r', 'no list'))
  connection.send(eventFrame('r', [{}]))
  while (events.length < 2) await changed()
  expect(events).toEqual([[], [{}]])
})
