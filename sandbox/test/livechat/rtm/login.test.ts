import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Chat,
  type LiveChatSandbox,
  loginErrors,
  startLiveChatSandbox,
} from '../../../livechat/index.ts'
import { agentAuth, customerIdOf, ownAgent } from '../v3-client.ts'
import { HandTimers } from './hand-timers.ts'
import { agentOnline, connect, customerOnline, type RtmClient } from './rtm-client.ts'

const LOGIN_MS = 30_000
const SILENCE_MS = 30_000
const TOKEN_MS = 28_800_000

let sandbox: LiveChatSandbox
let timers: HandTimers
let chat: Chat
let now: number
beforeEach(async () => {
  timers = new HandTimers()
  now = Date.parse('2026-01-02T03:04:05Z')
  sandbox = await startLiveChatSandbox({ seed: false, startTimeout: timers.start, now: () => now })
  chat = sandbox.chats.start({})
})
afterEach(() => sandbox.close())

const customerToken = () => `Bearer ${sandbox.tokens.customerToken(customerIdOf(chat))}`
const endOf = async (client: RtmClient) => {
  await client.closed
  return client.frames.at(-1)
}
const disconnected = (side: string, reason: string) => ({
  version: '3.6',
  type: 'push',
  action: `${side}_disconnected`,
  payload: { reason },
})

describe('the login', () => {
  it('must come in time', async () => {
    const client = await connect(sandbox, 'customer')
    timers.runOut(LOGIN_MS)
    expect(await endOf(client)).toEqual(disconnected('customer', 'connection_timeout'))
    expect(sandbox.push.connections).toEqual([])
  })

  it('is not replaced by a ping, which is not even answered', async () => {
    const client = await connect(sandbox, 'customer')
    client.send('ping')
    const login = await client.call('login', { token: customerToken() })
    expect(client.frames).toEqual([login])
  })

  it('comes before everything else', async () => {
    const client = await connect(sandbox, 'agent')
    expect(await client.call('list_chats')).toMatchObject({
      success: false,
      payload: { error: { type: 'authentication' } },
    })
  })

  it('refuses unknown tokens, a personal token as Bearer, and a token of the other side', async () => {
    const { personalAccessToken, accessToken } = sandbox.credentials
    const refused = {
      success: false,
      payload: { error: { type: 'authentication', message: 'Invalid access token' } },
    }
    const agent = await connect(sandbox, 'agent')
    for (const token of ['Bearer nobody', `Bearer ${personalAccessToken}`, customerToken()]) {
      expect(await agent.call('login', { token })).toMatchObject(refused)
    }
    const customer = await connect(sandbox, 'customer')
    expect(await customer.call('login', { token: `Bearer ${accessToken}` })).toMatchObject(refused)
    expect(await customer.call('login', { token: customerToken() })).toMatchObject({ success: true })
  })

  it('refuses personal tokens where the switch says so', async () => {
    sandbox.switches.rtmTakesPersonalTokens = false
    const client = await connect(sandbox, 'agent')
    expect((await client.call('login', { token: ownAgent(sandbox) })).payload.error?.type).toBe(
      'authentication',
    )
    const token = `Bearer ${sandbox.credentials.accessToken}`
    expect(await client.call('login', { token })).toMatchObject({ success: true })
  })

  it('needs a scope for chats', async () => {
    const client = await connect(sandbox, 'agent')
    const token = agentAuth(sandbox, sandbox.credentials.login, ['customers:ro'])
    expect((await client.call('login', { token })).payload.error?.type).toBe('authorization')
  })

  it('refuses arguments that do not exist', async () => {
    const client = await connect(sandbox, 'customer')
    expect((await client.call('login', { token: customerToken(), away: true })).payload.error).toEqual({
      type: 'validation',
      message: '`away` is not allowed',
    })
  })

  it.each(['agent', 'customer'] as const)('of an %s can be refused with each error', async (side) => {
    const client = await connect(sandbox, side)
    const token = side === 'agent' ? ownAgent(sandbox) : customerToken()
    for (const error of loginErrors[side]) {
      sandbox.push.injectFault({ kind: 'refuse-login', error, times: 1 })
      expect((await client.call('login', { token })).payload).toEqual({ error })
    }
    expect((await client.call('login', { token })).success).toBe(true)
  })

  it('takes over what a customer says about themselves', async () => {
    const customer = { name: 'Cy', email: 'cy@example.test' }
    const client = await connect(sandbox, 'customer')
    const { payload } = await client.call('login', { token: customerToken(), customer })
    expect(payload).toMatchObject({ customer })
    expect(sandbox.chats.customerOf(chat.id)).toMatchObject(customer)
  })

  it('leaves out the pushes that are not asked for', async () => {
    const client = await customerOnline(sandbox, customerIdOf(chat), {
      pushes: { '3.6': ['chat_deactivated'] },
    })
    sandbox.chats.agentSends(chat.id, 'unheard')
    sandbox.chats.close(chat.id)
    expect((await client.settled()).map(({ action }) => action)).toEqual(['chat_deactivated'])
  })

  it('gives all pushes for `all`', async () => {
    const client = await customerOnline(sandbox, customerIdOf(chat), { pushes: { '3.6': ['all'] } })
    sandbox.chats.agentSends(chat.id, 'heard')
    await client.push('incoming_event')
  })
})

