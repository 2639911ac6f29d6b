import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { createOperatorCaller, type OperatorCaller } from '../../domain/caller.ts'
import type { AuthenticationFailure } from './authentication-failure.ts'
import type { IdentificationResult, IdentifyJwt, Identity } from './caller-identification.ts'
import { type JwtClaims, type JwtPolicy, verifyJwt } from './jwt-verification.ts'
import { SigningKeys } from './signing-keys.ts'

/** How operators' JWTs are verified. */
export interface JwtOptions extends JwtPolicy {
  /** Address of the issuer's JWKS. */
  readonly jwksUrl: string
}

/** The number of verified tokens that are cached, by their SHA-256, and for how many milliseconds. */
const MAX_CACHED = 5_000
const CACHE_MS = 60_000

const unknownSubject: AuthenticationFailure = {
  credential: 'jwt',
  reason: 'INVALID',
  detail: 'unknown subject',
}

/**
 * Creates the check of operators' JWTs. `operatorsBySubject` configures what a subject may do; a token can only narrow
 * it. Verified tokens are cached for a while, but never accepted after their `exp`.
 */
export function createJwtIdentification(
  operatorsBySubject: ReadonlyMap<string, OperatorCaller>,
  options: JwtOptions,
  log: Logger,
): IdentifyJwt {
  const keys = new SigningKeys(options.jwksUrl, log)
  const verified = new LRUCache<string, Identity>({ max: MAX_CACHED, ttl: CACHE_MS })

  const identify = async (token: string, digest: string): Promise<IdentificationResult> => {
    const claims = await verifyJwt(token, keys.find, options)
    if ('credential' in claims) return claims
    const operator = operatorsBySubject.get(claims.subject)
    if (!operator) return unknownSubject
    const identity = { caller: restrict(operator, claims), expiresAt: claims.expiresAt }
    verified.set(digest, identity)
    return identity
  }
  return (token, digest) => {
    const cached = verified.get(digest)
    return cached && (cached.expiresAt ?? 0) > Date.now() ? cached : identify(token, digest)
  }
}

/** Keeps what both the configuration and the token grant. */
function restrict(operator: OperatorCaller, { permissions, providers }: JwtClaims): OperatorCaller {
  const restrictions = {
    permissions: operator.permissions.filter((permission) => permissions?.includes(permission) ?? true),
    providers:
      operator.providers === null
        ? providers
        : operator.providers.filter((provider) => providers?.includes(provider) ?? true),
  }
  return createOperatorCaller(operator.name, restrictions, operator.hasOwnAgents)
}
