import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLog, redactSecrets } from '../../src/log.ts'

/** Realistic tokens: without blanks and quotes, and too long to occur by chance. */
const token = fc.stringMatching(/^[\w.~+/-]{12,40}=?$/)

/** Forms in which credentials occur in messages of libraries and servers. */
const formats: readonly [format: string, (token: string) => string][] = [
  ['a query string', (t) => `GET /api/v1/livechat/room?rid=r1&token=${t}&agent=a failed`],
  ['the end of a query string', (t) => `GET /webhooks?token=${t}`],
  ['an encoded address in a query string', (t) => `/login?next=%2Froom%3Ftoken%3D${t}`],
  ['JSON', (t) => `answered {"visitor":{"token":"${t}","name":"Vera"}}`],
  ['JSON within JSON', (t) => JSON.stringify({ body: JSON.stringify({ authToken: t }) })],
  ['an inspected object', (t) => `{ visitorToken: '${t}', rid: 'r1' }`],
  ['inspected headers', (t) => `{ 'x-auth-token': '${t}', authorization: 'Bearer ${t}' }`],
  ['a header', (t) => `X-Visitor-Token: ${t}`],
  ['an authorization header', (t) => `Authorization: Bearer ${t}\nHost: chat.example`],
  ['basic authorization', (t) => `authorization: basic ${t}`],
  ['a bearer alone', (t) => `tried Bearer ${t}, in vain`],
  ['a token header that holds a bearer', (t) => `token: Bearer ${t}`],
  ['a form', (t) => `client_id=c1&client_secret=${t}&refresh_token=${t}`],
  ['a webhook', (t) => `{"secret_key":"${t}"}`],
  ['settings', (t) => `LIVECHAT_API_KEY=${t}`],
]

describe('redactSecrets', () => {
  it.for(formats)('removes any token from %s', ([, write]) => {
    fc.assert(fc.property(token, (secret) => !redactSecrets(write(secret)).includes(secret)))
  })

  it('keeps the text around it', () => {
    expect(redactSecrets('{"token":"abc","name":"Vera"} for r1')).toBe(
      '{"token":"[redacted]","name":"Vera"} for r1',
    )
    expect(redactSecrets('Authorization: Bearer abc\nHost: chat.example')).toBe(
      'Authorization: [redacted]\nHost: chat.example',
    )
  })

  it('is idempotent', () => {
    const text = fc.oneof(
      fc.string(),
      fc.tuple(fc.constantFrom(...formats), token).map(([[, write], secret]) => write(secret)),
    )
    fc.assert(fc.property(text, (any) => redactSecrets(redactSecrets(any)) === redactSecrets(any)))
  })

  it.for([
    'Token limit of 2000 exceeded',
    'the tokens of 3 visitors expired',
    'Unexpected token < in JSON',
    'no key',
  ])('does not change %j', (text) => {
    expect(redactSecrets(text)).toBe(text)
  })
})

describe('the log', () => {
  it('contains errors with their causes, without credentials and other properties', () => {
    const [log, lines] = openLog()
    const cause = new Error('GET /room?token=abc123 refused')
    const err = Object.assign(new Error('no room for Bearer abc123', { cause }), {
      config: { body: 'abc123' },
    })
    log.error({ err }, 'failed')
    expect(lines).toMatchObject([
      { level: 50, msg: 'failed', err: { type: 'Error', message: expect.stringContaining('no room for') } },
    ])
    expect(lines).toMatchObject([{ err: { message: expect.stringContaining('refused') } }])
    expect(JSON.stringify(lines)).not.toContain('abc123')
  })

  it.for([['text'], [undefined], [null], [{ token: 'abc123' }], [Object.create(null)]])(
    'takes %o where an error should be',
    ([err]) => {
      const [log, lines] = openLog()
      log.error({ err }, 'failed')
      expect(lines).toHaveLength(1)
      expect(JSON.stringify(lines)).not.toContain('abc123')
    },
  )

  it('redacts fields with the name of a secret at any depth, and secrets in every other text', () => {
    const [log, lines] = openLog()
    const secret = 'abc123'
    log.info(
      { token: secret, caller: { token: secret }, a: { b: { apiKey: secret } } },
      `with token=${secret}`,
    )
    log.info({ note: `token=${secret}`, list: [`Bearer ${secret}`] })
    log.child({ url: `http://chat.example/?token=${secret}` }).warn('%s', `password: ${secret}`)
    expect(lines).toHaveLength(3)
    expect(JSON.stringify(lines)).not.toContain(secret)
  })

  it('is one JSON document per line, whatever is logged', () => {
    fc.assert(
      fc.property(fc.object(), fc.string(), (fields, text) => {
        const [log, lines] = openLog()
        log.info(fields, `token: ${text}`)
        log.info({ text: `authorization="${text}` })
        return lines.length === 2
      }),
    )
  })
})

/** A log and its parsed lines. */
function openLog() {
  const lines: unknown[] = []
  const log = createLog('trace', { write: (line) => void lines.push(JSON.parse(line)) })
  return [log, lines] as const
}
