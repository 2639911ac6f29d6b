/** How much may be spent at once, and how much comes back per second. */
export interface BucketSize {
  readonly capacity: number
  readonly perSecond: number
}

/**
 * A token bucket. What something costs may be known only afterwards, so spending is allowed while anything is left and
 * may overdraw the bucket: the debt is waited off.
 */
export class TokenBucket {
  readonly #size: BucketSize
  #tokens: number
  /** When `#tokens` was right, in milliseconds of `performance.now()`. */
  #at = performance.now()

  constructor(size: BucketSize) {
    this.#size = size
    this.#tokens = size.capacity
  }

  /** Milliseconds until something may be spent; 0 where it may be now. */
  get waitMs(): number {
    const tokens = this.#refill()
    return tokens > 0 ? 0 : Math.max(1, Math.ceil((-tokens / this.#size.perSecond) * 1_000))
  }

  /** Spends tokens, whether they are there or not. */
  spend(tokens: number): void {
    this.#tokens = this.#refill() - tokens
  }

  #refill(): number {
    const now = performance.now()
    const { capacity, perSecond } = this.#size
    this.#tokens = Math.min(capacity, this.#tokens + ((now - this.#at) / 1_000) * perSecond)
    this.#at = now
    return this.#tokens
  }
}
