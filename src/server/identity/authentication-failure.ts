import { CloseCode } from 'graphql-ws'
import type { RefusalDetails } from '../diagnostics/security-log.ts'

/** A credential that was rejected. */
export interface AuthenticationFailure {
  /** The kind of credential, as the security log names it. */
  readonly credential: 'operator_key' | 'visitor_token' | 'jwt'
  /** UNVERIFIABLE: the credential may be valid, but the keys to verify it cannot be fetched at the moment. */
  readonly reason: 'INVALID' | 'EXPIRED' | 'UNVERIFIABLE'
  /** The check that failed, for the log. It contains no text of the client. */
  readonly detail?: string
}

/** The details of a rejected credential for the security log. */
export function authenticationFailureDetails(
  { detail }: AuthenticationFailure,
  address: string | null,
): RefusalDetails {
  return detail === undefined ? { address } : { address, detail }
}

/** The close code and reason of a socket whose credential has expired. */
export const CREDENTIAL_EXPIRED_CLOSE = { code: CloseCode.Forbidden, reason: 'Credential expired' } as const

/** Seconds after which a client may retry a JWT that could not be verified. */
const UNVERIFIABLE_RETRY_S = '10'
/** The registered WebSocket close code "Try again later". Clients may reconnect with the same credential. */
export const TRY_AGAIN_LATER = 1013

/** The HTTP response to a rejected credential: 401, or 503 if the same credential may be accepted later. */
export function toHttpResponse({ credential, reason }: AuthenticationFailure) {
  if (reason === 'UNVERIFIABLE')
    return {
      status: 503,
      headers: { 'retry-after': UNVERIFIABLE_RETRY_S },
      code: 'SERVICE_UNAVAILABLE',
      message: 'JWTs cannot be verified at the moment: the keys of their issuer cannot be fetched.',
    } as const
  return {
    status: 401,
    headers: { 'www-authenticate': credential === 'jwt' ? 'Bearer error="invalid_token"' : 'Bearer' },
    code: 'UNAUTHENTICATED',
    message: reason === 'EXPIRED' ? 'This credential has expired.' : 'This credential is not valid.',
  } as const
}

/** The close code and reason of a socket whose client sent a rejected credential. */
export function toCloseReason({ reason }: AuthenticationFailure): {
  readonly code: number
  readonly reason: string
} {
  if (reason === 'UNVERIFIABLE') return { code: TRY_AGAIN_LATER, reason: 'Credential cannot be verified now' }
  return reason === 'EXPIRED' ? CREDENTIAL_EXPIRED_CLOSE : { code: CloseCode.Forbidden, reason: 'Forbidden' }
}
