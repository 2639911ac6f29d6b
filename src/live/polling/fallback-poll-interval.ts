/** Maximum milliseconds between two fallback polls. */
const MAX_FALLBACK_INTERVAL_MS = 1_800_000

/** First intervals until a poll looks for what rows and webhooks do not show: edits, deletions, and what they lose. */
const CONTENT_INTERVALS = 4

/**
 * Decides when to poll a room that the account poller serves. The account poller cannot see an edit of an older message or
 * a deletion without a trace; these mostly follow activity that it does see. So the interval grows with the time since the
 * last activity, from `firstMs` to half an hour. All times are in milliseconds.
 */
export class FallbackPollInterval {
  readonly #firstMs: number
  #intervalMs = MAX_FALLBACK_INTERVAL_MS
  #dueAt = Number.NEGATIVE_INFINITY

  constructor(firstMs: number) {
    this.#firstMs = Math.min(firstMs, MAX_FALLBACK_INTERVAL_MS)
  }

  /** Milliseconds until the next poll is due; 0 when it is. */
  get waitMs(): number {
    return Math.max(0, this.#dueAt - performance.now())
  }

  /** The room had activity `agoMs` ago. */
  onActivity(agoMs: number): void {
    this.#intervalMs = Math.min(Math.max(agoMs, this.#firstMs), MAX_FALLBACK_INTERVAL_MS)
    this.#schedule()
  }

  /** Something arrived without a poll. It does not postpone a poll that is due earlier. */
  onPushed(): void {
    this.#intervalMs = this.#firstMs
    this.#dueAt = Math.min(this.#dueAt, performance.now() + this.#firstMs)
  }

  /**
   * A message arrived that a row or a webhook showed, without a poll. An active room is then polled less often than the
   * provider's limit of reads would be used up by.
   */
  onContent(): void {
    this.#intervalMs = Math.min(CONTENT_INTERVALS * this.#firstMs, MAX_FALLBACK_INTERVAL_MS)
    this.#dueAt = Math.min(this.#dueAt, performance.now() + this.#intervalMs)
  }

  /** A poll found no change. */
  onNoChange(): void {
    this.#intervalMs = Math.min(this.#intervalMs * 2, MAX_FALLBACK_INTERVAL_MS)
    this.#schedule()
  }

  /** Jitter keeps rooms that were subscribed to together from being polled together. */
  #schedule(): void {
    this.#dueAt = performance.now() + this.#intervalMs * (0.5 + Math.random() / 2)
  }
}
