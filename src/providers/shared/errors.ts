import { ChatError } from '../../domain/errors.ts'
import { UploadAborted, UpstreamError } from '../../upstream/errors.ts'
import { ForeignRedirect } from '../../upstream/file-client.ts'

/** A response that is not what the provider documents: a proxy's page, or a body of another shape. */
export class UnreadableResponse extends Error {
  override readonly name = 'UnreadableResponse'
}

/** Translates a failure below the provider's own protocol; null for any other error. */
export function fromTransportError(error: unknown, provider: string): Error | null {
  const options = { provider, cause: error }
  if (error instanceof UnreadableResponse) {
    return new ChatError('PROVIDER_ERROR', 'The provider’s response could not be read.', options)
  }
  if (error instanceof UploadAborted) {
    return new ChatError(
      'PROVIDER_UNAVAILABLE',
      'The upload was cut before it was complete; nothing was sent.',
      options,
    )
  }
  if (error instanceof ForeignRedirect) {
    return new ChatError(
      'PROVIDER_ERROR',
      'The provider redirects to an address that the gateway does not fetch.',
      options,
    )
  }
  if (!(error instanceof UpstreamError)) return null
  // The caller disconnected: nobody receives an explanation.
  if (error.failure === 'aborted') return error
  if (error.failure === 'limited') return rateLimited(provider, error.retryAfterMs ?? 0, error)
  if (error.failure === 'oversized') {
    return new ChatError(
      'PROVIDER_ERROR',
      'The provider’s response is longer than the gateway reads.',
      options,
    )
  }
  const timedOut = error.failure === 'timeout'
  const detail = timedOut ? 'The provider did not respond in time.' : 'The provider cannot be reached.'
  return new ChatError('PROVIDER_UNAVAILABLE', detail, options)
}

/** The provider's rate limit is used up. The provider rejected the request, or the gateway did not send it. */
export function rateLimited(provider: string, retryAfterMs: number, cause: unknown): ChatError {
  const detail = 'The provider limits the rate of requests.'
  const unsent = cause instanceof UpstreamError
  return new ChatError('RATE_LIMITED', detail, { provider, retryAfterMs, unsent, cause })
}

/** The provider responded with a server error. */
export function serverError(provider: string, status: number, cause: unknown): ChatError {
  return new ChatError('PROVIDER_UNAVAILABLE', `The provider responded with status ${status}.`, {
    provider,
    cause,
  })
}

/** Why a caller without a credential can neither read nor write rooms. */
export const CREDENTIAL_NEEDED = 'Send a visitor token or an operator key.'

/** It is not known whether a write was done. */
export function outcomeUnknown(provider: string, cause: unknown): ChatError {
  const detail = 'The provider gave no response; the write may or may not have been done.'
  return new ChatError('OUTCOME_UNKNOWN', detail, { provider, cause })
}
