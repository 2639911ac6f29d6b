import { LRUCache } from 'lru-cache'
import { RateLimiterMemory } from 'rate-limiter-flexible'

/** Settings of a limiter: points, and the seconds of the window in which they may be used. */
export type LimiterOptions = Pick<
  ConstructorParameters<typeof RateLimiterMemory>[0],
  'keyPrefix' | 'points' | 'duration'
>

/** Keys that one limiter counts at most: about 13 MB. */
const MAX_KEYS = 20_000

/**
 * Counts in memory, for a bounded number of keys. The library's limiter keeps every key until its window ends, and
 * strangers choose the keys. Here the key that was used least recently is forgotten. This gives a caller nothing that it
 * does not have: a caller with so many addresses has a budget at each of them.
 */
export class BoundedMemoryLimiter extends RateLimiterMemory {
  readonly #keys: LRUCache<string, true>

  constructor(options: LimiterOptions, maxKeys = MAX_KEYS) {
    super(options)
    this.#keys = new LRUCache({
      max: maxKeys,
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
