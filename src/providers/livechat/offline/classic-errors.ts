import { z } from 'zod'
import { ChatError } from '../../../domain/errors.ts'
import type { UpstreamResponse } from '../../../upstream/client.ts'
import { fromTransportError, rateLimited, serverError } from '../../shared/errors.ts'

/** An error response of LiveChat's classic API. `reason` is the vendor's text, for the log only. */
export class ClassicError extends Error {
  override readonly name = 'ClassicError'
  readonly status: number
  readonly reason: string
  readonly retryAfterMs: number | null

  constructor(status: number, reason: string, retryAfterMs: number | null) {
    super(`LiveChat responded ${status}: ${reason}`)
    this.status = status
    this.reason = reason
    this.retryAfterMs = retryAfterMs
  }
}

const MAX_REASON_LENGTH = 200

/** The four shapes of the body (docs/providers/livechat.md 1.3). */
const errorResponse = z.union([
  z.object({ error: z.string() }).transform(({ error }) => [error]),
  z.object({ errors: z.string() }).transform(({ errors }) => [errors]),
  z.object({ errors: z.array(z.string()) }).transform(({ errors }) => errors),
  z
    .object({ errors: z.array(z.record(z.string(), z.array(z.string()))) })
    .transform(({ errors }) => errors.flatMap((rules) => Object.values(rules).flat())),
])

/** Parses an error response with any of the classic API's bodies, or with a body that is not JSON. */
export function parseClassicError(response: UpstreamResponse): ClassicError {
  const parsed = errorResponse.safeParse(response.body.json)
  const reason = (parsed.success ? parsed.data.join('; ') : '').slice(0, MAX_REASON_LENGTH)
  return new ClassicError(response.status, reason, response.retryAfterMs)
}

/** Maps what a classic request throws to a ChatError; `provider` is the configured name. */
export function mapClassicError(error: unknown, provider: string): unknown {
  if (!(error instanceof ClassicError)) return fromTransportError(error, provider) ?? error
  const options = { provider, cause: error }
  const { status } = error
  if (error.retryAfterMs !== null) return rateLimited(provider, error.retryAfterMs, error)
  if (status >= 500) return serverError(provider, status, error)
  if (status === 401 || status === 403) {
    return new ChatError('PROVIDER_ERROR', 'LiveChat rejects the configured login and API key.', options)
  }
  return new ChatError('PROVIDER_ERROR', `The provider rejected the request with status ${status}.`, options)
}
