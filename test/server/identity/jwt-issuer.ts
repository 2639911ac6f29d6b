import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'

export const ISSUER = 'https://login.test/'
export const AUDIENCE = 'switchboard'

/** A key pair of the issuer, and what its JWKS says of it. */
export interface SigningKey {
  readonly alg: string
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly jwk: JWK
}

/** Makes a key pair. It takes long for RSA: once for a file. */
export async function makeKey(alg: string, kid = `${alg}-key`): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/** An issuer of JWTs whose JWKS lies on loopback; closed when the test is over. */
export interface JwtIssuer {
  /** The gateway's settings for it. */
  readonly jwt: { readonly jwksUrl: string; readonly issuer: string; readonly audience: string }
  /** How often the JWKS was asked for. */
  fetches(): number
  /** What the JWKS holds from now on. */
  publish(...keys: readonly SigningKey[]): void
  /** Answers with this status, or breaks the connection, from now on; 200 answers again. */
  answerWith(status: number | 'reset'): void
}

export async function openJwtIssuer(...keys: readonly SigningKey[]): Promise<JwtIssuer> {
  let published = keys
  let answer: number | 'reset' = 200
  let fetches = 0
  const server = createServer((_req, res) => {
    fetches += 1
    if (answer === 'reset') return void res.destroy()
    res.writeHead(answer, { 'content-type': 'application/json' })
    res.end(JSON.stringify({ keys: published.map(({ jwk }) => jwk) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    jwt: { jwksUrl: `http://127.0.0.1:${port}/jwks.json`, issuer: ISSUER, audience: AUDIENCE },
    fetches: () => fetches,
    publish: (...others) => {
      published = others
    },
    answerWith: (status) => {
      answer = status
    },
  }
}

/** A token that is valid for a minute, but for what `claims` and `header` say; a claim of undefined is left out. */
export function sign(
  { alg, kid, privateKey }: Pick<SigningKey, 'alg' | 'kid'> & { readonly privateKey: CryptoKey | Uint8Array },
  claims: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const payload: JWTPayload = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'idp|ann',
    exp: Math.floor(Date.now() / 1000) + 60,
    ...claims,
  }
  return new SignJWT(payload).setProtectedHeader({ alg, kid, ...header }).sign(privateKey)
}
