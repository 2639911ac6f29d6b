import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { basic } from './classic-client.ts'
import { agentAuth, apiError, type ChatList, callAgent, ownAgent, post } from './v3-client.ts'

let sandbox: LiveChatSandbox
let now: number
beforeEach(async () => {
  now = Date.parse('2026-03-10T12:00:00Z')
  sandbox = await startLiveChatSandbox({ seed: false, now: () => now })
})
afterEach(() => sandbox.close())

const BEN = 'ben.osei@switchboard.test'

describe('who may ask', () => {
  it.each<[string, (s: LiveChatSandbox) => string | null]>([
    ['nobody', () => null],
    ['a wrong token', (s) => basic(s.credentials.accountId, 'dal:wrong')],
    [
      "somebody else's account",
      (s) => basic('11111111-1111-4111-a111-111111111111', s.credentials.personalAccessToken),
    ],
    ['the classic login', (s) => basic(s.credentials.login, s.credentials.apiKey)],
    ['a personal access token as bearer', (s) => `Bearer ${s.credentials.personalAccessToken}`],
    ['a customer token', (s) => `Bearer ${s.tokens.customerToken(s.chats.addCustomer().id)}`],
  ])('%s is told "Invalid access token"', async (_who, authorization) => {
    const { status, body } = await callAgent(
      sandbox,
      'list_chats',
      {},
      { authorization: authorization(sandbox) },
    )
    expect([status, body]).toEqual([401, apiError('authentication', 'Invalid access token')])
  })

  it('takes personal and OAuth tokens', async () => {
    for (const authorization of [ownAgent(sandbox), `Bearer ${sandbox.credentials.accessToken}`]) {
      expect((await callAgent(sandbox, 'list_chats', {}, { authorization })).status).toBe(200)
    }
  })

  it('OAuth tokens end after eight hours, or when the test says so; personal ones do not', async () => {
    const token = sandbox.tokens.accessToken()
    const ask = async (authorization: string) =>
      (await callAgent(sandbox, 'list_chats', {}, { authorization })).status
    now += 28_799_000
    expect(await ask(`Bearer ${token}`)).toBe(200)
    now += 1_000
    expect(await ask(`Bearer ${token}`)).toBe(401)
    const fresh = sandbox.tokens.accessToken()
    sandbox.tokens.expireAll()
    expect(await ask(`Bearer ${fresh}`)).toBe(401)
    expect(await ask(ownAgent(sandbox))).toBe(200)
  })
})

describe('scopes', () => {
  const ask = async (action: string, input: unknown, scopes: string[]) =>
    (await callAgent(sandbox, action, input, { authorization: agentAuth(sandbox, BEN, scopes) })).status

  it.each([
    ['list_chats', {}, ['customers:ro']],
    ['list_archives', {}, []],
    ['get_customer', { id: 'x' }, ['chats--all:rw']],
    ['list_routing_statuses', {}, ['agents--all:ro']],
    ['start_chat', {}, ['chats--all:ro']],
  ])('%s refuses a token without its own', async (action, input, scopes) => {
    const authorization = agentAuth(sandbox, BEN, scopes)
    const { status, body } = await callAgent(sandbox, action, input, { authorization })
    expect([status, body]).toEqual([403, apiError('authorization', 'Insufficient scopes')])
  })

  it('rw includes ro and all includes access', async () => {
    expect(await ask('list_chats', {}, ['chats--access:rw'])).toBe(200)
    expect(await ask('list_chats', {}, ['chats--all:ro'])).toBe(200)
    expect(await ask('list_chats', {}, ['chats--my:rw'])).toBe(403)
  })

  it('access reaches chats of own groups, of group 0 and those one is in', async () => {
    const [general, orders, billing, joined] = [0, 2, 3, 3].map((groupId) => sandbox.chats.start({ groupId }))
    sandbox.chats.transfer(joined?.id ?? '', { agentId: BEN })
    const authorization = agentAuth(sandbox, BEN, ['chats--access:rw'])
    const { body } = await callAgent<ChatList>(sandbox, 'list_chats', {}, { authorization })
    expect(new Set(body.chats_summary.map(({ id }) => id))).toEqual(
      new Set([general?.id, orders?.id, joined?.id]),
    )
    for (const action of ['get_chat', 'list_threads']) {
      const refused = await callAgent(sandbox, action, { chat_id: billing?.id }, { authorization })
      expect([refused.status, refused.body]).toEqual([403, apiError('missing_access', 'Missing access')])
    }
  })
})

describe('the address and the body', () => {
  it('an unknown action is not found, by any method', async () => {
    const unknown = await callAgent(sandbox, 'list_customers')
    expect([unknown.status, unknown.body]).toEqual([404, apiError('not_found', 'Unknown action')])
    const got = await fetch(`${sandbox.url}/v3.6/agent/action/list_chats`, {
      headers: { authorization: ownAgent(sandbox) },
    })
    expect(got.status).toBe(404)
  })

  it.each(['v3.5', 'v3.7', 'v3.99'])('version %s is not supported', async (version) => {
    const { status, body } = await post(`${sandbox.url}/${version}/agent/action/list_chats`, {})
    expect(status).toBe(400)
    expect(body).toMatchObject(apiError('unsupported_version'))
  })

  it.each([
    ['', 'Wrong format of request'],
    ['{"chat_id":', 'Wrong format of request'],
    ['[]', 'Wrong format of request'],
    ['{}', '`chat_id` is required'],
    ['{"chat_id":7}', '`chat_id` must be string'],
    ['{"chat_id":"X","id":"Y"}', '`id` is not allowed'],
  ])('the body %j is refused: %s', async (body, message) => {
    const answer = await callAgent(sandbox, 'get_chat', body)
    expect([answer.status, answer.body]).toEqual([400, apiError('validation', message)])
  })
})

describe('regions', () => {
  it('a licence elsewhere misdirects until X-Region fits', async () => {
    sandbox.switches.region = 'fra'
    const lost = await callAgent(sandbox, 'list_chats')
    expect([lost.status, lost.body]).toEqual([
      421,
      { error: { type: 'misdirected_request', message: 'Misdirected request', data: { region: 'fra' } } },
    ])
    const again = (region: string) =>
      callAgent(sandbox, 'list_chats', {}, { headers: { 'X-Region': region } })
    expect((await again('dal')).status).toBe(421)
    expect((await again('fra')).status).toBe(200)
  })
})
