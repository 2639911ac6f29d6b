import { describe, expect, it } from 'vitest'
import { findConfigWarnings, loadConfig } from '../../src/config/index.ts'

const warningsOf = (env: Readonly<Record<string, string>>) =>
  findConfigWarnings(loadConfig(env, { readText: () => undefined }))

const account = { ROCKETCHAT_USER_ID: 'user', ROCKETCHAT_AUTH_TOKEN: 'token-of-the-account' }
const licence = {
  LIVECHAT_ACCOUNT_ID: 'account',
  LIVECHAT_TOKEN: 'token-of-the-licence',
  LIVECHAT_LOGIN: 'agent@shop.example',
  LIVECHAT_API_KEY: 'key-of-the-licence',
}

describe('a provider over plain http', () => {
  it.each([
    [
      'a Rocket.Chat',
      'rocketchat',
      { ...account, ROCKETCHAT_URL: 'http://chat.example:3000' },
      ['chat.example'],
    ],
    ['a Rocket.Chat for visitors only', 'rocketchat', { ROCKETCHAT_URL: 'http://10.0.0.7' }, ['10.0.0.7']],
    ['LiveChat’s API', 'livechat', { ...licence, LIVECHAT_API_URL: 'http://api.example' }, ['api.example']],
    [
      'the classic API',
      'livechat',
      { ...licence, LIVECHAT_REST_URL: 'http://[2001:db8::1]' },
      ['[2001:db8::1]'],
    ],
    [
      'HelpDesk',
      'livechat',
      { ...licence, LIVECHAT_OFFLINE_SOURCE: 'helpdesk', HELPDESK_URL: 'http://desk.example/v1' },
      ['desk.example'],
    ],
    [
      'the accounts host',
      'livechat',
      {
        LIVECHAT_TOKEN: 'bearer',
        LIVECHAT_CLIENT_ID: 'client',
        LIVECHAT_ACCOUNTS_URL: 'http://accounts.example',
      },
      ['accounts.example'],
    ],
    [
      'two addresses of one host',
      'livechat',
      { ...licence, LIVECHAT_API_URL: 'http://a.example', LIVECHAT_REST_URL: 'http://a.example:81' },
      ['a.example'],
    ],
  ])('leads to a warning: %s', (_which, provider, env, hosts) => {
    const warnings = warningsOf(env)
    expect(warnings).toEqual(
      hosts.map((host) => ({ provider, host, message: expect.stringContaining('https') })),
    )
    expect(JSON.stringify(warnings)).not.toMatch(/token-of|key-of|bearer/)
  })

  it.each([
    ['by https', { ...account, ROCKETCHAT_URL: 'https://chat.example' }],
    ['on this machine', { ...account, ROCKETCHAT_URL: 'http://127.0.0.1:3000' }],
    ['on this machine by name', { ...account, ROCKETCHAT_URL: 'http://chat.localhost:3000' }],
    ['on this machine by IPv6', { ...account, ROCKETCHAT_URL: 'http://[::1]:3000' }],
    ['at an address that is not used', { ...licence, HELPDESK_URL: 'http://desk.example/v1' }],
  ])('leads to no warning %s', (_where, env) => {
    expect(warningsOf(env)).toEqual([])
  })
})

describe("an operator's agent", () => {
  const agents = {
    rocketchat: { userId: 'u', token: 'token-of-agent' },
    livechat: { accountId: 'a', token: 'token-of-agent' },
  }
  const text = JSON.stringify({ ann: { key: 'a-key-of-24-characters-0', agents } })
  const warningsWith = (env: Readonly<Record<string, string>>) =>
    findConfigWarnings(loadConfig({ OPERATORS_FILE: 'operators.json', ...env }, { readText: () => text }))
  const serviceAccount = { ROCKETCHAT_USER_ID: 'u', ROCKETCHAT_AUTH_TOKEN: 'token-of-account' }
  const chat = { ROCKETCHAT_URL: 'https://chat.example' }
  const classic = { LIVECHAT_LOGIN: 'login', LIVECHAT_API_KEY: 'key-of-login' }

  it('leads to a warning at a provider without a service account', () => {
    const message = expect.stringContaining('has no effect')
    const warnings = warningsWith({ ...chat, ...classic })
    expect(warnings).toEqual([
      { provider: 'rocketchat', operator: 'ann', message },
      { provider: 'livechat', operator: 'ann', message },
    ])
    expect(JSON.stringify(warnings)).not.toContain('token-of-agent')
  })

  it('leads to no warning beside a service account, and in the sandbox', () => {
    expect(warningsWith({ ...chat, ...serviceAccount, LIVECHAT_TOKEN: 'token-of-account' })).toEqual([])
    expect(warningsWith({})).toEqual([])
  })
})

describe('a sandbox', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'gateway.example'])(
    'leads to a warning when it listens on %s',
    (host) => {
      expect(warningsOf({ HOST: host })).toEqual([
        { host, message: expect.stringContaining('HOST=127.0.0.1') },
      ])
    },
  )

  it.each(['127.0.0.1', '127.0.0.2', '::1', 'localhost'])('leads to no warning on %s', (host) => {
    expect(warningsOf({ HOST: host })).toEqual([])
  })

  it('does not run when a provider is configured', () => {
    expect(warningsOf({ HOST: '0.0.0.0', ROCKETCHAT_URL: 'https://chat.example' })).toEqual([])
  })
})

describe('an operator’s key', () => {
  const messagesFor = (key: string) =>
    warningsOf({ ROCKETCHAT_URL: 'https://chat.example', OPERATOR_KEYS: `dashboard:${key}` })

  it('is warned about if it is the example of the documentation', () => {
    expect(messagesFor('the-output-of-openssl-rand-hex-24')).toEqual([
      { message: expect.stringContaining('openssl rand -hex 24'), operator: 'dashboard' },
    ])
  })

  it('is not warned about otherwise', () => {
    expect(messagesFor('b0c5cf2bd50c3b8ea5cd5f9c7e6b5a52')).toEqual([])
  })
})
