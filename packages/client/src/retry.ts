import type { Endpoint } from './endpoint.ts'
import { environment } from './environment.ts'
import { type GatewayError, isTransient, type NetworkError } from './errors.ts'
import type { Abortable } from './request.ts'

const FIRST_MS = 250
const LONGEST_MS = 20_000

/** Options of everything that is tried again. */
export interface RetryOptions extends Abortable {
  /** Called with each error that lets the client try again after a pause: a provider that does not respond, a limit, no network. */
  readonly onFailure?: ((error: GatewayError | NetworkError) => void) | undefined
}

/** Options of what is tried a number of times. */
export interface AttemptOptions extends RetryOptions {
  /** How many attempts are made at most. */
  readonly maxAttempts?: number | undefined
  /** Whether to try again after an error that can pass. */
  readonly mayRetry?: ((error: GatewayError | NetworkError) => boolean) | undefined
}

/**
 * Pauses between attempts: random, doubling from a quarter of a second to twenty seconds, so that the clients of a gateway do
 * not return all at once after a restart.
 */
export class Backoff {
  readonly #retries: EventTarget
  readonly #signal: AbortSignal | undefined
  #attempt = 0

  /** `signal` ends every pause. */
  constructor({ retries }: Endpoint, signal: AbortSignal | undefined) {
    this.#retries = retries
    this.#signal = signal
  }

  /** The next pause is a short one. */
  reset(): void {
    this.#attempt = 0
  }

  /**
   * Resolves after the next pause, at the earliest after `atLeastMs`; at once when the signal aborts. `retryNow`, and a browser
   * that is online again, or whose page comes to the front or leaves it, end the pause too, unless the gateway has asked for it.
   */
  wait(atLeastMs = 0): Promise<void> {
    const longest = Math.min(FIRST_MS * 2 ** this.#attempt, LONGEST_MS)
    this.#attempt += 1
    const ms = Math.max(atLeastMs, longest * (0.5 + Math.random() / 2))
    return new Promise((resolve) => {
      const over = new AbortController()
      const options = { signal: over.signal }
      const end = () => {
        clearTimeout(timer)
        over.abort()
        resolve()
      }
      const timer = setTimeout(end, ms)
      this.#signal?.addEventListener('abort', end, options)
      if (this.#signal?.aborted) end()
      if (atLeastMs > 0) return
      this.#retries.addEventListener('retry', end, options)
      environment.addEventListener?.('online', end, options)
      environment.addEventListener?.('visibilitychange', end, options)
    })
  }
}

/** Makes attempts until one succeeds, with pauses after errors that can pass. Rejects with another error, or the last one. */
export async function retry<Result>(
  endpoint: Endpoint,
  attempt: () => Promise<Result>,
  { signal, onFailure, maxAttempts = Number.POSITIVE_INFINITY, mayRetry = () => true }: AttemptOptions = {},
): Promise<Result> {
  const backoff = new Backoff(endpoint, signal)
  for (let attempts = 1; ; attempts += 1) {
    signal?.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      if (attempts >= maxAttempts || !isTransient(error) || !mayRetry(error)) throw error
      onFailure?.(error)
      await backoff.wait(error.retryAfterMs ?? 0)
    }
  }
}
