/** A room that nothing is heard of is looked at by itself at least so often, in milliseconds. */
export const MAX_FALLBACK_INTERVAL_MS = 1_800_000

/**
 * When a room that a digest serves is looked at all the same: what the digest cannot show (an edit of an older
 * message, a deletion without a trace) follows mostly what it does show. So the looks grow as rare as the room
 * has been quiet, from `firstMs` to half an hour. Times are milliseconds.
 */
export class FallbackPollInterval {
  readonly #firstMs: number
  #intervalMs = MAX_FALLBACK_INTERVAL_MS
  #dueAt = Number.NEGATIVE_INFINITY

  constructor(firstMs: number) {
    this.#firstMs = Math.min(firstMs, MAX_FALLBACK_INTERVAL_MS)
  }

  /** Milliseconds until the next look is due; 0 when it is. */
  get waitMs(): number {
    return Math.max(0, this.#dueAt - performance.now())
  }

  /** Something happened in the room so long ago. */
  onActivity(agoMs: number): void {
    this.#intervalMs = Math.min(Math.max(agoMs, this.#firstMs), MAX_FALLBACK_INTERVAL_MS)
    this.#schedule()
  }

  /** The room was looked at, and nothing had happened. */
  onNoChange(): void {
    this.#intervalMs = Math.min(this.#intervalMs * 2, MAX_FALLBACK_INTERVAL_MS)
    this.#schedule()
  }

  /** Rooms that were joined together shall not all be looked at together. */
  #schedule(): void {
    this.#dueAt = performance.now() + this.#intervalMs * (0.5 + Math.random() / 2)
  }
}
