import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { callAgent, callCustomer, ownAgent, post } from './v3-client.ts'

let sandbox: LiveChatSandbox
let now: number
beforeEach(async () => {
  now = Date.parse('2026-03-10T12:00:00Z')
  sandbox = await startLiveChatSandbox({ seed: false, now: () => now })
})
afterEach(() => sandbox.close())

interface CustomerToken {
  readonly access_token: string
  readonly entity_id: string
}

describe('customer tokens', () => {
  const ask = (more: object = {}, authorization = `Bearer ${sandbox.credentials.accessToken}`) => {
    const { clientId } = sandbox.credentials
    const body = { grant_type: 'agent_token', client_id: clientId, response_type: 'token', ...more }
    return post<CustomerToken>(`${sandbox.url}/v2/customer/token`, body, { authorization })
  }
  const use = async (token: string) => {
    const { organizationId } = sandbox.credentials
    const url = `${sandbox.url}/v3.6/customer/action/get_customer?organization_id=${organizationId}`
    return (await post(url, {}, { authorization: `Bearer ${token}` })).status
  }

  it('make a new customer without entity_id, and renew a known one with it', async () => {
    const made = await ask()
    expect(made.status).toBe(200)
    expect(made.body).toEqual({
      access_token: expect.stringMatching(/^dal:/),
      client_id: sandbox.credentials.clientId,
      entity_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      expires_in: 28_800,
      token_type: 'Bearer',
      organization_id: sandbox.credentials.organizationId,
    })
    expect(sandbox.chats.customers.map(({ id }) => id)).toEqual([made.body.entity_id])
    const renewed = await ask({ entity_id: made.body.entity_id })
    expect(renewed.body.entity_id).toBe(made.body.entity_id)
    expect(renewed.body.access_token).not.toBe(made.body.access_token)
    expect(await use(renewed.body.access_token)).toBe(200)
  })

  it('end after eight hours', async () => {
    const { access_token } = (await ask()).body
    now += 28_800_000
    expect(await use(access_token)).toBe(401)
  })

  it.each<[string, object, (s: LiveChatSandbox) => string | undefined, number]>([
    ['a personal access token', {}, ownAgent, 401],
    ['no token', {}, () => '', 401],
    [
      'an agent without customers:own',
      {},
      (s) => `Bearer ${s.tokens.accessToken({ scopes: ['customers:rw'] })}`,
      403,
    ],
    ['an unknown app', { client_id: 'x' }, () => undefined, 401],
    ['another grant', { grant_type: 'cookie' }, () => undefined, 400],
    ['another response type', { response_type: 'code' }, () => undefined, 400],
    ['an unknown customer', { entity_id: 'x' }, () => undefined, 400],
  ])('are refused to %s', async (_who, more, authorization, status) => {
    const answer = await ask(more, authorization(sandbox))
    expect(answer.status).toBe(status)
    expect(answer.body).toEqual({
      oauth_exception: expect.any(String),
      exception_details: expect.any(String),
    })
  })
})

describe('refreshed tokens', () => {
  const ask = (more: Record<string, string> = {}) => {
    const { clientId, clientSecret, refreshToken } = sandbox.credentials
    return {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
      ...more,
    }
  }
  const url = () => `${sandbox.url}/v2/token`

  it('come for a refresh token that stays the same', async () => {
    sandbox.tokens.expireAll()
    const { status, body } = await post<{ access_token: string }>(url(), ask())
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.stringMatching(/^dal:/),
      account_id: sandbox.credentials.accountId,
      expires_in: 28_800,
      organization_id: sandbox.credentials.organizationId,
      refresh_token: sandbox.credentials.refreshToken,
      scope: expect.stringContaining('chats--all:rw,customers:own'),
      token_type: 'Bearer',
    })
    const authorization = `Bearer ${body.access_token}`
    expect((await callAgent(sandbox, 'list_chats', {}, { authorization })).status).toBe(200)
  })

  it('can be asked for by a form, as the documentation does', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await post(url(), new URLSearchParams(ask()).toString(), headers)).status).toBe(200)
  })

  it('are 25 at most; the oldest is revoked', async () => {
    const first = `Bearer ${sandbox.tokens.accessToken()}`
    for (let n = 0; n < 25; n += 1) await post(url(), ask())
    expect((await callAgent(sandbox, 'list_chats', {}, { authorization: first })).status).toBe(401)
  })

  it.each<[string, Record<string, string>, number]>([
    ['a wrong secret', { client_secret: 'x' }, 401],
    ['an unknown refresh token', { refresh_token: 'x' }, 400],
    ['another grant', { grant_type: 'password' }, 400],
  ])('are refused for %s', async (_what, more, status) => {
    expect((await post(url(), ask(more))).status).toBe(status)
  })

  it('are refused for a body that is no JSON', async () => {
    expect((await post(url(), '{')).body).toMatchObject({ oauth_exception: 'invalid_request' })
  })
})

it('a token issued by hand is the customer it was issued for', async () => {
  const { id } = sandbox.chats.addCustomer({ name: 'Cy' })
  expect((await callCustomer(sandbox, id, 'get_customer')).body).toMatchObject({ id, name: 'Cy' })
})
