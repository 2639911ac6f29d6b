import type { QuotaShare } from './rate-limit-window.ts'

/** The silence after a refusal that names none: doubled with each further one, these longer by up to a half. */
const FIRST_SILENCE_MS = 1_000
const LONGEST_SILENCE_MS = 60_000
/** After so many answers a refusal is another one: its silence begins short again. */
const ENOUGH_ANSWERS = 10
/** Another one so soon after the last shows a limit: one alone may be of any cause. */
const RECURS_WITHIN_MS = 120_000

interface RefusedCall {
  readonly share: QuotaShare
  readonly sentAt: number
}

/** What a refusal says of its route's limit. */
interface RefusalMeaning {
  /** Whether the route had answered ten calls since the last one: it is not the same one still. */
  readonly afterAnswers: boolean
  /** Whether moreover that last one is not long ago: both show a limit. */
  readonly recurs: boolean
}

/** The refusals of one route, and the silences after them. Times are milliseconds of one clock that never goes back. */
export class RateLimitBackoff {
  /** Nobody calls before. */
  #silentUntil = Number.NEGATIVE_INFINITY
  /** No look leaves before, unless a call was answered since. */
  #noLookUntil = Number.NEGATIVE_INFINITY
  #at = Number.NEGATIVE_INFINITY
  #inARow = 0
  /** Calls answered since the last refusal. */
  #answers = 0

  /** When the last of them came; -Infinity before the first. */
  get lastRateLimitedAt(): number {
    return this.#at
  }

  /** Milliseconds until such a call may leave. */
  waitMs(share: QuotaShare, now: number): number {
    const until = share === 'interactive' ? this.#silentUntil : Math.max(this.#silentUntil, this.#noLookUntil)
    return Math.max(0, until - now)
  }

  /** A call that left after the last refusal was not refused: whatever silence was asked for is over. */
  reset(): void {
    this.#answers += 1
    this.#silentUntil = Number.NEGATIVE_INFINITY
    this.#noLookUntil = Number.NEGATIVE_INFINITY
  }

  /**
   * A call that left at `sentAt` was refused; `waitMs` is the silence that the refusal asks for, null where it names
   * none. Those under way together are refused for the same reason, and tell nothing new.
   */
  recordRateLimited(call: RefusedCall, waitMs: number | null, now: number): RefusalMeaning {
    if (waitMs !== null) this.#silence(now + waitMs)
    if (call.sentAt <= this.#at) return { afterAnswers: false, recurs: false }
    const afterAnswers = this.#answers >= ENOUGH_ANSWERS
    const recurs = afterAnswers && now - this.#at <= RECURS_WITHIN_MS
    this.#inARow = afterAnswers ? 1 : this.#inARow + 1
    this.#answers = 0
    this.#at = now
    if (waitMs === null) this.#backOff(call.share, now)
    return { afterAnswers, recurs }
  }

  /** No look leaves before this moment, unless a call is answered. */
  pauseBackground(until: number): void {
    this.#noLookUntil = Math.max(this.#noLookUntil, until)
  }

  #silence(until: number): void {
    this.#silentUntil = Math.max(this.#silentUntil, until)
  }

  /** What looks are refused for shall not keep people: they find out for themselves. */
  #backOff(share: QuotaShare, now: number): void {
    const ms = silenceMs(this.#inARow)
    this.#silence(now + (share === 'interactive' ? ms : FIRST_SILENCE_MS))
    this.pauseBackground(now + ms)
  }
}

function silenceMs(inARow: number): number {
  if (inARow < 2) return FIRST_SILENCE_MS
  const doubled = Math.min(FIRST_SILENCE_MS * 2 ** (inARow - 1), LONGEST_SILENCE_MS)
  return doubled * (1 + Math.random() / 2)
}
