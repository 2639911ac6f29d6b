import { createHmac } from 'node:crypto'
import { exportSPKI } from 'jose'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Operator } from '../../../src/config/index.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { parseAnswer, post } from '../../support/http.ts'
import { connectAs, openRawSocket } from '../../support/raw-socket.ts'
import { type JwtIssuer, makeKey, openJwtIssuer, type SigningKey, sign } from './jwt-issuer.ts'

const query = '{ viewer { role name permissions } providers { name } }'
const ann: Operator = { name: 'ann', subject: 'idp|ann', permissions: ['READ', 'WRITE'] }
const KEY_OF_BOB = 'the-key-of-bob-4711'
const bob: Operator = { name: 'bob', subject: 'idp|bob', key: KEY_OF_BOB }

let rsa: SigningKey
let others: readonly SigningKey[]
beforeAll(async () => {
  rsa = await makeKey('RS256')
  others = await Promise.all(['PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'].map((alg) => makeKey(alg)))
})

/** A gateway that accepts JWTs of an issuer with all keys. */
async function openGatewayWithJwt(): Promise<{ url: string; issuer: JwtIssuer }> {
  const issuer = await openJwtIssuer(rsa, ...others)
  const { url } = await openGatewayWithoutProviders({ operators: [ann, bob], jwt: issuer.jwt })
  return { url, issuer }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const ask = (url: string, token: string) => post(url, { query }, bearer(token))
const viewerOf = async (url: string, token: string) => parseAnswer(await ask(url, token)).data
const seconds = () => Date.now() / 1000

describe('a JWT is accepted', () => {
  it('with every asymmetric algorithm', async () => {
    const { url } = await openGatewayWithJwt()
    for (const key of [rsa, ...others]) {
      expect(await viewerOf(url, await sign(key)), key.alg).toMatchObject({
        viewer: { role: 'OPERATOR', name: 'ann', permissions: ['READ', 'WRITE'] },
      })
    }
  })

  it('for one of several audiences, and for a subject that has a key too', async () => {
    const { url } = await openGatewayWithJwt()
    const token = await sign(rsa, { aud: ['elsewhere', 'switchboard'], sub: 'idp|bob' })
    expect(await viewerOf(url, token)).toMatchObject({ viewer: { name: 'bob' } })
    expect(await viewerOf(url, KEY_OF_BOB)).toMatchObject({ viewer: { name: 'bob' } })
  })

  it('if the issuer’s clock is slightly ahead', async () => {
    const { url } = await openGatewayWithJwt()
    expect(await viewerOf(url, await sign(rsa, { nbf: seconds() + 2 }))).toMatchObject({
      viewer: { name: 'ann' },
    })
  })

  it('over a WebSocket', async () => {
    const { url } = await openGatewayWithJwt()
    const socket = await connectAs(url, bearer(await sign(rsa)))
    socket.subscribe('1', { query })
    expect(await socket.next()).toMatchObject({ payload: { data: { viewer: { name: 'ann' } } } })
  })

  it('and verified once, with the keys fetched once', async () => {
    const { url, issuer } = await openGatewayWithJwt()
    const token = await sign(rsa)
    for (let i = 0; i < 5; i += 1) expect((await ask(url, token)).status).toBe(200)
    await Promise.all([1, 2, 3, 4, 5].map(async (jti) => ask(url, await sign(rsa, { jti: `${jti}` }))))
    expect(issuer.fetches()).toBe(1)
  })
})

describe('the claims of a JWT', () => {
  it.for<[what: string, claims: Record<string, unknown>, permissions: string[]]>([
    ['narrow the permissions', { permissions: ['WRITE'] }, ['WRITE']],
    ['do not widen them', { permissions: ['MANAGE', 'READ', 'WRITE'] }, ['READ', 'WRITE']],
    ['may leave none of them', { permissions: ['read:rooms'] }, []],
    ['may be none at all', { permissions: [] }, []],
  ])('%s', async ([, claims, permissions]) => {
    const { url } = await openGatewayWithJwt()
    expect(await viewerOf(url, await sign(rsa, claims))).toMatchObject({ viewer: { permissions } })
  })

  it('restrict the providers, and do not add any', async () => {
    const issuer = await openJwtIssuer(rsa)
    const providers = (['desk', 'shop', 'archive'] as const).map((name) => ({
      name,
      kind: 'ROCKET_CHAT' as const,
      url: 'http://127.0.0.1:9',
    }))
    const operators = [{ ...ann, providers: ['desk', 'shop'] }, bob]
    const { url } = await openGatewayWithoutProviders({ operators, jwt: issuer.jwt, providers })
    const names = async (claims: Record<string, unknown>) => {
      const data = await viewerOf(url, await sign(rsa, claims))
      return [...JSON.stringify(data).matchAll(/\{"name":"(\w+)"/g)].map(([, name]) => name)
    }
    expect(await names({})).toEqual(['desk', 'shop'])
    expect(await names({ providers: ['shop', 'archive'] })).toEqual(['shop'])
    expect(await names({ providers: [] })).toEqual([])
    expect(await names({ sub: 'idp|bob' })).toEqual(['desk', 'shop', 'archive'])
    expect(await names({ sub: 'idp|bob', providers: ['archive', 'nowhere'] })).toEqual(['archive'])
  })
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token that is signed with the issuer's public key as a secret. */
function signWithSecret(alg: 'HS256' | 'HS512', secret: string): string {
  const claims = { iss: 'https://login.test/', aud: 'switchboard', sub: 'idp|ann', exp: seconds() + 60 }
  const signed = `${encode({ alg, kid: rsa.kid })}.${encode(claims)}`
  const signature = createHmac(alg.replace('HS', 'sha'), secret).update(signed).digest('base64url')
  return `${signed}.${signature}`
}

type Forge = () => Promise<string> | string
const refused: [what: string, forge: Forge][] = [
  ['another issuer', () => sign(rsa, { iss: 'https://login.test' })],
  ['no issuer', () => sign(rsa, { iss: undefined })],
  ['another audience', () => sign(rsa, { aud: 'elsewhere' })],
  ['no audience', () => sign(rsa, { aud: undefined })],
  ['no expiry', () => sign(rsa, { exp: undefined })],
  ['an expiry that is a text', () => sign(rsa, { exp: '2099-01-01' })],
  ['no subject', () => sign(rsa, { sub: undefined })],
  ['an empty subject', () => sign(rsa, { sub: '' })],
  ['a subject without an entry', () => sign(rsa, { sub: 'idp|eve' })],
  ['an operator’s name for a subject', () => sign(rsa, { sub: 'ann' })],
  ['a beginning far ahead', () => sign(rsa, { nbf: seconds() + 60 })],
  ['permissions that are no list', () => sign(rsa, { permissions: 'READ WRITE' })],
  ['permissions of null', () => sign(rsa, { permissions: null })],
  ['providers that are no list of texts', () => sign(rsa, { providers: [{ name: 'desk' }] })],
  ['an unknown key', () => sign({ ...rsa, kid: 'nobody-knows' })],
  ['the key of somebody else', async () => sign({ ...(await makeKey('ES256')), kid: 'ES256-key' })],
  ['a signature of another token', async () => swap(await sign(rsa), await sign(rsa, { sub: 'idp|bob' }))],
  ['no signature', async () => `${(await sign(rsa)).split('.').slice(0, 2).join('.')}.`],
  ['the algorithm none', async () => `${encode({ alg: 'none' })}.${(await sign(rsa)).split('.')[1]}.AA`],
  ['the public key as a secret', async () => signWithSecret('HS256', await exportSPKI(rsa.publicKey))],
  ['the JWK as a secret', () => signWithSecret('HS512', JSON.stringify(rsa.jwk))],
  ['the modulus as a secret', () => signWithSecret('HS256', rsa.jwk.n ?? '')],
  ['garbage of the right form', () => 'eyJhbGciOiJSUzI1NiJ9.AAAA.BBBB'],
  ['dots and letters', () => 'a.b.c'],
  ['more than a token ever holds', () => sign(rsa, { filling: 'x'.repeat(9_000) })],
]

/** The claims of one token with the signature of the other. */
function swap(token: string, other: string): string {
  return [...other.split('.').slice(0, 2), token.split('.')[2]].join('.')
}

describe('a JWT is rejected', () => {
  it.for(refused)('with %s', async ([, forge]) => {
    const { url } = await openGatewayWithJwt()
    const token = await forge()
    const reply = await ask(url, token)
    expect(reply.status).toBe(401)
    expect(parseAnswer(reply)).toEqual({
      errors: [{ message: 'This credential is not valid.', extensions: { code: 'UNAUTHENTICATED' } }],
    })
    const socket = await openRawSocket(url)
    socket.send({ type: 'connection_init', payload: bearer(token) })
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' })
  })

  it('once it has expired, with a specific message', async () => {
    const { url } = await openGatewayWithJwt()
    const token = await sign(rsa, { exp: seconds() - 0.1 })
    const reply = await ask(url, token)
    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(parseAnswer(reply).errors).toMatchObject([{ message: 'This credential has expired.' }])
    const socket = await openRawSocket(url)
    socket.send({ type: 'connection_init', payload: bearer(token) })
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Credential expired' })
  })

  it('once it has expired, even if it was accepted before', async () => {
    const { url } = await openGatewayWithJwt()
    const token = await sign(rsa, { exp: seconds() + 3_600 })
    expect((await ask(url, token)).status).toBe(200)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    try {
      expect((await ask(url, token)).status).toBe(401)
    } finally {
      vi.useRealTimers()
    }
  })

  it('if no issuer is configured', async () => {
    const { url } = await openGatewayWithoutProviders({ operators: [bob] })
    const reply = await ask(url, await sign(rsa, { sub: 'idp|bob' }))
    expect(reply.status).toBe(401)
  })

  it('without a request for keys, if it cannot be valid', async () => {
    const { url, issuer } = await openGatewayWithJwt()
    for (const token of [signWithSecret('HS256', 'x'), 'a.b.c']) await ask(url, token)
    expect(issuer.fetches()).toBe(0)
  })
})

describe('the keys of the issuer', () => {
  it('are fetched again for an unknown key, but not for each', async () => {
    const { url, issuer } = await openGatewayWithJwt()
    await ask(url, await sign(rsa))
    const storm = async () => {
      const tokens = await Promise.all(
        Array.from({ length: 50 }, (_, index) => sign({ ...rsa, kid: `guess-${index}` })),
      )
      return Promise.all(tokens.map(async (token) => (await ask(url, token)).status))
    }
    for (let i = 0; i < 3; i += 1) expect(new Set(await storm())).toEqual(new Set([401]))
    expect(issuer.fetches()).toBe(2)
    expect((await ask(url, await sign(rsa))).status).toBe(200)
  })

  it('are accepted when the issuer rotates them', async () => {
    const issuer = await openJwtIssuer(rsa)
    const { url } = await openGatewayWithoutProviders({ operators: [ann], jwt: issuer.jwt })
    expect((await ask(url, await sign(rsa))).status).toBe(200)
    const fresh = await makeKey('ES256', 'fresh')
    issuer.publish(fresh)
    expect((await ask(url, await sign(fresh))).status).toBe(200)
    // A verified token of the old key stays cached for a while; its other tokens are rejected.
    expect((await ask(url, await sign(rsa, { jti: 'new' }))).status).toBe(401)
  })

  it('that the issuer has removed are no longer accepted, even if they were not used for a long time', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      const { url, issuer } = await openGatewayWithJwt()
      expect((await ask(url, await sign(rsa))).status).toBe(200)
      issuer.publish(...others)
      vi.advanceTimersByTime(11 * 60_000)
      expect((await ask(url, await sign(rsa, { jti: 'late' }))).status).toBe(401)
    } finally {
      vi.useRealTimers()
    }
  })

  it.for([500, 404, 'reset'] as const)(
    'that cannot be fetched (%s) are no fault of the caller',
    async (status) => {
      vi.useFakeTimers({ toFake: ['performance'] })
      try {
        const { url, issuer } = await openGatewayWithJwt()
        issuer.answerWith(status)
        const token = await sign(rsa)
        const reply = await ask(url, token)
        expect(reply.status).toBe(503)
        expect(reply.headers.get('retry-after')).toBe('10')
        expect(parseAnswer(reply).errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }])
        const socket = await openRawSocket(url)
        socket.send({ type: 'connection_init', payload: bearer(token) })
        expect(await socket.closed).toEqual({ code: 1013, reason: 'Credential cannot be verified now' })
        for (let i = 0; i < 20; i += 1) await ask(url, token)
        expect(issuer.fetches()).toBe(1)
        // Operator keys and visitors do not depend on the issuer.
        expect((await ask(url, KEY_OF_BOB)).status).toBe(200)
        issuer.answerWith(200)
        vi.advanceTimersByTime(10_001)
        expect((await ask(url, token)).status).toBe(200)
      } finally {
        vi.useRealTimers()
      }
    },
  )

  it('are fetched again after ten minutes, and stay in use for a day while the address fails', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      const { url, issuer } = await openGatewayWithJwt()
      const status = async (jti: string) => (await ask(url, await sign(rsa, { jti }))).status
      expect(await status('1')).toBe(200)
      issuer.answerWith(500)
      vi.advanceTimersByTime(11 * 60_000)
      expect(await status('2')).toBe(200)
      expect(issuer.fetches()).toBe(2)
      const unknown = await ask(url, await sign({ ...rsa, kid: 'new-since-then' }))
      expect(unknown.status).toBe(503)
      vi.advanceTimersByTime(24 * 3_600_000)
      expect(await status('3')).toBe(503)
      issuer.answerWith(200)
      vi.advanceTimersByTime(10_001)
      expect(await status('4')).toBe(200)
    } finally {
      vi.useRealTimers()
    }
  })
})
