import {
  BurstyRateLimiter,
  type RateLimiterAbstract,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { BoundedMemoryLimiter, type LimiterOptions } from './bounded-memory-limiter.ts'

/** The window of the rate, in seconds. It starts with the first action of a key. */
const RATE_WINDOW_S = 60
/** Seconds from the start of a burst until the key has a full burst again. */
const BURST_WINDOW_S = 600

/** Counters in the database that all replicas share. */
export interface SharedCounters {
  readonly table: string
  /** Rejects within a second if the database does not respond. */
  query(statement: { readonly text: string; readonly values: readonly unknown[] }): Promise<unknown>
}

/** The remaining actions of a key. */
export interface BucketState {
  /** Actions that are allowed now, including the burst. */
  readonly remaining: number
  /** Milliseconds until the window of the rate ends; 0 if none has started. */
  readonly resetMs: number
}

/**
 * Allows `perMinute` actions per key and minute, and the same number again as a burst once in ten minutes: at most twice
 * the rate in the first minute, and the rate afterwards.
 */
export class BurstLimiter {
  readonly perMinute: number
  readonly #rate: RateLimiterAbstract
  readonly #burst: RateLimiterAbstract
  readonly #limiter: BurstyRateLimiter

  /** `name` separates the keys of different limiters. Without `counters` each process counts on its own. */
  constructor(name: string, perMinute: number, counters: SharedCounters | null) {
    this.perMinute = perMinute
    this.#rate = createLimiter({ keyPrefix: name, points: perMinute, duration: RATE_WINDOW_S }, counters)
    this.#burst = createLimiter(
      { keyPrefix: `${name}-burst`, points: perMinute, duration: BURST_WINDOW_S },
      counters,
    )
    this.#limiter = new BurstyRateLimiter(this.#rate, this.#burst)
  }

  /** Counts an action. Resolves to null if it is allowed, else to the milliseconds until the next one is. */
  async consume(key: string): Promise<number | null> {
    try {
      await this.#limiter.consume(key)
      return null
    } catch (rejection) {
      if (rejection instanceof RateLimiterRes) return Math.max(1, Math.ceil(rejection.msBeforeNext))
      throw rejection
    }
  }

  /** Reads the remaining actions of a key, without counting one. */
  async state(key: string): Promise<BucketState> {
    const [rate, burst] = await Promise.all([this.#rate.get(key), this.#burst.get(key)])
    const remainingOf = (window: RateLimiterRes | null) =>
      isOpen(window) ? window.remainingPoints : this.perMinute
    return {
      remaining: remainingOf(rate) + remainingOf(burst),
      resetMs: isOpen(rate) ? Math.ceil(rate.msBeforeNext) : 0,
    }
  }
}

function isOpen(window: RateLimiterRes | null): window is RateLimiterRes {
  return window !== null && window.msBeforeNext > 0
}

/** Counts in the shared database if there is one, and in memory while it does not respond. */
function createLimiter(options: LimiterOptions, counters: SharedCounters | null): RateLimiterAbstract {
  const memory = new BoundedMemoryLimiter(options)
  if (counters === null) return memory
  return new RateLimiterPostgres({
    ...options,
    storeClient: counters,
    storeType: 'pool',
    tableName: counters.table,
    tableCreated: true,
    // The store removes expired rows, because the library's timer cannot be stopped.
    clearExpiredByTimeout: false,
    // A key without remaining actions is rejected from memory until its window ends, without a query.
    inMemoryBlockOnConsumed: options.points,
    insuranceLimiter: memory,
  })
}
