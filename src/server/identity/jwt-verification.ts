import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import type { AuthenticationFailure } from './authentication-failure.ts'
import { SigningKeysUnavailable } from './signing-keys.ts'

/** The issuer and audience that a JWT must have. */
export interface JwtPolicy {
  /** Must equal `iss`. */
  readonly issuer: string
  /** Must equal `aud`, or be an element of it. */
  readonly audience: string
}

/** The claims of a valid JWT. */
export interface JwtClaims {
  readonly subject: string
  /** Restrictions; null if the token has no such claim. */
  readonly permissions: readonly string[] | null
  readonly providers: readonly string[] | null
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/**
 * Asymmetric signature algorithms (RFC 7518, RFC 8037). Algorithms with a shared secret are excluded, because a public
 * key must never be accepted as such a secret (RFC 8725, 2.1).
 */
const ALGORITHMS = ['RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits))
const EDWARDS_CURVE_ALGORITHMS = ['EdDSA', 'Ed25519']

/** Seconds that the issuer's clock may be ahead. Applies to `nbf`; `exp` is exact. */
const CLOCK_TOLERANCE_S = 5

/** Required and optional claims, besides issuer and audience. */
const claimsSchema = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  permissions: z.array(z.string()).optional(),
  providers: z.array(z.string()).optional(),
})

/** Verifies a JWT; never rejects. */
export async function verifyJwt(
  token: string,
  findKey: JWTVerifyGetKey,
  { issuer, audience }: JwtPolicy,
): Promise<JwtClaims | AuthenticationFailure> {
  try {
    const { payload } = await jwtVerify(token, findKey, {
      issuer,
      audience,
      algorithms: [...ALGORITHMS, ...EDWARDS_CURVE_ALGORITHMS],
      clockTolerance: CLOCK_TOLERANCE_S,
    })
    const claims = claimsSchema.safeParse(payload)
    if (!claims.success) return failure('INVALID', `claim ${claims.error.issues[0]?.path[0]?.toString()}`)
    const { sub, exp, permissions = null, providers = null } = claims.data
    const expiresAt = exp * 1000
    return expiresAt > Date.now()
      ? { subject: sub, permissions, providers, expiresAt }
      : failure('EXPIRED', 'claim exp')
  } catch (error) {
    return toFailure(error)
  }
}

function toFailure(error: unknown): AuthenticationFailure {
  if (error instanceof SigningKeysUnavailable) return failure('UNVERIFIABLE', 'signing keys unavailable')
  if (error instanceof errors.JWTExpired) return failure('EXPIRED', 'claim exp')
  if (error instanceof errors.JWTClaimValidationFailed) return failure('INVALID', `claim ${error.claim}`)
  return failure('INVALID', error instanceof errors.JOSEError ? error.code : 'unusable key or token')
}

function failure(reason: AuthenticationFailure['reason'], detail: string): AuthenticationFailure {
  return { credential: 'jwt', reason, detail }
}
