import { LRUCache } from 'lru-cache'
import { AllowanceError } from '../../domain/call-allowance.ts'
import { UpstreamError } from '../../upstream/errors.ts'
import { clock } from './ttl-cache.ts'

/** How long a failure is repeated to callers without a credential, who may ask as often as they like. */
export const FAILURE_TTL_MS = 2_000

/** A read whose result is kept for a while. */
export interface CachedRead<A extends readonly unknown[], T> {
  (...args: A): Promise<T>
  /** Drops the result, and that of a read in progress: the next call reads again. Called after a write. */
  forget(): void
}

/**
 * Keeps one result for `ttlMs`: requests for what rarely changes are rate-limited or billed. A failure is kept for
 * `failureTtlMs`; by default not at all, because it may concern the credential of one caller. Overlapping reads are shared by
 * the HTTP client, not here: each caller has its own abort signal and allowance.
 */
export function cached<A extends readonly unknown[], T>(
  ttlMs: number,
  read: (...args: A) => Promise<T>,
  failureTtlMs = 0,
): CachedRead<A, T> {
  const cache = new LRUCache<'result', Promise<T>>({ max: 1, ttl: ttlMs, perf: clock })
  let writes = 0
  const readCached = async (...args: A): Promise<T> => {
    const kept = cache.get('result')
    if (kept) return kept
    const writesBefore = writes
    const result = read(...args)
    try {
      await result
      if (writes === writesBefore) cache.set('result', result)
    } catch (error) {
      if (failureTtlMs > 0 && !isOfOneCaller(error)) cache.set('result', result, { ttl: failureTtlMs })
    }
    return result
  }
  const forget = () => {
    writes += 1
    cache.clear()
  }
  return Object.assign(readCached, { forget })
}

/**
 * The latest result of a read, for callers that accept results of different ages: one read serves them all. Failures are not
 * kept. Overlapping reads are shared by the HTTP client, as those of `cached`.
 */
export class LatestResult<A extends readonly unknown[], T> {
  readonly #read: (...args: A) => Promise<T>
  /** `at` is on the clock of `performance.now()`. */
  #latest: { readonly value: T; readonly at: number } | null = null
  #writes = 0

  constructor(read: (...args: A) => Promise<T>) {
    this.#read = read
  }

  /** Returns the latest result if it is at most `maxAgeMs` old, else reads. */
  async get(maxAgeMs: number, ...args: A): Promise<T> {
    const now = clock.now()
    if (this.#latest && now - this.#latest.at <= maxAgeMs) return this.#latest.value
    const writesBefore = this.#writes
    const value = await this.#read(...args)
    if (this.#writes === writesBefore) this.#latest = { value, at: now }
    return value
  }

  /** Drops the result, and that of a read in progress. Called after a write. */
  forget(): void {
    this.#writes += 1
    this.#latest = null
  }
}

/** Whether a caller disconnected or used up its allowance, which means nothing for the next caller. */
function isOfOneCaller(error: unknown): boolean {
  return error instanceof AllowanceError || (error instanceof UpstreamError && error.failure === 'aborted')
}
