import type { Digest } from './digest.ts'
import type { LiveState } from './live-state.ts'
import { Pace, type PaceOptions } from './pace.ts'
import { SafetyLooks } from './safety-looks.ts'

/**
 * When one room is to be looked at: where the account's digest serves it, when the digest names it or somebody
 * gives a hint, and rarely beside; else at its own pace. Times are milliseconds of `performance.now()`.
 */
export class LookTimes {
  readonly #pace: Pace
  readonly #safety: SafetyLooks
  readonly #digest: Digest | null
  readonly #idleMs: number
  #withinReach: boolean | null = null
  #readAt = Number.NEGATIVE_INFINITY
  #hinted = false
  #hintedAgain = false
  #wasServed = false
  #heldUntil = Number.NEGATIVE_INFINITY

  constructor(pace: PaceOptions, digest: Digest | null) {
    this.#pace = new Pace(pace)
    this.#safety = new SafetyLooks(pace.idleMs)
    this.#digest = digest
    this.#idleMs = pace.idleMs
  }

  /** Milliseconds until a look is due; 0 when it is. */
  get waitMs(): number {
    if (this.#isServed && !this.#hinted) return Math.max(this.#pace.barredMs, this.#safety.waitMs)
    return Math.max(this.#pace.waitMs, this.#heldUntil - performance.now())
  }

  /** Milliseconds for which the provider wants to hear nothing; mostly 0. */
  get barredMs(): number {
    return this.#pace.barredMs
  }

  /** What serves the room, and how late that may be. */
  get live(): LiveState {
    if (this.#digest && this.#isServed) {
      return { source: 'DIGEST', latencyMs: this.#digest.latencyMs, lagMs: this.#digest.lagMs }
    }
    const lagMs = this.#readAt < 0 ? null : performance.now() - this.#readAt
    return { source: 'POLL', latencyMs: lagMs === null ? null : lagMs + this.waitMs, lagMs }
  }

  /** Whether the digest works and nobody knows yet if it sees this room. */
  get seeksReach(): boolean {
    return this.#withinReach === null && this.#digest !== null && this.#digest.toldFrom !== null
  }

  /** Whether the digest's credential sees the room; null where that is not known still. */
  reach(within: boolean | null): void {
    this.#withinReach = within
    this.#wasServed = this.#isServed
  }

  /** Something may have happened: a look is due now. */
  hint(): void {
    this.#hinted = true
    this.#hintedAgain = true
    this.#heldUntil = Number.NEGATIVE_INFINITY
    this.#pace.hurry()
    this.#safety.happened(0)
  }

  /** Somebody came: look as often as at an active room, where the room is looked at by its own pace. */
  quicken(): void {
    this.#pace.quicken()
  }

  /** The digest begins to be reliable, or ends. Rooms that it leaves at once shall not all be looked at at once. */
  turn(): void {
    const served = this.#isServed
    if (this.#wasServed && !served) this.#heldUntil = performance.now() + Math.random() * this.#idleMs
    this.#wasServed = served
  }

  /** A look begins. What is hinted at while it is under way, it may not see. */
  begin(): void {
    this.#hintedAgain = false
    this.#pace.begin()
  }

  /** A look that began then was answered; `quietMs` ago something had happened in the room, 0 where it is news. */
  answered(beganAt: number, quietMs: number | null): void {
    this.#hinted = this.#hintedAgain
    this.#readAt = beganAt
    if (quietMs === 0) this.#pace.quicken()
    if (quietMs === null) this.#safety.looked()
    else this.#safety.happened(quietMs)
    this.#pace.answered()
    this.#wasServed = this.#isServed
  }

  /** A look failed; the provider asked for `retryAfterMs` of silence. */
  failed(retryAfterMs: number): void {
    this.#hinted = true
    this.#pace.failed(retryAfterMs)
  }

  get #isServed(): boolean {
    const toldFrom = this.#digest?.toldFrom ?? null
    return toldFrom !== null && this.#withinReach === true && this.#readAt >= toldFrom
  }
}
