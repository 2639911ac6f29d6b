import { describe, expect, test } from 'vitest'
import { startSandbox, startSandboxWithRoom } from '../start-sandbox.ts'
import { connectDdp, openSocket } from './ddp-client.ts'

describe('a DDP connection', () => {
  test('is answered at /websocket only', async () => {
    const { sandbox } = await startSandbox()
    await connectDdp(sandbox.url)
    await expect(openSocket(`${sandbox.url}/elsewhere`)).rejects.toThrow('404')
  })

  test('answers pings with their id', async () => {
    const { sandbox } = await startSandbox()
    const ddp = await connectDdp(sandbox.url)
    ddp.send({ msg: 'ping', id: 'a' })
    expect(await ddp.frame(({ msg }) => msg === 'pong')).toEqual({ msg: 'pong', id: 'a' })
    ddp.send({ msg: 'ping' })
    expect(await ddp.frame(({ msg }) => msg === 'pong')).toEqual({ msg: 'pong' })
  })

  test('is pinged when it is silent, and closed when it stays silent', async () => {
    const { sandbox } = await startSandbox({ ddp: { server: 'ddp-streamer', heartbeatMs: 20 } })
    const ddp = await connectDdp(sandbox.url)
    await ddp.frame(({ msg }) => msg === 'ping')
    ddp.send({ msg: 'pong' })
    await ddp.frame(({ msg }) => msg === 'ping')
    expect(await ddp.closed()).toBe(4000)
    expect(sandbox.push.connections).toEqual([])
  })

  test('is refused an unknown stream, an empty event and an unknown method', async () => {
    const { sandbox } = await startSandbox()
    const ddp = await connectDdp(sandbox.url)
    const { answer } = await ddp.subscribe('stream-nothing', 'event')
    expect(answer).toMatchObject({ msg: 'nosub', error: { error: 404, errorType: 'Meteor.Error' } })
    expect((await ddp.subscribe('stream-room-messages', '')).answer).toMatchObject({
      msg: 'nosub',
      error: { error: 'invalid-event-name' },
    })
    expect(await ddp.call('constructor')).toMatchObject({ error: { error: 404 } })
  })

  test('ignores a subscription whose id is in use', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const ddp = await connectDdp(sandbox.url)
    const sub = (event: string, tokens: object) =>
      ddp.send({ msg: 'sub', id: 'a', name: 'stream-room-messages', params: [event, { args: [tokens] }] })
    sub(access.rid, { visitorToken: access.token })
    sub('__my_messages__', {})
    await ddp.pending('stream-room-messages')
    expect(sandbox.subscriptions.counts()).toEqual({ [`stream-room-messages/${access.rid}`]: 1 })
  })

  test('stays after an invalid frame at a monolith', async () => {
    const { sandbox } = await startSandbox()
    const ddp = await openSocket(sandbox.url)
    ddp.socket.send('no JSON')
    expect(await ddp.frame(({ msg }) => msg === 'error')).toMatchObject({ reason: 'Parse error' })
    ddp.send({ msg: 'sub', id: '1', name: 'stream-room-messages', params: ['x'] })
    expect(await ddp.frame(({ msg }) => msg === 'error')).toMatchObject({ reason: 'Must connect first' })
  })

  test.each([
    ['text that is no JSON', 'no JSON', 1007],
    ['another frame before connect', '{"msg":"sub","id":"1","name":"x","params":[]}', 1002],
    ['a frame without msg', '{}', 1002],
  ])('is closed by ddp-streamer after %s', async (_name, text, code) => {
    const { sandbox } = await startSandbox({ ddp: { server: 'ddp-streamer' } })
    const ddp = await openSocket(sandbox.url)
    ddp.socket.send(text)
    expect(await ddp.closed()).toBe(code)
  })

  test('is closed by ddp-streamer after a subscription without an id', async () => {
    const { sandbox } = await startSandbox({ ddp: { server: 'ddp-streamer' } })
    const ddp = await connectDdp(sandbox.url)
    ddp.send({ msg: 'sub', name: 'stream-room-messages', params: ['x'] })
    expect(await ddp.closed()).toBe(1002)
  })
})

describe('the login', () => {
  test('takes a login token, and refuses another one with 403', async () => {
    const { sandbox } = await startSandbox()
    const { userId, authToken } = sandbox.demo.serviceAccount
    const ddp = await connectDdp(sandbox.url)
    expect(await ddp.call('login', { resume: 'unknown' })).toMatchObject({ error: { error: 403 } })
    expect(await ddp.call('login', { resume: authToken })).toMatchObject({ result: { id: userId } })
    expect(sandbox.push.connections).toMatchObject([{ user: userId }])
  })

  test('ends the connection when its token is removed', async () => {
    const { sandbox } = await startSandbox()
    const { authToken } = sandbox.demo.serviceAccount
    const ddp = await connectDdp(sandbox.url, authToken)
    sandbox.workspace.setLogin(authToken, null)
    await ddp.closed()
  })

  test('ends by logout, which closes the connection at ddp-streamer only', async () => {
    const { sandbox } = await startSandbox()
    const { authToken } = sandbox.demo.serviceAccount
    const ddp = await connectDdp(sandbox.url, authToken)
    expect(await ddp.call('logout')).not.toHaveProperty('error')
    expect(await ddp.call('login', { resume: authToken })).toMatchObject({ error: { error: 403 } })

    const { sandbox: other } = await startSandbox({ ddp: { server: 'ddp-streamer' } })
    const atStreamer = await connectDdp(other.url, other.demo.serviceAccount.authToken)
    atStreamer.send({ msg: 'method', id: 'x', method: 'logout', params: [] })
    await atStreamer.closed()
  })
})

describe('what tests see of DDP', () => {
  test('counts connections and live subscriptions, and keeps the frames', async () => {
    const { sandbox, access } = await startSandboxWithRoom()
    const key = `stream-room-messages/${access.rid}`
    const [first, second] = await Promise.all([connectDdp(sandbox.url), connectDdp(sandbox.url)])
    const tokens = { visitorToken: access.token }
    const { id } = await first.subscribe('stream-room-messages', access.rid, tokens)
    await second.subscribe('stream-room-messages', access.rid, tokens)
    await second.subscribe('stream-room-messages', 'foreign', tokens)
    expect(sandbox.subscriptions.counts()).toEqual({ [key]: 2 })

    first.send({ msg: 'unsub', id })
    await first.frame(({ msg }) => msg === 'nosub')
    expect(sandbox.subscriptions.counts()).toEqual({ [key]: 1 })
    second.socket.close()
    await sandbox.push.until(() => sandbox.push.connections.length === 1)
    expect(sandbox.subscriptions.counts()).toEqual({})
    expect(sandbox.subscriptions.peak).toBe(2)
    expect(sandbox.push).toMatchObject({ accepted: 2, peak: 2 })
    const received = sandbox.push.frames.filter(({ direction }) => direction === 'in')
    expect(received.map(({ text }) => JSON.parse(text).msg)).toEqual(
      expect.arrayContaining(['connect', 'sub', 'unsub']),
    )
  })
})
