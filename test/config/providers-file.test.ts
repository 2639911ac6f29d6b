import { describe, expect, test } from 'vitest'
import { type Environment, loadConfig } from '../../src/config/index.ts'
import { issueLines } from './support/config-lines.ts'

const env = { PROVIDERS_FILE: 'accounts.json' }
const rocketChat = { kind: 'ROCKET_CHAT', url: 'http://a' }

function read(accounts: unknown, more: Environment = {}) {
  return loadConfig({ ...env, ...more }, { readText: () => JSON.stringify(accounts) }).providers
}

function refuse(accounts: unknown, more: Environment = {}) {
  return issueLines({ ...env, ...more }, JSON.stringify(accounts))
}

test('the file is read from the path of the setting', () => {
  const asked: string[] = []
  const readText = (path: string) => {
    asked.push(path)
    return JSON.stringify({ desk: rocketChat })
  }
  expect(loadConfig(env, { readText })).toMatchObject({ sandbox: false, introspection: 'operators' })
  expect(asked).toEqual(['accounts.json'])
})

test('any number of accounts of one kind, in the order of the file', () => {
  expect(read({ b: { ...rocketChat, userId: 'u', authToken: 't' }, 'a-2': rocketChat })).toEqual([
    {
      name: 'b',
      kind: 'ROCKET_CHAT',
      url: 'http://a',
      serviceAccount: { userId: 'u', authToken: 't' },
      push: true,
    },
    { name: 'a-2', kind: 'ROCKET_CHAT', url: 'http://a', push: true },
  ])
})

test('every variable has its key', () => {
  const full = {
    rc: {
      ...rocketChat,
      userId: 'u',
      authToken: 't',
      webhookToken: 'w',
      offlineDepartment: 'd',
      offlineHost: 'h',
      push: 'off',
    },
    lc: {
      kind: 'LIVECHAT',
      apiUrl: 'http://1',
      accountId: 'a',
      token: 't',
      organizationId: 'o',
      restUrl: 'http://2',
      login: 'l',
      apiKey: 'k',
      offlineSource: 'helpdesk',
      timeZone: 'Europe/Warsaw',
      accountsUrl: 'http://3',
      clientId: 'c',
      clientSecret: 's',
      refreshToken: 'r',
      helpdeskUrl: 'http://4/v1',
      webhookSecret: 'w',
      push: 'on',
    },
  }
  expect(read(full)).toMatchObject([
    { name: 'rc', serviceAccount: { userId: 'u', authToken: 't' }, webhookToken: 'w', offlineHost: 'h' },
    {
      name: 'lc',
      apiUrl: 'http://0.0.0.1',
      helpdeskUrl: 'http://0.0.0.4/v1',
      credential: { type: 'pat', accountId: 'a', token: 't' },
      classic: { login: 'l', apiKey: 'k' },
      oauth: { clientId: 'c', clientSecret: 's', refreshToken: 'r' },
      timeZone: 'Europe/Warsaw',
      webhookSecret: 'w',
    },
  ])
})

describe('a reference', () => {
  const desk = {
    ...rocketChat,
    url: `https://\${HOST_PART}.example`,
    userId: 'u',
    authToken: `\${DESK_TOKEN}`,
  }

  test('reads the environment, whole values and parts', () => {
    expect(read({ desk }, { HOST_PART: 'chat', DESK_TOKEN: 'secret' })).toMatchObject([
      { url: 'https://chat.example', serviceAccount: { authToken: 'secret' } },
    ])
  })

  test('is not read twice: a value may look like a reference', () => {
    const token = `\${HOST_PART}`
    expect(read({ desk }, { HOST_PART: 'chat', DESK_TOKEN: token })).toMatchObject([
      { serviceAccount: { authToken: token } },
    ])
  })

  test('may use a name with one of the gateway’s prefixes, known or not', () => {
    const account = { ...rocketChat, userId: `\${ROCKETCHAT_USER_ID}`, authToken: `\${ROCKETCHAT_TOKEN_EU}` }
    const more = { ROCKETCHAT_USER_ID: 'u', ROCKETCHAT_TOKEN_EU: 't' }
    expect(read({ desk: account }, more)).toMatchObject([{ serviceAccount: { userId: 'u', authToken: 't' } }])
  })

  test('to an unset variable is one issue with both names', () => {
    expect(refuse({ desk }, { HOST_PART: 'chat' })).toEqual([
      'PROVIDERS_FILE: desk.authToken reads DESK_TOKEN, which is not set',
    ])
    expect(refuse({ desk }, { DESK_TOKEN: 't', HOST_PART: '' })).toEqual([
      'PROVIDERS_FILE: desk.url reads HOST_PART, which is not set',
    ])
  })

  test('that is malformed is an issue', () => {
    const account = { ...rocketChat, webhookToken: `\${no name}` }
    expect(refuse({ desk: account })).toEqual([
      expect.stringMatching(/^PROVIDERS_FILE: desk.webhookToken has a reference/),
    ])
  })
})

