/**
 * How a call failed below HTTP.
 * - `not-sent`: no connection came about, so nothing can have happened
 * - `lost`: the connection broke, or the answer was cut; what was asked may have happened
 * - `timeout`: the deadline passed; what was asked may have happened
 * - `aborted`: the caller left
 * - `oversized`: the answer was longer than the request takes; what was asked may have happened
 * - `limited`: it was not sent, because the provider would refuse it for its rate
 */
export type UpstreamFailure = 'not-sent' | 'lost' | 'timeout' | 'oversized' | 'aborted' | 'limited'

/** Nothing was sent, for a reason of the caller's own: `reason` is what the caller is told. */
export class RequestRejected extends Error {
  override readonly name = 'CallRefused'
  readonly reason: Error

  constructor(reason: Error) {
    super('the call was refused before it was sent')
    this.reason = reason
  }
}

/** Failures of calls that were sent and whose answer the caller does not have. */
const UNANSWERED: ReadonlySet<UpstreamFailure> = new Set(['lost', 'timeout', 'oversized'])

/** A call that brought no whole answer. Its message names no URL: query strings carry visitor tokens. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError'
  readonly failure: UpstreamFailure
  /** Of a `limited` one: milliseconds after which another try makes sense. */
  readonly retryAfterMs: number | null

  constructor(failure: UpstreamFailure, cause: unknown, retryAfterMs: number | null = null) {
    super(`upstream call ${failure}`, { cause })
    this.failure = failure
    this.retryAfterMs = retryAfterMs
  }
}

/** Whether a write that failed so may have been carried out all the same. */
export function mayHaveTakenEffect(error: UpstreamError): boolean {
  return UNANSWERED.has(error.failure)
}

/** Whether an answer was longer than the request takes. */
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
])

/** Sorts what undici threw. `signal` is the one the call ran under. */
export function toUpstreamError(error: unknown, signal: AbortSignal): UpstreamError {
  if (error instanceof UpstreamError) return error
  if (signal.aborted) {
    const timedOut = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
    return new UpstreamError(timedOut ? 'timeout' : 'aborted', error)
  }
  return new UpstreamError(NEVER_CONNECTED.has(errorCode(error)) ? 'not-sent' : 'lost', error)
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
