import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import type { AuthenticationFailure } from './authentication-failure.ts'
import { SigningKeysUnavailable } from './signing-keys.ts'

/** Which JWTs are accepted. */
export interface JwtPolicy {
  /** `iss`, exactly. */
  readonly issuer: string
  /** `aud` is this, or a list with it. */
  readonly audience: string
}

/** What a valid JWT says. */
export interface JwtClaims {
  readonly subject: string
  /** What the token is limited to; null where it has no such claim. */
  readonly permissions: readonly string[] | null
  readonly providers: readonly string[] | null
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/**
 * Signatures whose key pair's public half is all that the gateway holds (RFC 7518, RFC 8037). A secret shared with
 * the issuer is none of them: a public key must never pass as such a secret (RFC 8725, 2.1).
 */
const ALGORITHMS = ['RS', 'PS', 'ES'].flatMap((family) => ['256', '384', '512'].map((bits) => family + bits))
const EDWARDS = ['EdDSA', 'Ed25519']

/** How far the issuer's clock may be ahead, in seconds. It counts for `nbf`; `exp` is exact. */
const CLOCK_TOLERANCE_S = 5

/** What must be there beyond the issuer and the audience, and what may. */
const claimsShape = z.object({
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
      algorithms: [...ALGORITHMS, ...EDWARDS],
      clockTolerance: CLOCK_TOLERANCE_S,
    })
    const claims = claimsShape.safeParse(payload)
    if (!claims.success) return refusal('INVALID', `claim ${claims.error.issues[0]?.path[0]?.toString()}`)
    const { sub, exp, permissions = null, providers = null } = claims.data
    const expiresAt = exp * 1000
    return expiresAt > Date.now()
      ? { subject: sub, permissions, providers, expiresAt }
      : refusal('EXPIRED', 'claim exp')
  } catch (error) {
    return toRefusal(error)
  }
}

function toRefusal(error: unknown): AuthenticationFailure {
  if (error instanceof SigningKeysUnavailable) return refusal('UNVERIFIABLE', 'the keys cannot be fetched')
  if (error instanceof errors.JWTExpired) return refusal('EXPIRED', 'claim exp')
  if (error instanceof errors.JWTClaimValidationFailed) return refusal('INVALID', `claim ${error.claim}`)
  return refusal('INVALID', error instanceof errors.JOSEError ? error.code : 'unusable key or token')
}

function refusal(because: AuthenticationFailure['because'], detail: string): AuthenticationFailure {
  return { refused: 'jwt', because, detail }
}