describe('a connection that stays silent', () => {
  it('is closed', async () => {
    const client = await agentOnline(sandbox)
    timers.runOut(SILENCE_MS)
    expect(await endOf(client)).toEqual(disconnected('agent', 'connection_timeout'))
  })

  it('is kept by requests and by WebSocket pings', async () => {
    const client = await agentOnline(sandbox)
    const [before] = timers.running
    expect(before).toBe(SILENCE_MS)
    client.socket.ping()
    await new Promise((resolve) => client.socket.once('pong', resolve))
    await client.call('ping')
    expect(timers.running).toEqual([SILENCE_MS])
  })
})

describe('the token of a connection', () => {
  it('ends it when it expires', async () => {
    const client = await customerOnline(sandbox, customerIdOf(chat))
    now += TOKEN_MS
    timers.runOut(TOKEN_MS)
    expect(await endOf(client)).toEqual(disconnected('customer', 'access_token_expired'))
  })

  it('ends it when all expire, and when it is revoked', async () => {
    const first = await customerOnline(sandbox, customerIdOf(chat))
    sandbox.tokens.expireAll()
    expect(await endOf(first)).toEqual(disconnected('customer', 'access_token_expired'))

    const second = await agentOnline(sandbox)
    sandbox.tokens.reject(sandbox.credentials.personalAccessToken)
    expect(await endOf(second)).toEqual(disconnected('agent', 'access_token_revoked'))
  })

  it('can be replaced before it expires, by one of the same agent', async () => {
    const client = await connect(sandbox, 'agent')
    await client.call('login', { token: `Bearer ${sandbox.tokens.accessToken()}` })
    const foreign = sandbox.tokens.accessToken({ agentId: 'ada.kowalska@switchboard.test' })
    expect((await client.call('update_session', { token: `Bearer ${foreign}` })).payload.error?.type).toBe(
      'authorization',
    )
    now += TOKEN_MS - 1000
    const next = `Bearer ${sandbox.tokens.accessToken()}`
    expect(await client.call('update_session', { token: next })).toMatchObject({ success: true, payload: {} })
    now += 2000
    timers.runOut(TOKEN_MS)
    expect((await client.call('list_chats')).success).toBe(true)
  })

  it('of a customer cannot', async () => {
    const client = await customerOnline(sandbox, customerIdOf(chat))
    const { payload } = await client.call('update_session', { token: customerToken() })
    expect(payload.error?.type).toBe('not_found')
  })
})

describe('requests', () => {
  it('are at most ten at a time', async () => {
    const client = await agentOnline(sandbox)
    const release = sandbox.rtm.holdRequests()
    const ids = Array.from({ length: 11 }, () => client.send('ping'))
    const [refused] = await client.wait(({ success }) => success === false)
    expect(refused).toMatchObject({
      request_id: ids[10],
      payload: { error: { type: 'pending_requests_limit_reached', message: 'Requests limit reached' } },
    })
    release()
    expect(await client.wait(({ success }) => success === true, 10)).toHaveLength(10)
  })

  it('answer as in the Web API, errors included', async () => {
    const client = await agentOnline(sandbox)
    expect(await client.call('get_chat', { chat_id: 'none' })).toMatchObject({
      action: 'get_chat',
      type: 'response',
      success: false,
      payload: { error: { type: 'not_found', message: 'Chat not found' } },
    })
    expect((await client.call('dance')).payload.error?.type).toBe('not_found')
    client.socket.send('{')
    const [garbled] = await client.wait(({ request_id }) => request_id === undefined)
    expect(garbled?.payload.error?.type).toBe('validation')
  })
})

describe('an address', () => {
  it('of another version is refused', async () => {
    const client = await connect(sandbox, 'agent', '/v3.2/agent/rtm/ws')
    expect(await endOf(client)).toEqual(disconnected('agent', 'unsupported_version'))
  })

  it('of another organization is refused; agents may leave it out', async () => {
    const stranger = await connect(sandbox, 'agent', '/v3.6/agent/rtm/ws?organization_id=none')
    expect(await endOf(stranger)).toEqual(disconnected('agent', 'license_not_found'))
    const customer = await connect(sandbox, 'customer', '/v3.6/customer/rtm/ws')
    expect(await endOf(customer)).toEqual(disconnected('customer', 'license_not_found'))
    const agent = await connect(sandbox, 'agent', '/v3.6/agent/rtm/ws')
    expect((await agent.call('login', { token: ownAgent(sandbox) })).success).toBe(true)
  })

  it('of another region is misdirected', async () => {
    sandbox.switches.region = 'fra'
    const client = await connect(sandbox, 'agent')
    expect(await endOf(client)).toMatchObject({
      payload: { reason: 'misdirected_connection', data: { region: 'fra' } },
    })
    const right = await connect(sandbox, 'agent', '/v3.6/agent/rtm/ws?region=fra')
    expect((await right.call('login', { token: ownAgent(sandbox) })).success).toBe(true)
  })
})
