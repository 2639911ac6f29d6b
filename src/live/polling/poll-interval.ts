export interface PollIntervalOptions {
  /** Milliseconds between two polls of an active room. */
  readonly activeMs: number
  /** Maximum milliseconds between two polls of an idle room. */
  readonly idleMs: number
}

const BACKOFF_FACTOR = 1.5
const JITTER = 0.1

/**
 * Decides when to poll next: with the active interval after activity, then with a growing interval up to the idle one.
 * All times are in milliseconds.
 */
export class PollInterval {
  readonly #activeMs: number
  readonly #maxMs: number
  readonly #now: () => number
  #intervalMs: number
  #polledAt = Number.NEGATIVE_INFINITY
  #dueAt = Number.NEGATIVE_INFINITY
  #rateLimitedUntil = Number.NEGATIVE_INFINITY
  /** Milliseconds after the current poll at which the next one was requested meanwhile; null where none was. */
  #requestedGapMs: number | null = null

  /** `now` is a monotonic clock. The first poll is due immediately. */
  constructor({ activeMs, idleMs }: PollIntervalOptions, now: () => number = () => performance.now()) {
    this.#activeMs = activeMs
    this.#maxMs = Math.max(activeMs, idleMs)
    this.#now = now
    this.#intervalMs = activeMs
  }

  /** Milliseconds until the next poll is due; 0 when it is. */
  get waitMs(): number {
    return Math.max(0, this.rateLimitedForMs, this.#dueAt - this.#now())
  }

  /** Milliseconds for which the provider has asked to send no request at all; usually 0. */
  get rateLimitedForMs(): number {
    return Math.max(0, this.#rateLimitedUntil - this.#now())
  }

  /** Returns to the active interval, after activity or for a new subscriber. */
  reset(): void {
    this.#intervalMs = this.#activeMs
    this.#dueAt = Math.min(this.#dueAt, this.#polledAt + this.#activeMs)
  }

  /** Makes the next poll due now, or `gapMs` after the last one, as far as the provider's rate limit allows. */
  pollNow(gapMs = 0): void {
    this.#intervalMs = this.#activeMs
    this.#dueAt = Math.min(this.#dueAt, Math.max(this.#now(), this.#polledAt + gapMs))
    this.#requestedGapMs = gapMs
  }

  /** A poll starts. It may miss what is requested while it is in flight. */
  onPollStarted(): void {
    this.#requestedGapMs = null
  }

  /** A poll succeeded. Without `reset` in between, the interval grows with each one. */
  onPollSucceeded(): void {
    this.#schedule(this.#nextIntervalMs())
  }

  /**
   * A poll failed; the provider asked to wait `retryAfterMs`, or 0. After such a wait it is polled again immediately: backoff
   * after repeated rate-limit responses is the job of the rate limiter.
   */
  onPollFailed(retryAfterMs: number): void {
    this.#rateLimitedUntil = Math.max(this.#rateLimitedUntil, this.#now() + retryAfterMs)
    this.#schedule(retryAfterMs > 0 ? retryAfterMs : Math.min(2 * this.#nextIntervalMs(), this.#maxMs))
  }

  #schedule(ms: number): void {
    this.#polledAt = this.#now()
    this.#dueAt = this.#polledAt + (this.#requestedGapMs ?? ms)
  }

  #nextIntervalMs(): number {
    const ms = this.#intervalMs
    this.#intervalMs = Math.min(ms * BACKOFF_FACTOR, this.#maxMs)
    // Jitter keeps rooms that were opened together from being polled together.
    return ms * (1 - JITTER + 2 * JITTER * Math.random())
  }
}
