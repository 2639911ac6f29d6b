import { LRUCache } from 'lru-cache'
import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Settings of a limiter: the number of actions, and the seconds of the window in which they are allowed. */
export type LimiterOptions = Pick<
  ConstructorParameters<typeof RateLimiterMemory>[0],
  'keyPrefix' | 'points' | 'duration'
>

/** The largest number of keys of one limiter: about 13 MB. */
const MAX_KEYS = 20_000

/**
 * Counts in memory, for a bounded number of keys. The library's limiter keeps every key until its window ends, and
 * unknown clients determine the keys. Here the least recently used key is forgotten. An attacker gains nothing: with
 * this many addresses it has a budget for each of them anyway.
 */
export class BoundedMemoryLimiter extends RateLimiterMemory {
  readonly #keys: LRUCache<string, true>

  constructor(options: LimiterOptions, maxKeys = MAX_KEYS) {
    super(options)
    this.#keys = new LRUCache({
      // With `max` the library would allocate room for all keys at once.
      maxSize: maxKeys,
      sizeCalculation: () => 1,
      dispose: (_value, key, reason) => {
        if (reason === 'evict') void this.delete(key)
      },
    })
  }

  override consume(...args: Parameters<RateLimiterMemory['consume']>) {
    this.#keys.set(String(args[0]), true)
    return super.consume(...args)
  }
}
