/** The capacity of a bucket, and the tokens that are added per second. */
export interface BucketSize {
  readonly capacity: number
  readonly perSecond: number
}

/**
 * A token bucket that may be overdrawn: the cost of an action may be known only afterwards. An action is allowed while
 * there are any tokens, and the next ones wait until the debt is paid.
 */
export class TokenBucket {
  readonly #size: BucketSize
  #tokens: number
  /** When `#tokens` was last updated, in milliseconds of `performance.now()`. */
  #updatedAt = performance.now()

  constructor(size: BucketSize) {
    this.#size = size
    this.#tokens = size.capacity
  }

  /** Milliseconds until tokens may be spent; 0 if they may be now. */
  get waitMs(): number {
    const tokens = this.#refill()
    return tokens > 0 ? 0 : Math.max(1, Math.ceil((-tokens / this.#size.perSecond) * 1_000))
  }

  /** Spends tokens, even if there are not enough. */
  spend(tokens: number): void {
    this.#tokens = this.#refill() - tokens
  }

  #refill(): number {
    const now = performance.now()
    const { capacity, perSecond } = this.#size
    this.#tokens = Math.min(capacity, this.#tokens + ((now - this.#updatedAt) / 1_000) * perSecond)
    this.#updatedAt = now
    return this.#tokens
  }
}
