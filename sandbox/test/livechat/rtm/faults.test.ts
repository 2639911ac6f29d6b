import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  type Chat,
  disconnectReasons,
  type LiveChatSandbox,
  startLiveChatSandbox,
} from '../../../livechat/index.ts'
import { customerIdOf } from '../v3-client.ts'
import { agentOnline, customerOnline, type RtmClient } from './rtm-client.ts'

let sandbox: LiveChatSandbox
let chat: Chat
let client: RtmClient
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false })
  chat = sandbox.chats.start({})
  client = await customerOnline(sandbox, customerIdOf(chat))
})
afterEach(() => sandbox.close())

const say = (...texts: readonly string[]) => {
  for (const text of texts) sandbox.chats.agentSends(chat.id, text)
}
const texts = (frames: RtmClient['pushes']) => frames.map(({ payload }) => payload.event?.text)
const ping = async () => {
  client.socket.ping()
  await once(client.socket, 'pong')
}

it.each([403, 404, 502] as const)('an upgrade is refused with %i', async (status) => {
  sandbox.push.injectFault({ kind: 'refuse-upgrade', status, times: 1 })
  const url = `${sandbox.url.replace('http', 'ws')}/v3.6/agent/rtm/ws`
  const refused = new WebSocket(url).on('error', () => {})
  const [, response] = await once(refused, 'unexpected-response')
  expect(response.statusCode).toBe(status)
  await agentOnline(sandbox)
})

