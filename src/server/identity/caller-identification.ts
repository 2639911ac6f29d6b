import { createHash, timingSafeEqual } from 'node:crypto'
import { anonymousCaller, type Caller, type OperatorCaller } from '../../domain/caller.ts'
import type { AuthenticationFailure } from './authentication-failure.ts'

/** What a caller presents: HTTP headers, or a WebSocket's connection_init payload. Absent and empty differ. */
export interface Credentials {
  readonly authorization: string | undefined
  readonly visitorToken: string | undefined
}

/** A caller whose credential is valid. */
export interface Identity {
  readonly caller: Caller
  /** When the credential expires, in milliseconds since 1970; null where it does not. */
  readonly expiresAt: number | null
}

export type IdentificationResult = Identity | AuthenticationFailure

/**
 * Identifies the caller behind a credential. Nothing presented is anonymous. The answer comes at once, but for a JWT
 * that was not verified lately.
 */
export type IdentifyCaller = (presented: Credentials) => IdentificationResult | Promise<IdentificationResult>

/** One operator that may present a key. */
export interface OperatorKey {
  readonly caller: OperatorCaller
  /** SHA-256 of the key, 64 hex digits. */
  readonly keyDigest: string
}

/** Identifies the operator that sent a JWT; `digest` is the token's SHA-256. */
export type IdentifyJwt = (
  token: string,
  digest: string,
) => IdentificationResult | Promise<IdentificationResult>

const LONGEST_VISITOR_TOKEN = 512
/** Far above what issuers make, and half of what the HTTP server takes as a whole head. */
const LONGEST_BEARER = 8_192
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/

const nobody: Identity = { caller: anonymousCaller, expiresAt: null }
const wrongKey: AuthenticationFailure = { refused: 'operator_key', because: 'INVALID' }
const wrongToken: AuthenticationFailure = { refused: 'visitor_token', because: 'INVALID' }

/**
 * Creates the check of credentials. A key is compared with every configured one, in constant time; what is none of
 * them and has the form of a JWT is verified as one, where `identifyJwt` is given.
 */
export function createCallerIdentification(
  operators: readonly OperatorKey[],
  identifyJwt: IdentifyJwt | null = null,
): IdentifyCaller {
  const known = operators.map(({ caller, keyDigest }) => ({
    identity: { caller, expiresAt: null },
    digest: Buffer.from(keyDigest, 'hex'),
  }))

  return ({ authorization, visitorToken }) => {
    if (authorization !== undefined) {
      const bearer = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization)?.[1]
      if (bearer === undefined || bearer.length > LONGEST_BEARER) return wrongKey
      const digest = createHash('sha256').update(bearer).digest()
      const operator = operatorOf(known, digest)
      if (operator) return operator
      return identifyJwt && JWT.test(bearer) ? identifyJwt(bearer, digest.toString('base64')) : wrongKey
    }
    if (visitorToken === undefined) return nobody
    if (!/^[\x21-\x7e]+$/.test(visitorToken) || visitorToken.length > LONGEST_VISITOR_TOKEN) return wrongToken
    return { caller: { role: 'VISITOR', token: visitorToken }, expiresAt: null }
  }
}

/** Digests have equal lengths, whatever the keys have, and are compared to the last one. */
function operatorOf(
  known: readonly { readonly identity: Identity; readonly digest: Buffer }[],
  presented: Buffer,
): Identity | null {
  let found: Identity | null = null
  for (const { identity, digest } of known) if (timingSafeEqual(digest, presented)) found = identity
  return found
}
