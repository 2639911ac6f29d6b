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

/** How many verified tokens are remembered, by their SHA-256, and for how many milliseconds. */
const MOST_REMEMBERED = 5_000
const REMEMBERED_MS = 60_000

const unknownSubject: AuthenticationFailure = {
  refused: 'jwt',
  because: 'INVALID',
  detail: 'unknown subject',
}

/**
 * Creates the check of operators' JWTs. What a subject may do is configured in `bySubject`; a token only narrows it.
 * A token that was verified lately is not verified again, and is never accepted beyond its `exp`.
 */
export function createJwtIdentification(
  bySubject: ReadonlyMap<string, OperatorCaller>,
  options: JwtOptions,
  log: Logger,
): IdentifyJwt {
  const keys = new SigningKeys(options.jwksUrl, log)
  const verified = new LRUCache<string, Identity>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS })

  const identify = async (token: string, digest: string): Promise<IdentificationResult> => {
    const claims = await verifyJwt(token, keys.find, options)
    if ('refused' in claims) return claims
    const entry = bySubject.get(claims.subject)
    if (!entry) return unknownSubject
    const identity = { caller: narrow(entry, claims), expiresAt: claims.expiresAt }
    verified.set(digest, identity)
    return identity
  }
  return (token, digest) => {
    const known = verified.get(digest)
    return known && (known.expiresAt ?? 0) > Date.now() ? known : identify(token, digest)
  }
}

/** What both the entry and the token grant. */
function narrow(entry: OperatorCaller, { permissions, providers }: JwtClaims): OperatorCaller {
  return createOperatorCaller(entry.name, {
    permissions: entry.permissions.filter((permission) => permissions?.includes(permission) ?? true),
    providers:
      entry.providers === null
        ? providers
        : entry.providers.filter((provider) => providers?.includes(provider) ?? true),
  })
}