it('a client that resets its refused connection does not end the sandbox', async () => {
  sandbox.push.injectFault({ kind: 'refuse-upgrade', status: 502, times: 1 })
  const { hostname, port } = new URL(sandbox.url)
  const refused = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  refused.write(
    'GET /v3.6/agent/rtm/ws HTTP/1.1\r\nHost: sandbox\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  )
  await once(refused, 'data')
  refused.resetAndDestroy()
  await once(refused, 'close')
  await agentOnline(sandbox)
})

it('a request is refused with any error', async () => {
  const agent = await agentOnline(sandbox)
  const error = { type: 'missing_access', message: 'Missing access' }
  sandbox.push.injectFault({
    kind: 'refuse-request',
    request: (name) => name === 'follow_chat',
    error,
    times: 1,
  })
  expect((await agent.call('ping')).success).toBe(true)
  expect((await agent.call('follow_chat', { id: chat.id })).payload).toEqual({ error })
  expect((await agent.call('follow_chat', { id: chat.id })).success).toBe(true)
})

it('another address is not found', async () => {
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/websocket`).on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(404)
})

it('connections are cut, all or some', async () => {
  const other = await agentOnline(sandbox)
  expect(sandbox.push.connections).toMatchObject([
    { user: customerIdOf(chat) },
    { user: sandbox.credentials.login },
  ])
  expect(sandbox.push.drop(({ user }) => user === customerIdOf(chat))).toBe(1)
  await client.closed
  expect((await other.call('ping')).success).toBe(true)
  expect(sandbox.push.drop()).toBe(1)
  await other.closed
  expect([sandbox.push.connections, sandbox.push.accepted]).toEqual([[], 2])
})

it('a half-open connection stays, and carries nothing in either direction', async () => {
  const remove = sandbox.push.injectFault({ kind: 'half-open' })
  say('lost')
  client.send('send_event', { chat_id: chat.id, event: { type: 'message', text: 'never arrives' } })
  client.socket.ping('unheard')
  await sandbox.push.until(() => sandbox.push.connections[0]?.swallowed === 2)
  expect(client.socket.readyState).toBe(WebSocket.OPEN)
  expect(client.pushes).toEqual([])
  remove()
  client.socket.ping('heard')
  const [pong] = await once(client.socket, 'pong')
  expect(String(pong)).toBe('heard')
  say('heard')
  expect(texts(await client.settled())).toEqual(['heard'])
  expect(chat.threads[0]?.events).toHaveLength(2)
})

it('a half-open connection that the server gives up ends for the client when it can hear again', async () => {
  const remove = sandbox.push.injectFault({ kind: 'half-open' })
  sandbox.rtm.disconnect('connection_timeout')
  expect(sandbox.push.connections).toEqual([])
  expect(client.socket.readyState).toBe(WebSocket.OPEN)
  remove()
  await client.closed
  expect(client.pushes).toEqual([])
})

it('a silent connection loses pushes only', async () => {
  const remove = sandbox.push.injectFault({ kind: 'silent' })
  say('lost')
  await ping()
  expect(await client.settled()).toEqual([])
  remove()
  say('heard')
  expect(texts(await client.settled())).toEqual(['heard'])
})

it('a fault can be limited to some connections', async () => {
  const other = await customerOnline(sandbox, customerIdOf(chat))
  sandbox.push.injectFault({ kind: 'silent', where: ({ number }) => number === 1 })
  say('hello')
  expect(texts(await other.settled())).toEqual(['hello'])
  expect(await client.settled()).toEqual([])
})

it('held pushes come when they are released, in their order, while requests are answered', async () => {
  const release = sandbox.push.injectFault({ kind: 'hold' })
  say('one', 'two')
  expect(await client.settled()).toEqual([])
  release()
  expect(texts(await client.settled())).toEqual(['one', 'two'])
})

it('lagging pushes come later, in their order', async () => {
  const remove = sandbox.push.injectFault({ kind: 'lag', ms: 30 })
  say('one', 'two')
  expect(await client.settled()).toEqual([])
  remove()
  say('three')
  expect(texts(await client.wait(({ type }) => type === 'push', 3))).toEqual(['one', 'two', 'three'])
})

it('pushes are doubled', async () => {
  sandbox.push.injectFault({ kind: 'duplicate' })
  say('one', 'two')
  expect(texts(await client.settled())).toEqual(['one', 'one', 'two', 'two'])
})

it('pushes are swapped in pairs; the last waits until the fault is removed', async () => {
  const remove = sandbox.push.injectFault({ kind: 'reorder' })
  say('one', 'two', 'three')
  expect(texts(await client.settled())).toEqual(['two', 'one'])
  remove()
  expect(texts(await client.settled())).toEqual(['two', 'one', 'three'])
})

it('garbage and frames of any size are sent', async () => {
  const raw: string[] = []
  client.socket.removeAllListeners('message')
  client.socket.on('message', (data, isBinary) => raw.push(`${isBinary} ${String(data).length}`))
  sandbox.push.sendRaw('{"oops')
  sandbox.push.sendRaw(Buffer.of(0, 255))
  sandbox.push.sendOversized(100_000)
  await ping()
  expect(raw).toEqual(['false 6', 'true 2', 'false 100013'])
})

it('frames of both directions are recorded', async () => {
  sandbox.push.clearFrames()
  const id = client.send('ping')
  await client.settled()
  expect(sandbox.push.frames.slice(0, 2)).toEqual([
    { connection: 1, direction: 'in', text: `{"request_id":"${id}","action":"ping","payload":{}}` },
    { connection: 1, direction: 'out', text: expect.stringContaining('"success":true') },
  ])
})

describe('a connection that is ended by the server', () => {
  it.each(disconnectReasons.customer)('says %s to a customer', async (reason) => {
    expect(sandbox.rtm.disconnect(reason, { data: { timeout: 5 } })).toBe(1)
    await client.closed
    const { action, payload } = client.frames.at(-1) ?? {}
    expect([action, payload]).toEqual(['customer_disconnected', { reason, data: { timeout: 5 } }])
  })

  it.each(disconnectReasons.agent)('says %s to an agent', async (reason) => {
    const agent = await agentOnline(sandbox)
    sandbox.rtm.disconnect(reason, { where: ({ path }) => path.includes('/agent/') })
    await agent.closed
    const { action, payload } = agent.frames.at(-1) ?? {}
    expect([action, payload]).toEqual(['agent_disconnected', { reason }])
    expect((await client.call('ping')).success).toBe(true)
  })
})
