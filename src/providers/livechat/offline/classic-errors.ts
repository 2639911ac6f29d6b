import { z } from 'zod'
import { ChatError } from '../../../domain/errors.ts'
import type { UpstreamResponse } from '../../../upstream/client.ts'
import { fromTransportError, rateLimited, serverError } from '../../shared/errors.ts'
import { parseJson } from '../../shared/json.ts'

/** LiveChat's classic API answered, and refused. `reason` is its own text, for the log only. */
export class ClassicError extends Error {
  override readonly name = 'ClassicRefusal'
  readonly status: number
  readonly reason: string
  readonly retryAfterMs: number | null

  constructor(status: number, reason: string, retryAfterMs: number | null) {
    super(`LiveChat refused with ${status}: ${reason}`)
    this.status = status
    this.reason = reason
    this.retryAfterMs = retryAfterMs
  }
}

const LONGEST_REASON = 200

/**
 * `{error: text}`, `{errors: text}`, `{errors: [text]}` and `{errors: [{rule: [text]}]}`
 * (docs/providers/livechat.md 1.3).
 */
const failure = z.union([
  z.object({ error: z.string() }).transform(({ error }) => [error]),
  z.object({ errors: z.string() }).transform(({ errors }) => [errors]),
  z.object({ errors: z.array(z.string()) }).transform(({ errors }) => errors),
  z
    .object({ errors: z.array(z.record(z.string(), z.array(z.string()))) })
    .transform(({ errors }) => errors.flatMap((rules) => Object.values(rules).flat())),
])

/** Reads a refusal out of any of the classic API's error bodies, a page that is no JSON included. */
export function parseClassicError(response: UpstreamResponse): ClassicError {
  const parsed = failure.safeParse(parseJson(response.text))
  const reason = (parsed.success ? parsed.data.join('; ') : '').slice(0, LONGEST_REASON)
  return new ClassicError(response.status, reason, response.retryAfterMs)
}

/** Turns whatever a call threw into the one family; `provider` is the configured name. */
export function classicToChatError(error: unknown, provider: string): unknown {
  if (!(error instanceof ClassicError)) return fromTransportError(error, provider) ?? error
  const options = { provider, cause: error }
  const { status } = error
  if (error.retryAfterMs !== null) return rateLimited(provider, error.retryAfterMs, error)
  if (status >= 500) return serverError(provider, status, error)
  if (status === 401 || status === 403) {
    return new ChatError('PROVIDER_ERROR', 'LiveChat refuses the configured login and API key.', options)
  }
  return new ChatError('PROVIDER_ERROR', `The provider refused the request with ${status}.`, options)
}
