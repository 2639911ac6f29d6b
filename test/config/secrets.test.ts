import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownVariables } from '../../src/config/index.ts'
import { issueLines } from './support/config-lines.ts'

/** Occurs several times in every secret, so that a leaked part is found. */
const MARK = 'S3C'

const secret = fc
  .tuple(fc.nat(), fc.string({ maxLength: 8, unit: 'grapheme' }))
  .map(([number, rest]) => `${MARK}${number}${MARK}${rest}${MARK}`)

const breakage = fc.constantFrom(
  '',
  ' ',
  '\n',
  ',',
  ':',
  '@',
  '#',
  '{',
  '"',
  'http://',
  'name:',
  'postgres://u:',
)

const value = fc.tuple(breakage, secret, breakage).map((parts) => parts.join(''))

describe('no issue contains a value', () => {
  test('whatever variable holds a secret, and however it is malformed', () => {
    const name = fc.constantFrom(...knownVariables, 'LOG_LEVLE', 'LIVECHAT_PAT')
    fc.assert(
      fc.property(fc.dictionary(name, value), (env) => {
        expect(issueLines(env, '{').join('\n')).not.toContain(MARK)
      }),
    )
  })

  test('from the accounts file or from what it refers to', () => {
    const key = fc.constantFrom('kind', 'url', 'userId', 'authToken', 'token', 'login', 'apiKey', 'timeZone')
    const kind = fc.constantFrom('ROCKET_CHAT', 'LIVECHAT')
    fc.assert(
      fc.property(fc.dictionary(key, value), kind, value, (entries, kind, referred) => {
        const file = JSON.stringify({ desk: { kind, webhookSecret: `\${REFERRED}`, ...entries } })
        expect(issueLines({ PROVIDERS_FILE: 'f', REFERRED: referred }, file).join('\n')).not.toContain(MARK)
      }),
    )
  })

  test('from an accounts file that is not JSON', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.nat(), (values, position) => {
        const whole = JSON.stringify({ desk: { kind: 'LIVECHAT', values } })
        const at = position % whole.length
        const file = `${whole.slice(0, at)}${whole.slice(at + 1)}`
        expect(issueLines({ PROVIDERS_FILE: 'f' }, file).join('\n')).not.toContain(MARK)
      }),
    )
  })
})

test('every issue is one line that begins with the name of a variable', () => {
  const name = fc.constantFrom(...knownVariables)
  fc.assert(
    fc.property(fc.dictionary(name, fc.string({ unit: 'binary' })), fc.json(), (env, file) => {
      for (const line of issueLines(env, file)) expect(line).toMatch(/^[A-Z_]+: .+$/)
    }),
  )
})
