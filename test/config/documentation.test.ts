import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { knownVariables } from '../../src/config/index.ts'
import { issueLines } from './support/config-lines.ts'

/** The files that the examples name do not exist here. */
const filesAside = { PROVIDERS_FILE: '', OPERATORS_FILE: '' }

const page = readFileSync('docs/configuration.md', 'utf8')
const example = readFileSync('.env.example', 'utf8')
const documents = readFileSync('apps/trusted-documents.json', 'utf8')
const uncommented = parseEnv(example.replace(/^# (?=[A-Z_]+=)/gm, ''))

describe('docs/configuration.md', () => {
  test.each(knownVariables)('has a row for %s', (variable) => {
    expect(page).toContain(`\n| \`${variable}\` |`)
  })

  test('has no row for a variable that is not known', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, variable]) => variable)
    expect(rows.toSorted()).toEqual(knownVariables.toSorted())
  })

  test('gives examples that are valid, all at once', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \|.*\| `([^`|]+)` \|$/gm)]
    const env = Object.fromEntries(rows.map(([, variable = '', value]) => [variable, value]))
    expect(Object.keys(env).toSorted()).toEqual(knownVariables.toSorted())
    expect(issueLines({ ...env, ...filesAside }, documents)).toEqual([])
  })

  test('shows an accounts file that is valid', () => {
    const [, file = ''] = /```json\n(.*?)```/s.exec(page) ?? []
    const referred = { SUPPORT_AUTH_TOKEN: 'a', SHOP_EU_TOKEN: 'b', SHOP_API_KEY: 'c' }
    expect(issueLines({ PROVIDERS_FILE: 'f', ...referred }, file)).toEqual([])
  })

  test('shows an operators file that is valid', () => {
    const [, , file = ''] = /```json\n(.*?)```.*?```json\n(.*?)```/s.exec(page) ?? []
    const support = { ROCKETCHAT_URL: 'http://a' }
    const reference = { DASHBOARD_KEY: 'a-long-random-key' }
    const jwt = { JWT_JWKS_URL: 'https://a', JWT_ISSUER: 'a', JWT_AUDIENCE: 'a' }
    const env = { OPERATORS_FILE: 'f', ...support, ...reference, ...jwt }
    expect(issueLines(env, file.replace('"support"', '"rocketchat"'))).toEqual([])
  })

  test('shows configuration errors exactly as the gateway prints them', () => {
    const key = '0123456789abcdef'
    const lines = [
      ...issueLines({ PORT: 'x', OPERATOR_KEYS: `a:${key},a:${key}x`, LOG_LEVLE: 'x' }),
      ...issueLines({ ROCKETCHAT_URL: 'http://a', ROCKETCHAT_USER_ID: 'u' }),
      ...issueLines(
        { PROVIDERS_FILE: 'f' },
        `{"support":{"kind":"ROCKET_CHAT","url":"http://a","userId":"u","authToken":"\${SUPPORT_AUTH_TOKEN}"}}`,
      ),
    ]
    const [, shown = ''] = /```\n(PORT: .*?)\n```/s.exec(page) ?? []
    expect(lines.toSorted()).toEqual(shown.split('\n').toSorted())
  })
})

describe('.env.example', () => {
  test('sets nothing by itself', () => {
    expect(parseEnv(example)).toEqual({})
  })

  test('names every variable', () => {
    expect(Object.keys(uncommented).toSorted()).toEqual(knownVariables.toSorted())
  })

  test('is valid with every line uncommented, except for the accounts and operators files', () => {
    expect(issueLines({ ...uncommented, ...filesAside }, documents)).toEqual([])
  })
})
