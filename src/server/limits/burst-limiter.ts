import {
  BurstyRateLimiter,
  type RateLimiterAbstract,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { BoundedMemoryLimiter, type LimiterOptions } from './bounded-memory-limiter.ts'

/** The window of the rate, in seconds. It begins with a key's first action. */
const RATE_WINDOW_S = 60
/** How long a burst that was begun counts, in seconds: after it a key has a whole burst again. */
const BURST_WINDOW_S = 600

/** Counters in a database that replicas share. */
export interface SharedCounters {
  readonly table: string
  /** Rejects within seconds where the database does not answer. */
  query(statement: { readonly text: string; readonly values: readonly unknown[] }): Promise<unknown>
}

/** What a key has left. */
export interface BucketState {
  /** Actions that are accepted now, the burst included. */
  readonly remaining: number
  /** Milliseconds until the rate's window ends; 0 where none is open. */
  readonly resetMs: number
}

/**
 * Accepts `perMinute` actions of each key per minute, and as many again as a burst once in ten minutes: a key gets at
 * most twice the rate within its first minute, and the rate afterwards.
 */
export class BurstLimiter {
  readonly perMinute: number
  readonly #rate: RateLimiterAbstract
  readonly #burst: RateLimiterAbstract
  readonly #limiter: BurstyRateLimiter

  /** `name` keeps the keys of two limiters apart. Without `counters` the process counts by itself. */
  constructor(name: string, perMinute: number, counters: SharedCounters | null) {
    this.perMinute = perMinute
    this.#rate = createLimiter({ keyPrefix: name, points: perMinute, duration: RATE_WINDOW_S }, counters)
    this.#burst = createLimiter(
      { keyPrefix: `${name}-burst`, points: perMinute, duration: BURST_WINDOW_S },
      counters,
    )
    this.#limiter = new BurstyRateLimiter(this.#rate, this.#burst)
  }

  /** Counts an action. Resolves to null where it is accepted, else to the milliseconds until the next one may be. */
  async consume(key: string): Promise<number | null> {
    try {
      await this.#limiter.consume(key)
      return null
    } catch (rejection) {
      if (rejection instanceof RateLimiterRes) return Math.max(1, Math.ceil(rejection.msBeforeNext))
      throw rejection
    }
  }

  /** Reads what a key has left, without counting anything. */
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

/** Counts in the shared database where there is one, and in memory while it does not answer. */
function createLimiter(options: LimiterOptions, counters: SharedCounters | null): RateLimiterAbstract {
  const memory = new BoundedMemoryLimiter(options)
  if (counters === null) return memory
  return new RateLimiterPostgres({
    ...options,
    storeClient: counters,
    storeType: 'pool',
    tableName: counters.table,
    tableCreated: true,
    // The database module prunes: the library's timer cannot be stopped.
    clearExpiredByTimeout: false,
    // A key with no points left is refused from memory until its window ends, without a query.
    inMemoryBlockOnConsumed: options.points,
    insuranceLimiter: memory,
  })
}
