import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { makeKey, openJwtIssuer, sign } from '../server/identity/jwt-issuer.ts'
import { parseAnswer, post } from '../support/http.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { startProcess } from './gateway-process.ts'

const ANN_KEY = 'the-key-of-ann-4711'
const BOB_KEY = 'the-key-of-bob-4711'
const AGENT_TOKEN = 'the-token-of-the-agent-bob'
const query = '{ viewer { name permissions } providers { name } }'

function operatorsFile(operators: object): string {
  const path = join(createTestDirectory(), 'operators.json')
  writeFileSync(path, JSON.stringify(operators))
  return path
}

it('reads its operators from a file, accepts their JWTs, and logs none of their secrets', async () => {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  onTestFinished(() => rocketChat.close())
  const key = await makeKey('ES256')
  const { jwt } = await openJwtIssuer(key)
  const gateway = startProcess({
    PORT: '0',
    LOG_LEVEL: 'trace',
    ROCKETCHAT_URL: rocketChat.url,
    OPERATOR_KEYS: 'cy:the-key-of-cy-4711',
    OPERATORS_FILE: operatorsFile({
      ann: { key: `\${SECRET_OF_ANN}`, subject: 'idp|ann', permissions: ['READ'] },
      bob: {
        key: `sha256:${createHash('sha256').update(BOB_KEY).digest('hex')}`,
        agents: { rocketchat: { userId: 'bob', token: AGENT_TOKEN } },
      },
    }),
    SECRET_OF_ANN: ANN_KEY,
    JWT_JWKS_URL: jwt.jwksUrl,
    JWT_ISSUER: jwt.issuer,
    JWT_AUDIENCE: jwt.audience,
  })
  onTestFinished(gateway.dispose)
  const url = await gateway.url
  const ask = (token: string) => post(url, { query }, { authorization: `Bearer ${token}` })
  const providers = [{ name: 'rocketchat' }]
  const all = ['READ', 'WRITE', 'MANAGE']
  const [valid, wrong] = [await sign(key), await sign(key, { iss: 'https://elsewhere.test/' })]
  const viewers = [
    [ANN_KEY, { name: 'ann', permissions: ['READ'] }],
    [BOB_KEY, { name: 'bob', permissions: all }],
    ['the-key-of-cy-4711', { name: 'cy', permissions: all }],
    [valid, { name: 'ann', permissions: ['READ'] }],
  ] as const
  for (const [token, viewer] of viewers)
    expect(parseAnswer(await ask(token))).toEqual({ data: { viewer, providers } })
  const hash = `sha256:${createHash('sha256').update(BOB_KEY).digest('hex')}`
  for (const token of [wrong, hash, hash.slice(7), 'the-key-of-nobody-4711'])
    expect((await ask(token)).status).toBe(401)

  gateway.signal('SIGTERM')
  const { code, stderr } = await gateway.ended
  expect(code).toBe(0)
  for (const secret of [ANN_KEY, BOB_KEY, AGENT_TOKEN, valid, wrong, hash.slice(7)])
    expect(stderr).not.toContain(secret)
  expect(stderr).toMatch(/"operator":"bob".*an agent in OPERATORS_FILE has no effect/)
})

it('stops with code 2 and a line for each error in its operators file', async () => {
  const path = operatorsFile({
    ann: { key: 'short', permissions: ['ADMIN'] },
    bob: { key: BOB_KEY, providers: ['livechta'] },
  })
  const faulty = startProcess({ OPERATORS_FILE: path, JWT_ISSUER: 'https://login.test/' })
  onTestFinished(faulty.dispose)
  const { code, stdout, stderr } = await faulty.ended
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr.trimEnd().split('\n')).toEqual([
    'JWT_JWKS_URL: is missing, but JWT_ISSUER needs it',
    'JWT_AUDIENCE: is missing, but JWT_ISSUER needs it',
    'OPERATORS_FILE: ann.key must be at least 16 letters, digits and signs without spaces',
    'OPERATORS_FILE: ann.permissions entry 1 must be one of READ, WRITE, MANAGE',
    'OPERATORS_FILE: bob.providers entry 1 is no configured provider; did you mean livechat?',
  ])
})
