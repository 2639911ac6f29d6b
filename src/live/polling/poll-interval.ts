export interface PollIntervalOptions {
  /** Milliseconds between two looks at an active room. */
  readonly activeMs: number
  /** Milliseconds between two looks at a quiet room, at most. */
  readonly idleMs: number
}

const SLOWING = 1.5
const JITTER = 0.1

/** When to look again: soon while something happens, ever more seldom while nothing does. Times are milliseconds. */
export class PollInterval {
  readonly #activeMs: number
  readonly #slowestMs: number
  readonly #now: () => number
  #intervalMs: number
  #lookedAt = Number.NEGATIVE_INFINITY
  #dueAt = Number.NEGATIVE_INFINITY
  #barredUntil = Number.NEGATIVE_INFINITY
  /** Milliseconds after the look under way at which the next one is due, where one was asked for. */
  #hurried: number | null = null

  /** `now` is a clock that never goes back. The first look is due at once. */
  constructor({ activeMs, idleMs }: PollIntervalOptions, now: () => number = () => performance.now()) {
    this.#activeMs = activeMs
    this.#slowestMs = Math.max(activeMs, idleMs)
    this.#now = now
    this.#intervalMs = activeMs
  }

  /** Milliseconds until the next look is due; 0 when it is. */
  get waitMs(): number {
    return Math.max(0, this.rateLimitedForMs, this.#dueAt - this.#now())
  }

  /** Milliseconds for which the provider wants to hear nothing, whoever asks; mostly 0. */
  get rateLimitedForMs(): number {
    return Math.max(0, this.#barredUntil - this.#now())
  }

  /** Something happened, or somebody came: look as often as at an active room. */
  reset(): void {
    this.#intervalMs = this.#activeMs
    this.#dueAt = Math.min(this.#dueAt, this.#lookedAt + this.#activeMs)
  }

  /** Something may just have happened: look now as far as the provider allows, or `gapMs` after the last look. */
  pollNow(gapMs = 0): void {
    this.#intervalMs = this.#activeMs
    this.#dueAt = Math.min(this.#dueAt, Math.max(this.#now(), this.#lookedAt + gapMs))
    this.#hurried = gapMs
  }

  /** A look begins. What is hurried while it is under way, it may not see. */
  onPollStarted(): void {
    this.#hurried = null
  }

  /** The look brought an answer. Without `quicken` in between, each makes the next but one later. */
  onPollSucceeded(): void {
    this.#schedule(this.#next())
  }

  /**
   * The look failed; the provider asked for `retryAfterMs` of silence. Where it did, it is asked again right after:
   * how long it is left alone if it goes on refusing is the budget's to say.
   */
  onPollFailed(retryAfterMs: number): void {
    this.#barredUntil = Math.max(this.#barredUntil, this.#now() + retryAfterMs)
    this.#schedule(retryAfterMs > 0 ? retryAfterMs : Math.min(2 * this.#next(), this.#slowestMs))
  }

  #schedule(ms: number): void {
    this.#lookedAt = this.#now()
    this.#dueAt = this.#lookedAt + (this.#hurried ?? ms)
  }

  #next(): number {
    const ms = this.#intervalMs
    this.#intervalMs = Math.min(ms * SLOWING, this.#slowestMs)
    // Rooms that started together shall not keep asking together.
    return ms * (1 - JITTER + 2 * JITTER * Math.random())
  }
}
