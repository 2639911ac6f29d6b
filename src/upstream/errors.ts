import type { StopSignal } from './stop-signal.ts'

/**
 * How a request failed below HTTP.
 * - `not-sent`: no connection was established, or the body was not sent completely, so the server cannot have processed it
 * - `lost`: the connection broke or the response was truncated; the server may have processed it
 * - `timeout`: the deadline passed; the server may have processed it
 * - `aborted`: the caller disconnected
 * - `oversized`: the response exceeded the request's size limit; the server may have processed it
 * - `limited`: it was not sent, because it would exceed the provider's rate limit
 */
export type UpstreamFailure = 'not-sent' | 'lost' | 'timeout' | 'oversized' | 'aborted' | 'limited'

/**
 * The request was rejected before it was sent, or cut before its body was complete, for a reason of its caller. The caller
 * receives `reason`.
 */
export class RequestRejected extends Error {
  override readonly name = 'RequestRejected'
  readonly reason: Error

  constructor(reason: Error) {
    super('the request was rejected before it was complete')
    this.reason = reason
  }
}

/** The caller disconnected before its upload was complete, so the server cannot have processed it. */
export class UploadAborted extends Error {
  override readonly name = 'UploadAborted'
}

/** Failures of requests that were sent and have no usable response. */
const UNANSWERED: ReadonlySet<UpstreamFailure> = new Set(['lost', 'timeout', 'oversized'])

/** A request without a complete response. Its message contains no URL: query strings carry visitor tokens. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError'
  readonly failure: UpstreamFailure
  /** For `limited`: milliseconds after which a retry makes sense. */
  readonly retryAfterMs: number | null

  constructor(failure: UpstreamFailure, cause: unknown, retryAfterMs: number | null = null) {
    super(`upstream call ${failure}`, { cause })
    this.failure = failure
    this.retryAfterMs = retryAfterMs
  }
}

/** Whether a write that failed this way may have taken effect nevertheless. */
export function mayHaveTakenEffect(error: UpstreamError): boolean {
  return UNANSWERED.has(error.failure)
}

/** Whether a response exceeded the request's size limit. */
export function isOversized(error: unknown): boolean {
  return error instanceof UpstreamError && error.failure === 'oversized'
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  // The server speaks plain HTTP on a port of https.
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
])

/** OpenSSL's and Node's codes of certificates that are not accepted (https://nodejs.org/api/tls.html, X509 certificate error codes). */
const CERTIFICATE_CODE =
  /^(?:UNABLE_TO_|CERT_|CRL_|ERROR_IN_(?:CERT|CRL)_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|INVALID_(?:CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$|ERR_TLS_CERT_ALTNAME_INVALID$)/

/** Classifies an error of undici. `signal` is the signal that the request ran under. */
export function toUpstreamError(error: unknown, signal: StopSignal): UpstreamError {
  if (error instanceof UpstreamError) return error
  if (signal.aborted) return new UpstreamError('aborted', error)
  const code = errorCodeOf(error) ?? ''
  const isUnsent = NEVER_CONNECTED.has(code) || isCertificateCode(code)
  return new UpstreamError(isUnsent ? 'not-sent' : 'lost', error)
}

/** Whether an error code says that the certificate of the server is not accepted: the handshake fails, and nothing is sent. */
export function isCertificateCode(code: string): boolean {
  return CERTIFICATE_CODE.test(code)
}

/** The code of the operating system, of TLS or of undici in an error or its causes; null if there is none. Codes name no address. */
export function errorCodeOf(error: unknown): string | null {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string') return current.code
  }
  return null
}
