import type { Endpoint } from './endpoint.ts'
import { GatewayError, NetworkError } from './errors.ts'
import { type AttemptOptions, retry } from './retry.ts'

/** How a write ended. `idempotencyKey` repeats it without doubling it; null if it was sent without one. */
export type Outcome<Payload> = { readonly idempotencyKey: string | null } & (
  | { readonly status: 'done'; readonly payload: Payload }
  /** Nothing was done, for this reason. */
  | { readonly status: 'refused'; readonly error: GatewayError }
  /** The write contradicts the current state; for example, its key belongs to another input. Nothing was done. */
  | { readonly status: 'conflict'; readonly error: GatewayError }
  /** No response says whether it was carried out: repeat it with the same key, or read the current state. */
  | { readonly status: 'unknown'; readonly error: GatewayError | NetworkError }
  /** The caller has aborted. It may have been carried out. */
  | { readonly status: 'aborted' }
)

/**
 * Options of a mutation. Only one that has an idempotency key is sent more than once: by default at most eight times, in about
 * half a minute, and only if no response arrives.
 */
export type MutateOptions = AttemptOptions

/** Options of a write. */
export interface WriteOptions extends MutateOptions {
  /** The key of an earlier attempt, to repeat it. By default each call has a new one. */
  readonly idempotencyKey?: string | undefined
}

/** Makes attempts until the gateway has responded; only one if there is no idempotency key. An attempt rejects with the gateway's error, or if no response arrives. */
export async function write<Payload>(
  endpoint: Endpoint,
  idempotencyKey: string | null,
  attempt: () => Promise<Payload>,
  options: MutateOptions,
): Promise<Outcome<Payload>> {
  const { signal, maxAttempts = 8, mayRetry = isLost } = options
  const most = idempotencyKey === null ? 1 : maxAttempts
  try {
    const payload = await retry(endpoint, attempt, { ...options, maxAttempts: most, mayRetry })
    return { status: 'done', payload, idempotencyKey }
  } catch (error) {
    if (signal?.aborted) return { status: 'aborted', idempotencyKey }
    if (error instanceof GatewayError) return { status: statusOf(error), error, idempotencyKey }
    if (error instanceof NetworkError) return { status: 'unknown', error, idempotencyKey }
    throw error
  }
}

/** Whether no response has arrived. */
function isLost(error: Error): boolean {
  return error instanceof NetworkError
}

function statusOf({ code }: GatewayError): 'refused' | 'conflict' | 'unknown' {
  if (code === 'CONFLICT') return 'conflict'
  return code === 'OUTCOME_UNKNOWN' || code === 'INTERNAL_SERVER_ERROR' ? 'unknown' : 'refused'
}

/** Returns a random key for a write. */
export function createIdempotencyKey(): string {
  // Browsers have `randomUUID` only on pages of https and of this machine.
  return crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join('-')
}
