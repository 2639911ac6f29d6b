import { ChatError } from '../../domain/errors.ts'
import { UpstreamError } from '../../upstream/errors.ts'

/** Something answered, but not what the provider documents: a proxy's page, or a body of another shape. */
export class UnreadableResponse extends Error {
  override readonly name = 'UnreadableAnswer'
}

/** A failure below the provider's own protocol as one of the family; null for anything else. */
export function fromTransportError(error: unknown, provider: string): Error | null {
  const options = { provider, cause: error }
  if (error instanceof UnreadableResponse) {
    return new ChatError('PROVIDER_ERROR', 'The provider’s answer could not be understood.', options)
  }
  if (!(error instanceof UpstreamError)) return null
  // The caller left: there is nobody to explain it to.
  if (error.failure === 'aborted') return error
  if (error.failure === 'limited') return rateLimited(provider, error.retryAfterMs ?? 0, error)
  if (error.failure === 'oversized') {
    return new ChatError('PROVIDER_ERROR', 'The provider’s answer is longer than the gateway reads.', options)
  }
  const timedOut = error.failure === 'timeout'
  const detail = timedOut ? 'The provider did not answer in time.' : 'The provider cannot be reached.'
  return new ChatError('PROVIDER_UNAVAILABLE', detail, options)
}

/** The provider refuses because it was asked too often, or would: then the call was held back here. */
export function rateLimited(provider: string, retryAfterMs: number, cause: unknown): ChatError {
  const detail = 'The provider limits the rate of calls.'
  const unsent = cause instanceof UpstreamError
  return new ChatError('RATE_LIMITED', detail, { provider, retryAfterMs, unsent, cause })
}

/** The provider answered with a fault of its own. */
export function serverError(provider: string, status: number, cause: unknown): ChatError {
  return new ChatError('PROVIDER_UNAVAILABLE', `The provider answered ${status}.`, { provider, cause })
}

/** A write of which nobody can say whether it was done. */
export function outcomeUnknown(provider: string, cause: unknown): ChatError {
  const detail = 'The provider gave no answer; it may or may not have been done.'
  return new ChatError('OUTCOME_UNKNOWN', detail, { provider, cause })
}
