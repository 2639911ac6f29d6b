import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Environment, loadConfig } from '../../src/config/index.ts'
import { issueLines } from './support/config-lines.ts'

const KEY = 'a-key-of-24-characters-0'
const HASH = `sha256:${createHash('sha256').update(KEY).digest('hex')}`
const env = { OPERATORS_FILE: 'operators.json', ROCKETCHAT_URL: 'http://a', LIVECHAT_TOKEN: 'x' }
const jwt = { JWT_JWKS_URL: 'https://a', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' }

function read(operators: unknown, more: Environment = {}) {
  return loadConfig({ ...env, ...more }, { readText: () => JSON.stringify(operators) }).operators
}

function refuse(operators: unknown, more: Environment = {}) {
  const text = typeof operators === 'string' ? operators : JSON.stringify(operators)
  return issueLines({ ...env, ...more }, text)
}

describe('an operator', () => {
  test('needs only a key', () => {
    expect(read({ ann: { key: KEY } })).toEqual([{ name: 'ann', key: KEY }])
  })

  test('may have every key', () => {
    const ann = {
      key: HASH,
      subject: 'idp|ann',
      permissions: ['READ', 'MANAGE'],
      providers: ['livechat'],
      agents: {
        rocketchat: { userId: 'u', token: 't' },
        livechat: { accountId: 'a', token: 't' },
      },
    }
    const agents = { rocketchat: { agentId: 'u', token: 't' }, livechat: { agentId: 'a', token: 't' } }
    expect(read({ ann })).toEqual([{ name: 'ann', ...ann, agents }])
  })

  test('is added to those of OPERATOR_KEYS', () => {
    expect(read({ ann: { key: KEY } }, { OPERATOR_KEYS: 'bob:another-key-of-bob' })).toEqual([
      { name: 'bob', key: 'another-key-of-bob' },
      { name: 'ann', key: KEY },
    ])
  })

  test('may read secrets from the environment', () => {
    const ann = { key: `\${ANN_KEY}`, agents: { rocketchat: { userId: 'u', token: `x-\${ANN_TOKEN}` } } }
    expect(read({ ann }, { ANN_KEY: KEY, ANN_TOKEN: 't' })).toEqual([
      { name: 'ann', key: KEY, agents: { rocketchat: { agentId: 'u', token: 'x-t' } } },
    ])
  })

  test('may refer to a variable that would be a misspelled setting', () => {
    expect(read({ ann: { key: `\${OPERATOR_KEY}` } }, { OPERATOR_KEY: KEY })).toMatchObject([{ key: KEY }])
  })

  test('may use a provider of the sandbox when none is configured', () => {
    const operators = { ann: { key: KEY, providers: ['rocketchat'] } }
    const sandbox = { ROCKETCHAT_URL: '', LIVECHAT_TOKEN: '' }
    expect(read(operators, sandbox)).toMatchObject([{ providers: ['rocketchat'] }])
  })

  test('without a key needs JWTs', () => {
    expect(read({ ann: { subject: 's' } }, jwt)).toEqual([{ name: 'ann', subject: 's' }])
    expect(refuse({ ann: { subject: 's' } })).toEqual([
      'JWT_JWKS_URL: is missing, but ann.subject in OPERATORS_FILE needs it',
    ])
  })
})

describe('an invalid OPERATORS_FILE', () => {
  test.each<[what: string, operators: unknown, reasons: string[]]>([
    ['text that is no JSON', '{', ['must hold one JSON object: { "<name>": { "key": ..., ... } }']],
    ['a list', [], ['must hold one JSON object: { "<name>": { "key": ..., ... } }']],
    ['no operator', {}, ['describes no operator']],
    [
      'a name with a space',
      { 'a b': {} },
      ['operator "a b" must have a name of letters, digits and _ . @ -'],
    ],
    ['a text for an operator', { ann: KEY }, ['ann must be a JSON object']],
    ['neither key nor subject', { ann: {} }, ['ann needs a key or a subject']],
    [
      'a short key',
      { ann: { key: 'short' } },
      ['ann.key must be at least 16 letters, digits and signs without spaces'],
    ],
    ['a key of another type', { ann: { key: 17 } }, ['ann.key must be a text in quotes']],
    [
      'a hash that is too short',
      { ann: { key: HASH.slice(0, -1) } },
      ['ann.key starts with sha256: and does not go on with 64 hex digits'],
    ],
    [
      'an empty subject',
      { ann: { subject: '' } },
      ['ann.subject must be one line, not empty, without spaces at either end'],
    ],
    [
      'an unknown key',
      { ann: { key: KEY, permission: ['READ'] } },
      ['ann has an unknown key "permission"; did you mean permissions?'],
    ],
    [
      'permissions that are no list',
      { ann: { key: KEY, permissions: 'READ' } },
      ['ann.permissions must be a list'],
    ],
    [
      'an unknown permission, and one twice',
      {
        ann: { key: KEY, permissions: ['READ', 'ADMIN'] },
        bob: { key: `${KEY}1`, permissions: ['READ', 'READ'] },
      },
      [
        'ann.permissions entry 2 must be one of READ, WRITE, MANAGE',
        'bob.permissions must name nothing twice',
      ],
    ],
    [
      'no permission',
      { ann: { key: KEY, permissions: [] } },
      ['ann.permissions must name at least one, or be left out for all'],
    ],
    [
      'an unknown provider',
      { ann: { key: KEY, providers: ['livechat', 'rocketchta'] } },
      ['ann.providers entry 2 is no configured provider; did you mean rocketchat?'],
    ],
    ['a reference to nothing', { ann: { key: `\${NO_KEY}` } }, ['ann.key reads NO_KEY, which is not set']],
    [
      'a broken reference',
      { ann: { key: `${KEY}\${` } },
      ['ann.key has a reference that is not a dollar sign and a variable name in braces'],
    ],
    [
      'agents with the wrong keys',
      {
        ann: {
          key: KEY,
          agents: {
            rocketchat: { accountId: 'a', token: 't' },
            livechat: { accountId: 'a', token: `\${NO_TOKEN}` },
            nowhere: { userId: 'u', token: 't' },
          },
        },
        bob: { key: `${KEY}1`, agents: { rocketchat: { userId: 'u', tokn: 't' } } },
        cy: { key: `${KEY}2`, agents: { livechat: { userId: 'u', token: 't' }, 'no where': { token: 't' } } },
      },
      [
        'ann.agents.livechat.token reads NO_TOKEN, which is not set',
        'ann.agents.rocketchat takes userId and token, as a Rocket.Chat',
        'ann.agents.nowhere is no configured provider',
        'bob.agents.rocketchat.token is missing',
        'bob.agents.rocketchat has an unknown key "tokn"; did you mean token?',
        'cy.agents.livechat takes accountId and token, as a LiveChat',
        'cy.agents."no where" is no configured provider',
      ],
    ],
    [
      'a key and a subject twice',
      { ann: { key: KEY, subject: 's' }, bob: { key: HASH, subject: 's' } },
      ['bob.key repeats the key of another operator', 'bob.subject repeats the subject of another operator'],
    ],
  ])('reports %s', (_what, operators, reasons) => {
    expect(refuse(operators)).toEqual(reasons.map((reason) => `OPERATORS_FILE: ${reason}`))
  })

  test('reports a name and a key that OPERATOR_KEYS has already', () => {
    const OPERATOR_KEYS = `ann:${KEY}`
    expect(refuse({ ann: { key: `${KEY}1` }, bob: { key: HASH } }, { OPERATOR_KEYS })).toEqual([
      'OPERATORS_FILE: ann repeats the name of an operator in OPERATOR_KEYS',
      'OPERATORS_FILE: bob.key repeats the key of another operator',
    ])
  })

  test('reports a file that cannot be read, together with issues of other settings', () => {
    expect(issueLines({ ...env, PORT: 'x' })).toEqual([
      'PORT: must be a whole number from 0 to 65535',
      'OPERATORS_FILE: names a file that cannot be read',
    ])
  })

  test('is reported together with an invalid provider, without consequential issues', () => {
    expect(refuse({ ann: { key: 'short', providers: ['desk'] } }, { ROCKETCHAT_URL: 'x' })).toEqual([
      expect.stringMatching(/^ROCKETCHAT_URL: /),
      'OPERATORS_FILE: ann.key must be at least 16 letters, digits and signs without spaces',
    ])
  })

  test('is reported without secrets', () => {
    const secret = fc.string({ maxLength: 20 }).map((text) => `S3C${text}S3C`)
    const values = fc.oneof(
      secret,
      fc.array(secret),
      fc.dictionary(fc.constantFrom('token', 'userId'), secret),
    )
    const keys = fc.constantFrom('key', 'subject', 'permissions', 'providers')
    fc.assert(
      fc.property(fc.dictionary(keys, values), (ann) => {
        expect(refuse({ ann, bob: { agents: { rocketchat: ann } } }).join('\n')).not.toContain('S3C')
      }),
    )
  })
})

describe('OPERATOR_KEYS', () => {
  test('takes a key as its SHA-256', () => {
    const operators = loadConfig({ OPERATOR_KEYS: `ann:${HASH}` }, { readText: () => undefined }).operators
    expect(operators).toEqual([{ name: 'ann', key: HASH }])
  })

  test('refuses a malformed hash, and a key next to its hash', () => {
    expect(issueLines({ OPERATOR_KEYS: `ann:${HASH}0` })).toEqual([
      'OPERATOR_KEYS: entry 1 has a key that starts with sha256: and does not go on with 64 hex digits',
    ])
    expect(issueLines({ OPERATOR_KEYS: `ann:${HASH},bob:${KEY}` })).toEqual([
      'OPERATOR_KEYS: entry 2 repeats the key of an earlier entry',
    ])
  })
})

describe('the JWT settings', () => {
  const settings = (more: Environment) => ({ ...jwt, ...more })

  test('become one object', () => {
    expect(loadConfig(jwt, { readText: () => undefined }).jwt).toEqual({
      jwksUrl: 'https://a',
      issuer: 'i',
      audience: 'a',
    })
    expect(loadConfig({}, { readText: () => undefined }).jwt).toBeUndefined()
  })

  test.each(['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'])('are incomplete without %s', (variable) => {
    const [given] = Object.keys(jwt).filter((name) => name !== variable)
    expect(issueLines(settings({ [variable]: '' }))).toEqual([
      `${variable}: is missing, but ${given} needs it`,
    ])
  })

  test.each([
    'https://login.example/.well-known/jwks.json',
    'https://login.example/keys?policy=sign-in',
    'http://localhost:8080/keys',
    'http://127.0.0.1/keys',
    'http://127.9.9.9/keys',
    'http://[::1]:8080/keys',
  ])('accept the address %s', (address) => {
    expect(issueLines(settings({ JWT_JWKS_URL: address }))).toEqual([])
  })

  test.each([
    'http://login.example/keys',
    'http://127.0.0.1.example/keys',
    'http://localhost.example/keys',
    'http://10.0.0.1/keys',
    'http://0.0.0.0/keys',
    'https://user:password@login.example/keys',
    'https://login.example/keys#fragment',
    'file:///keys',
    'login.example',
  ])('refuse the address %s', (address) => {
    expect(issueLines(settings({ JWT_JWKS_URL: address }))).toEqual([
      'JWT_JWKS_URL: must be an https address without user, password or fragment; http is for loopback addresses only',
    ])
  })

  test('are suggested for a misspelled name', () => {
    expect(issueLines({ JWT_JWKS_URI: 'https://a' })).toEqual([
      'JWT_JWKS_URI: is not a known setting; did you mean JWT_JWKS_URL?',
    ])
  })
})
