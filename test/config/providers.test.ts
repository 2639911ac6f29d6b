import { describe, expect, test } from 'vitest'
import { type Environment, loadConfig, type ProviderConfig } from '../../src/config/index.ts'
import { issueLines, noFiles } from './support/config-lines.ts'

function providers(env: Environment): readonly ProviderConfig[] {
  return loadConfig(env, noFiles).providers
}

describe('Rocket.Chat', () => {
  test('needs only its address', () => {
    expect(providers({ ROCKETCHAT_URL: 'https://chat.example' })).toEqual([
      { name: 'rocketchat', kind: 'ROCKET_CHAT', url: 'https://chat.example', push: true },
    ])
  })

  test('its push can be switched off', () => {
    expect(providers({ ROCKETCHAT_URL: 'https://chat.example', ROCKETCHAT_PUSH: 'off' })).toEqual([
      { name: 'rocketchat', kind: 'ROCKET_CHAT', url: 'https://chat.example' },
    ])
  })

  test('accepts a service account, a webhook token and offline defaults', () => {
    const env = {
      ROCKETCHAT_URL: 'https://chat.example',
      ROCKETCHAT_USER_ID: 'u',
      ROCKETCHAT_AUTH_TOKEN: 't',
      ROCKETCHAT_WEBHOOK_TOKEN: 'a word',
      ROCKETCHAT_OFFLINE_DEPARTMENT: 'Sales & more',
      ROCKETCHAT_OFFLINE_HOST: 'https://shop.example',
    }
    expect(providers(env)).toEqual([
      {
        name: 'rocketchat',
        kind: 'ROCKET_CHAT',
        url: 'https://chat.example',
        serviceAccount: { userId: 'u', authToken: 't' },
        webhookToken: 'a word',
        offlineDepartment: 'Sales & more',
        offlineHost: 'https://shop.example',
        push: true,
      },
    ])
  })

  test.each([
    ['https://Chat.Example:443/', 'https://chat.example'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['https://example.com/chat/', 'https://example.com/chat'],
    ['https://example.com/a@b//', 'https://example.com/a@b'],
  ])('address %s is normalised to %s', (address, url) => {
    expect(providers({ ROCKETCHAT_URL: address })).toMatchObject([{ url }])
  })

  test.each([
    'chat.example',
    'ftp://chat.example',
    'http:chat.example',
    'https://user@chat.example',
    'https://user:password@chat.example',
    'https://chat.example?',
    'https://chat.example/?a=1',
    'https://chat.example/#top',
    'https://chat example',
    ' https://chat.example',
    'https://',
    'https://chat.example:99999',
  ])('address %j is refused', (address) => {
    expect(issueLines({ ROCKETCHAT_URL: address })).toEqual([
      'ROCKETCHAT_URL: must be an http or https address without user, password, query or fragment',
    ])
  })

  test('a token with a space or a line break is refused', () => {
    const env = {
      ROCKETCHAT_URL: 'https://chat.example',
      ROCKETCHAT_USER_ID: 'u',
      ROCKETCHAT_AUTH_TOKEN: 't\n',
    }
    expect(issueLines(env)).toEqual([expect.stringMatching(/^ROCKETCHAT_AUTH_TOKEN: must be/)])
  })
})

describe('LiveChat', () => {
  const vendor = {
    name: 'livechat',
    kind: 'LIVECHAT',
    apiUrl: 'https://api.livechatinc.com',
    restUrl: 'https://api.livechatinc.com',
    accountsUrl: 'https://accounts.livechat.com',
    helpdeskUrl: 'https://api.helpdesk.com/v1',
    timeZone: 'UTC',
    push: 'customers',
  }

  test('a token alone is an OAuth bearer, and offline messages come from HelpDesk', () => {
    expect(providers({ LIVECHAT_TOKEN: 't' })).toEqual([
      { ...vendor, credential: { type: 'bearer', token: 't' }, offlineSource: 'helpdesk' },
    ])
  })

  test('a token with an account id is a personal access token', () => {
    expect(providers({ LIVECHAT_TOKEN: 't', LIVECHAT_ACCOUNT_ID: 'a' })).toEqual([
      { ...vendor, credential: { type: 'pat', accountId: 'a', token: 't' }, offlineSource: 'helpdesk' },
    ])
  })

  test('a login alone serves the classic list', () => {
    expect(providers({ LIVECHAT_LOGIN: 'agent@a.example', LIVECHAT_API_KEY: 'k' })).toEqual([
      { ...vendor, classic: { login: 'agent@a.example', apiKey: 'k' }, offlineSource: 'rest_v1' },
    ])
  })

  test('accepts all settings together', () => {
    const env = {
      LIVECHAT_API_URL: 'http://127.0.0.1:1/',
      LIVECHAT_REST_URL: 'http://127.0.0.1:2',
      LIVECHAT_ACCOUNTS_URL: 'http://127.0.0.1:3',
      HELPDESK_URL: 'http://127.0.0.1:4/v1/',
      LIVECHAT_TOKEN: 't',
      LIVECHAT_ORGANIZATION_ID: 'o',
      LIVECHAT_LOGIN: 'l',
      LIVECHAT_API_KEY: 'k',
      LIVECHAT_OFFLINE_SOURCE: 'archives',
      LIVECHAT_TIME_ZONE: 'America/New_York',
      LIVECHAT_CLIENT_ID: 'c',
      LIVECHAT_CLIENT_SECRET: 's',
      LIVECHAT_REFRESH_TOKEN: 'r',
      LIVECHAT_WEBHOOK_SECRET: 'w',
      LIVECHAT_PUSH: 'on',
    }
    expect(providers(env)).toEqual([
      {
        name: 'livechat',
        kind: 'LIVECHAT',
        apiUrl: 'http://127.0.0.1:1',
        restUrl: 'http://127.0.0.1:2',
        accountsUrl: 'http://127.0.0.1:3',
        helpdeskUrl: 'http://127.0.0.1:4/v1',
        credential: { type: 'bearer', token: 't' },
        organizationId: 'o',
        classic: { login: 'l', apiKey: 'k' },
        offlineSource: 'archives',
        timeZone: 'America/New_York',
        oauth: { clientId: 'c', clientSecret: 's', refreshToken: 'r' },
        webhookSecret: 'w',
        push: 'on',
      },
    ])
  })

  test('its push can be switched off', () => {
    const [config] = providers({ LIVECHAT_TOKEN: 't', LIVECHAT_PUSH: 'off' })
    expect(config).not.toHaveProperty('push')
  })

  test('an unknown kind of push is refused', () => {
    expect(issueLines({ LIVECHAT_TOKEN: 't', LIVECHAT_PUSH: 'agents' })).toEqual([
      'LIVECHAT_PUSH: must be one of customers, on, off',
    ])
  })

  test.each(['Mars/Phobos', '+02:00', 'Europe', ''.padEnd(3)])('time zone %j is refused', (zone) => {
    const env = { LIVECHAT_TOKEN: 't', LIVECHAT_TIME_ZONE: zone }
    expect(issueLines(env)).toEqual(['LIVECHAT_TIME_ZONE: must be an IANA time zone, such as Europe/Warsaw'])
  })

  test('an unknown offline source is refused', () => {
    const env = { LIVECHAT_TOKEN: 't', LIVECHAT_OFFLINE_SOURCE: 'rest' }
    expect(issueLines(env)).toEqual(['LIVECHAT_OFFLINE_SOURCE: must be one of rest_v1, helpdesk, archives'])
  })
})

test('one account of each kind can be described', () => {
  const names = providers({ LIVECHAT_TOKEN: 't', ROCKETCHAT_URL: 'http://a' }).map(({ name }) => name)
  expect(names).toEqual(['rocketchat', 'livechat'])
})

describe('of settings that need each other, the missing one is reported', () => {
  const rocketChat = { ROCKETCHAT_URL: 'http://a' }
  const bearer = { LIVECHAT_TOKEN: 't' }
  const classic = { LIVECHAT_LOGIN: 'l', LIVECHAT_API_KEY: 'k' }
  test.each<[string, Environment]>([
    ['ROCKETCHAT_AUTH_TOKEN', { ...rocketChat, ROCKETCHAT_USER_ID: 'u' }],
    ['ROCKETCHAT_USER_ID', { ...rocketChat, ROCKETCHAT_AUTH_TOKEN: 't' }],
    ['ROCKETCHAT_URL', { ROCKETCHAT_USER_ID: 'u', ROCKETCHAT_AUTH_TOKEN: 't' }],
    ['ROCKETCHAT_URL', { ROCKETCHAT_OFFLINE_HOST: 'h' }],
    ['LIVECHAT_TOKEN', { LIVECHAT_ACCOUNT_ID: 'a' }],
    ['LIVECHAT_TOKEN', { ...classic, LIVECHAT_ACCOUNT_ID: 'a' }],
    ['LIVECHAT_TOKEN', { LIVECHAT_ORGANIZATION_ID: 'o' }],
    ['LIVECHAT_TOKEN', { HELPDESK_URL: 'http://a' }],
    ['LIVECHAT_TOKEN', { ...classic, LIVECHAT_OFFLINE_SOURCE: 'helpdesk' }],
    ['LIVECHAT_TOKEN', { ...classic, LIVECHAT_OFFLINE_SOURCE: 'archives' }],
    ['LIVECHAT_TOKEN', { ...classic, LIVECHAT_CLIENT_ID: 'c' }],
    ['LIVECHAT_API_KEY', { LIVECHAT_LOGIN: 'l' }],
    ['LIVECHAT_LOGIN', { LIVECHAT_API_KEY: 'k' }],
    ['LIVECHAT_LOGIN', { ...bearer, LIVECHAT_OFFLINE_SOURCE: 'rest_v1' }],
    ['LIVECHAT_CLIENT_ID', { ...bearer, LIVECHAT_CLIENT_SECRET: 's' }],
    ['LIVECHAT_CLIENT_ID', { ...bearer, LIVECHAT_CLIENT_SECRET: 's', LIVECHAT_REFRESH_TOKEN: 'r' }],
  ])('%s with %j', (missing, env) => {
    expect(issueLines(env)).toEqual([expect.stringMatching(`^${missing}: is missing`)])
  })
})