describe('the file is refused', () => {
  test.each(['', 'not json', '[]', 'null', '"text"', '{}'])('with the text %j', (text) => {
    expect(issueLines(env, text)).toEqual([expect.stringMatching(/^PROVIDERS_FILE: /)])
  })

  test('if it cannot be read', () => {
    expect(issueLines(env)).toEqual(['PROVIDERS_FILE: names a file that cannot be read'])
  })

  test.each(['Desk', '2nd', 'my_desk', 'a.b', '', '-a', 'a'.repeat(33), 'a\nb'])(
    'with the account name %j',
    (name) => {
      expect(refuse({ [name]: rocketChat })).toEqual([
        expect.stringMatching(/^PROVIDERS_FILE: account ".*" must have a name/),
      ])
    },
  )

  test.each<[string, unknown]>([
    ['account "desk" must be a JSON object', 'text'],
    ['account "desk" must be a JSON object', ['url']],
    ['desk.kind must be one of ROCKET_CHAT, LIVECHAT', { url: 'http://a' }],
    ['desk.kind must be one of ROCKET_CHAT, LIVECHAT', { kind: 'rocketchat' }],
    ['desk.url is missing', { kind: 'ROCKET_CHAT' }],
    ['desk.url must be a text in quotes', { kind: 'ROCKET_CHAT', url: 5 }],
    ['desk.offlineHost must be', { ...rocketChat, offlineHost: '' }],
    ['desk.authToken is missing, but desk.userId needs it', { ...rocketChat, userId: 'u' }],
    [
      'desk has an unknown key "webhookTokn"; did you mean webhookToken?',
      { ...rocketChat, webhookTokn: 'w' },
    ],
    ['desk has an unknown key "ROCKETCHAT_USER_ID"', { ...rocketChat, ROCKETCHAT_USER_ID: 'u' }],
    ['desk.token is missing, and so is desk.login: one of them is needed', { kind: 'LIVECHAT' }],
    ['desk.helpdeskUrl must be', { kind: 'LIVECHAT', token: 't', helpdeskUrl: 'api.helpdesk.com' }],
  ])('%s', (reason, desk) => {
    const [line = '', ...others] = refuse({ desk })
    expect(line.slice(0, `PROVIDERS_FILE: ${reason}`.length)).toBe(`PROVIDERS_FILE: ${reason}`)
    expect(others).toEqual([])
  })

  test('with the issues of all accounts at once', () => {
    expect(refuse({ a: { kind: 'ROCKET_CHAT' }, b: { ...rocketChat, authToken: 't', x: '' } })).toEqual([
      'PROVIDERS_FILE: a.url is missing',
      'PROVIDERS_FILE: b has an unknown key "x"',
      'PROVIDERS_FILE: b.userId is missing, but b.authToken needs it',
    ])
  })
})

test('a provider variable in addition to the file is an issue of that variable', () => {
  expect(refuse({ desk: rocketChat }, { ROCKETCHAT_URL: 'http://b', HELPDESK_URL: 'http://c' })).toEqual([
    expect.stringMatching(/^ROCKETCHAT_URL: cannot be set together with PROVIDERS_FILE/),
    expect.stringMatching(/^HELPDESK_URL: cannot be set together with PROVIDERS_FILE/),
  ])
})
