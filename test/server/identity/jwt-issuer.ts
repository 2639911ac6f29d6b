import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { onTestFinished } from 'vitest'

export const ISSUER = 'https://login.test/'
export const AUDIENCE = 'switchboard'

/** A key pair of the issuer, and its entry in the JWKS. */
export interface SigningKey {
  readonly alg: string
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly jwk: JWK
}

/** Creates a key pair. RSA is slow: call it once per file. */
export async function makeKey(alg: string, kid = `${alg}-key`): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/** An issuer of JWTs with its JWKS on loopback; closed at the end of the test. */
export interface JwtIssuer {
  /** The gateway's settings for it. */
  readonly jwt: { readonly jwksUrl: string; readonly issuer: string; readonly audience: string }
  /** Number of requests for the JWKS. */
  fetches(): number
  /** Replaces the keys in the JWKS. */
  publish(...keys: readonly SigningKey[]): void
  /** Responds with this status, or resets the connection, from now on; 200 ends that. */
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

/** Creates a token that is valid for a minute, with overrides of claims and header; undefined removes a claim. */
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
