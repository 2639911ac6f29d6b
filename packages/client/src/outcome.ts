import { Backoff } from './backoff.ts'
import { type GatewayError, NetworkError } from './errors.ts'
import type { Abortable } from './request.ts'

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

/** Options of a mutation. */
export interface MutateOptions extends Abortable {
  /** How often it is sent at most, if no response arrives; by default eight times, in about half a minute. */
  readonly maxAttempts?: number | undefined
}

/** Options of a write. */
export interface WriteOptions extends MutateOptions {
  /** The key of an earlier attempt, to repeat it. By default each call has a new one. */
  readonly idempotencyKey?: string | undefined
}

/** What an attempt resolves with: the payload, or the gateway's error. */
export type AttemptResult<Payload> = { readonly payload: Payload } | { readonly error: GatewayError }

/** Codes after which a write may have been carried out. */
const UNCERTAIN_CODES = new Set(['OUTCOME_UNKNOWN', 'INTERNAL_SERVER_ERROR'])

/** Makes attempts until the gateway has responded; only one if there is no idempotency key. An attempt rejects if none arrives. */
export async function write<Payload>(
  idempotencyKey: string | null,
  attempt: () => Promise<AttemptResult<Payload>>,
  { signal, maxAttempts = 8 }: MutateOptions,
): Promise<Outcome<Payload>> {
  const backoff = new Backoff(signal)
  for (let attempts = 1; !signal?.aborted; attempts += 1) {
    try {
      const result = await attempt()
      if ('payload' in result) return { status: 'done', payload: result.payload, idempotencyKey }
      return { status: statusOf(result.error), error: result.error, idempotencyKey }
    } catch (error) {
      if (signal?.aborted) break
      if (!(error instanceof NetworkError)) throw error
      if (idempotencyKey === null || attempts >= maxAttempts)
        return { status: 'unknown', error, idempotencyKey }
      await backoff.wait()
    }
  }
  return { status: 'aborted', idempotencyKey }
}

function statusOf({ code }: GatewayError): 'refused' | 'conflict' | 'unknown' {
  if (code === 'CONFLICT') return 'conflict'
  return UNCERTAIN_CODES.has(code) ? 'unknown' : 'refused'
}

/** Returns a random key for a write. */
export function createIdempotencyKey(): string {
  // Browsers have `randomUUID` only on pages of https and of this machine.
  return crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join('-')
}
