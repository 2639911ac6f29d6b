import { hash, timingSafeEqual } from 'node:crypto'
import { anonymousCaller, type Caller, type OperatorCaller } from '../../domain/caller.ts'
import type { AuthenticationFailure } from './authentication-failure.ts'

/** Credentials from HTTP headers, or from a WebSocket's connection_init payload. Absent and empty values differ. */
export interface Credentials {
  readonly authorization: string | undefined
  readonly visitorToken: string | undefined
}

/** A caller whose credential is valid. */
export interface Identity {
  readonly caller: Caller
  /** When the credential expires, in milliseconds since 1970; null if it does not. */
  readonly expiresAt: number | null
}

/** An identified caller and its address. */
export interface IdentifiedClient extends Identity {
  /** The client's address as limits count it. */
  readonly clientAddress: string
}

export type IdentificationResult = Identity | AuthenticationFailure

/**
 * Identifies a caller by its credentials; without any, it is anonymous. The result is a promise only for a JWT that was
 * not verified recently.
 */
export type IdentifyCaller = (
  credentials: Credentials,
) => IdentificationResult | Promise<IdentificationResult>

/** The API key of one operator. */
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

const MAX_VISITOR_TOKEN_LENGTH = 512
/** Far above the tokens of real issuers, and half of the largest request head that the HTTP server accepts. */
const MAX_BEARER_LENGTH = 8_192
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/

const anonymousIdentity: Identity = { caller: anonymousCaller, expiresAt: null }
const invalidKey: AuthenticationFailure = { credential: 'operator_key', reason: 'INVALID' }
const invalidToken: AuthenticationFailure = { credential: 'visitor_token', reason: 'INVALID' }

/**
 * Creates the check of credentials. A bearer token is compared with every operator key in constant time. If none
 * matches, `identifyJwt` is given and it looks like a JWT, it is verified as one.
 */
export function createCallerIdentification(
  operators: readonly OperatorKey[],
  identifyJwt: IdentifyJwt | null = null,
): IdentifyCaller {
  const operatorKeys = operators.map(({ caller, keyDigest }) => ({
    identity: { caller, expiresAt: null },
    digest: Buffer.from(keyDigest, 'hex'),
  }))

  return ({ authorization, visitorToken }) => {
    if (authorization !== undefined) {
      const bearer = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization)?.[1]
      if (bearer === undefined || bearer.length > MAX_BEARER_LENGTH) return invalidKey
      const digest = hash('sha256', bearer, 'buffer')
      const operator = findOperator(operatorKeys, digest)
      if (operator) return operator
      return identifyJwt && JWT.test(bearer) ? identifyJwt(bearer, digest.toString('base64')) : invalidKey
    }
    if (visitorToken === undefined) return anonymousIdentity
    if (!/^[\x21-\x7e]+$/.test(visitorToken) || visitorToken.length > MAX_VISITOR_TOKEN_LENGTH)
      return invalidToken
    return { caller: { role: 'VISITOR', token: visitorToken }, expiresAt: null }
  }
}

/** Digests have equal lengths, whatever the length of the keys, and the loop never stops early. */
function findOperator(
  operatorKeys: readonly { readonly identity: Identity; readonly digest: Buffer }[],
  presented: Buffer,
): Identity | null {
  let match: Identity | null = null
  for (const { identity, digest } of operatorKeys) if (timingSafeEqual(digest, presented)) match = identity
  return match
}
