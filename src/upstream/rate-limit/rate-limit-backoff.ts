import type { QuotaShare } from './rate-limit-window.ts'

/** Backoff after a rate-limit response without a wait: doubled each time, with up to 50 % jitter after the first. */
const FIRST_BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 60_000
/** After this many other responses, a rate-limit response starts a new series with the first backoff. */
const RESPONSES_BETWEEN_SERIES = 10
/** Two series within this time indicate a limit; a single one can have any cause. */
const RECURRENCE_MS = 120_000

interface RateLimitedCall {
  readonly share: QuotaShare
  readonly sentAt: number
}

/** What a rate-limit response says about the limit of its route. */
interface RateLimitEvidence {
  /** Whether it starts a new series: the route has given ten other responses since the last one. */
  readonly isNewSeries: boolean
  /** Whether it also comes soon after the last series, which indicates a limit. */
  readonly isRecurring: boolean
}

/** Backoff after the rate-limit responses of one route. Times are milliseconds of a monotonic clock. */
export class RateLimitBackoff {
  #blockedUntil = Number.NEGATIVE_INFINITY
  /** Applies to all but interactive requests. */
  #backgroundBlockedUntil = Number.NEGATIVE_INFINITY
  #lastRateLimitedAt = Number.NEGATIVE_INFINITY
  #inSeries = 0
  /** Other responses since the last rate-limit response. */
  #responses = 0

  /** Time of the last rate-limit response; -Infinity before the first. */
  get lastRateLimitedAt(): number {
    return this.#lastRateLimitedAt
  }

  /** Milliseconds until a request of this share may be sent. */
  waitMs(share: QuotaShare, now: number): number {
    const isInteractive = share === 'interactive'
    const until = isInteractive
      ? this.#blockedUntil
      : Math.max(this.#blockedUntil, this.#backgroundBlockedUntil)
    return Math.max(0, until - now)
  }

  /** Ends the backoff: a request sent after the last rate-limit response got another response. */
  reset(): void {
    this.#responses += 1
    this.#blockedUntil = Number.NEGATIVE_INFINITY
    this.#backgroundBlockedUntil = Number.NEGATIVE_INFINITY
  }

  /**
   * Records a rate-limit response; `retryAfterMs` is the wait that it asks for, null if it names none. Requests that
   * were in flight together are limited for the same reason: only the first of them counts.
   */
  recordRateLimited(call: RateLimitedCall, retryAfterMs: number | null, now: number): RateLimitEvidence {
    if (retryAfterMs !== null) this.#block(now + retryAfterMs)
    if (call.sentAt <= this.#lastRateLimitedAt) return { isNewSeries: false, isRecurring: false }
    const isNewSeries = this.#responses >= RESPONSES_BETWEEN_SERIES
    const isRecurring = isNewSeries && now - this.#lastRateLimitedAt <= RECURRENCE_MS
    this.#inSeries = isNewSeries ? 1 : this.#inSeries + 1
    this.#responses = 0
    this.#lastRateLimitedAt = now
    if (retryAfterMs === null) this.#backOff(call.share, now)
    return { isNewSeries, isRecurring }
  }

  /** Blocks all but interactive requests until this time, or until a request gets another response. */
  pauseBackground(until: number): void {
    this.#backgroundBlockedUntil = Math.max(this.#backgroundBlockedUntil, until)
  }

  #block(until: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, until)
  }

  /** A rate-limited poll blocks interactive requests for the first backoff only: they find out for themselves. */
  #backOff(share: QuotaShare, now: number): void {
    const ms = backoffMs(this.#inSeries)
    this.#block(now + (share === 'interactive' ? ms : FIRST_BACKOFF_MS))
    this.pauseBackground(now + ms)
  }
}

function backoffMs(inSeries: number): number {
  if (inSeries < 2) return FIRST_BACKOFF_MS
  const doubledMs = Math.min(FIRST_BACKOFF_MS * 2 ** (inSeries - 1), MAX_BACKOFF_MS)
  return doubledMs * (1 + Math.random() / 2)
}
