import type { AccountPoller } from './account-poller.ts'
import { FallbackPollInterval } from './fallback-poll-interval.ts'
import type { LiveState } from './live-state.ts'
import { PollInterval, type PollIntervalOptions } from './poll-interval.ts'

/**
 * When one room is to be looked at: where the account's digest serves it, when the digest names it or somebody
 * gives a hint, and rarely beside; else at its own pace. Times are milliseconds of `performance.now()`.
 */
export class PollSchedule {
  readonly #pace: PollInterval
  readonly #safety: FallbackPollInterval
  readonly #digest: AccountPoller | null
  readonly #idleMs: number
  #withinReach: boolean | null = null
  #readAt = Number.NEGATIVE_INFINITY
  #hinted = false
  #hintedAgain = false
  #wasServed = false
  #heldUntil = Number.NEGATIVE_INFINITY

  constructor(pace: PollIntervalOptions, digest: AccountPoller | null) {
    this.#pace = new PollInterval(pace)
    this.#safety = new FallbackPollInterval(pace.idleMs)
    this.#digest = digest
    this.#idleMs = pace.idleMs
  }

  /** Milliseconds until a look is due; 0 when it is. */
  get waitMs(): number {
    if (this.#isServed && !this.#hinted) return Math.max(this.#pace.rateLimitedForMs, this.#safety.waitMs)
    return Math.max(this.#pace.waitMs, this.#heldUntil - performance.now())
  }

  /** Milliseconds for which the provider wants to hear nothing; mostly 0. */
  get rateLimitedForMs(): number {
    return this.#pace.rateLimitedForMs
  }

  /** What serves the room, and how late that may be. */
  get liveState(): LiveState {
    if (this.#digest && this.#isServed) {
      return { source: 'DIGEST', latencyMs: this.#digest.latencyMs, lagMs: this.#digest.lagMs }
    }
    const lagMs = this.#readAt < 0 ? null : performance.now() - this.#readAt
    return { source: 'POLL', latencyMs: lagMs === null ? null : lagMs + this.waitMs, lagMs }
  }

  /** Whether the digest works and nobody knows yet if it sees this room. */
  get isCoverageUnknown(): boolean {
    return this.#withinReach === null && this.#digest !== null && this.#digest.reliableSince !== null
  }

  /** Whether the digest's credential sees the room; null where that is not known still. */
  setCovered(within: boolean | null): void {
    this.#withinReach = within
    this.#wasServed = this.#isServed
  }

  /** Something may have happened: a look is due now. */
  pollNow(): void {
    this.#hinted = true
    this.#hintedAgain = true
    this.#heldUntil = Number.NEGATIVE_INFINITY
    this.#pace.pollNow()
    this.#safety.onActivity(0)
  }

  /** Somebody came: look as often as at an active room, where the room is looked at by its own pace. */
  reset(): void {
    this.#pace.reset()
  }

  /** The digest begins to be reliable, or ends. Rooms that it leaves at once shall not all be looked at at once. */
  onPollerStateChange(): void {
    const served = this.#isServed
    if (this.#wasServed && !served) this.#heldUntil = performance.now() + Math.random() * this.#idleMs
    this.#wasServed = served
  }

  /** A look begins. What is hinted at while it is under way, it may not see. */
  onPollStarted(): void {
    this.#hintedAgain = false
    this.#pace.onPollStarted()
  }

  /** A look that began then was answered; `quietMs` ago something had happened in the room, 0 where it is news. */
  onPollSucceeded(beganAt: number, quietMs: number | null): void {
    this.#hinted = this.#hintedAgain
    this.#readAt = beganAt
    if (quietMs === 0) this.#pace.reset()
    if (quietMs === null) this.#safety.onNoChange()
    else this.#safety.onActivity(quietMs)
    this.#pace.onPollSucceeded()
    this.#wasServed = this.#isServed
  }

  /** A look failed; the provider asked for `retryAfterMs` of silence. */
  onPollFailed(retryAfterMs: number): void {
    this.#hinted = true
    this.#pace.onPollFailed(retryAfterMs)
  }

  get #isServed(): boolean {
    const toldFrom = this.#digest?.reliableSince ?? null
    return toldFrom !== null && this.#withinReach === true && this.#readAt >= toldFrom
  }
}
