import { CloseCode } from 'graphql-ws'
import type { RefusalDetails } from '../diagnostics/security-log.ts'

/** Why a credential was not accepted. */
export interface AuthenticationFailure {
  /** What was presented, in the words of the security log. */
  readonly refused: 'operator_key' | 'visitor_token' | 'jwt'
  /** UNVERIFIABLE: it may be valid, but the keys that would show it cannot be fetched at the moment. */
  readonly because: 'INVALID' | 'EXPIRED' | 'UNVERIFIABLE'
  /** For the log: which check failed. It holds no text of the client's. */
  readonly detail?: string
}

/** What the security log says of a credential that was not accepted. */
export function authenticationFailureDetails(
  { detail }: AuthenticationFailure,
  address: string | null,
): RefusalDetails {
  return detail === undefined ? { address } : { address, detail }
}

/** How a socket closes when its credential has expired. */
export const CREDENTIAL_EXPIRED_CLOSE = { code: CloseCode.Forbidden, reason: 'Credential expired' } as const

/** Seconds after which a JWT that could not be verified is worth another try. */
const UNVERIFIABLE_RETRY_S = '10'
/** The registered WebSocket close code "Try again later". Clients may come back with the same credential. */
const TRY_AGAIN_LATER = 1013

/** The HTTP answer to a credential that was not accepted: 401, or 503 where the same one may be accepted later. */
export function toHttpResponse({ refused, because }: AuthenticationFailure) {
  if (because === 'UNVERIFIABLE')
    return {
      status: 503,
      headers: { 'retry-after': UNVERIFIABLE_RETRY_S },
      code: 'SERVICE_UNAVAILABLE',
      message: 'JWTs cannot be verified at the moment: the keys of their issuer cannot be fetched.',
    } as const
  return {
    status: 401,
    headers: { 'www-authenticate': refused === 'jwt' ? 'Bearer error="invalid_token"' : 'Bearer' },
    code: 'UNAUTHENTICATED',
    message: because === 'EXPIRED' ? 'This credential has expired.' : 'This credential is not valid.',
  } as const
}

/** How a socket closes whose client presented a credential that was not accepted. */
export function toCloseReason({ because }: AuthenticationFailure): {
  readonly code: number
  readonly reason: string
} {
  if (because === 'UNVERIFIABLE')
    return { code: TRY_AGAIN_LATER, reason: 'Credential cannot be verified now' }
  return because === 'EXPIRED' ? CREDENTIAL_EXPIRED_CLOSE : { code: CloseCode.Forbidden, reason: 'Forbidden' }
}
