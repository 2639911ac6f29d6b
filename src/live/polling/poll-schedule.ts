import { PushSchedule } from '../push/push-schedule.ts'
import type { PushTimes } from '../push/push-times.ts'
import type { AccountPoller } from './account-poller.ts'
import { FallbackPollInterval } from './fallback-poll-interval.ts'
import type { LiveState } from './live-state.ts'
import { PollInterval, type PollIntervalOptions } from './poll-interval.ts'

/**
 * Decides when one room is polled. Where push serves the room: when the push schedule wants to compare. Where the account
 * poller serves it: on its activity, on a hint, and rarely as a fallback. Elsewhere: with the room's own interval. Times are in milliseconds of `performance.now()`.
 */
export class PollSchedule {
  readonly #interval: PollInterval
  readonly #fallback: FallbackPollInterval
  readonly #accountPoller: AccountPoller | null
  readonly #push: PushSchedule
  readonly #idleMs: number
  /** Whether the account poller's credential sees the room; null while that is not known. */
  #isCovered: boolean | null = null
  #readAt = Number.NEGATIVE_INFINITY
  #isRequested = false
  #isRequestedAgain = false
  /** Whether the poll was requested only because new messages were announced. */
  #isForAdditions = false
  #wasServed = false
  #delayedUntil = Number.NEGATIVE_INFINITY
  readonly #maxPushWaitMs: number
  /** Until when the requested poll waits for push. */
  #pushAwaitedUntil = Number.NEGATIVE_INFINITY

  constructor(options: PollIntervalOptions, accountPoller: AccountPoller | null, pushTimes: PushTimes) {
    this.#push = new PushSchedule(pushTimes)
    this.#interval = new PollInterval(options)
    this.#fallback = new FallbackPollInterval(options.idleMs)
    this.#accountPoller = accountPoller
    this.#idleMs = options.idleMs
    this.#maxPushWaitMs = pushTimes.maxJoinWaitMs
  }

  /** Milliseconds until a poll is due; 0 when it is. */
  get waitMs(): number {
    if (this.#push.isServing && !this.#isRequested) {
      return Math.max(this.#interval.rateLimitedForMs, this.#push.waitMs)
    }
    if (this.#isServed && !this.#isRequested) {
      return Math.max(this.#interval.rateLimitedForMs, this.#fallback.waitMs)
    }
    return Math.max(
      this.#interval.waitMs,
      Math.max(this.#delayedUntil, this.#pushAwaitedUntil) - performance.now(),
    )
  }

  /** Whether the next poll is an audit of push, which leaves the rate limit to others first. */
  get isAudit(): boolean {
    return this.#push.isServing && !this.#isRequested && this.#push.urgentWaitMs > 0
  }

  /** Milliseconds for which the provider has asked to send no request at all; usually 0. */
  get rateLimitedForMs(): number {
    return this.#interval.rateLimitedForMs
  }

  /** The source that serves the room, and its delay. */
  get liveState(): LiveState {
    if (this.#push.isServing) return { source: 'PUSH', latencyMs: 0, lagMs: null }
    if (this.#accountPoller && this.#isServed) {
      const { latencyMs, lagMs } = this.#accountPoller
      return { source: 'DIGEST', latencyMs, lagMs }
    }
    const lagMs = this.#readAt < 0 ? null : performance.now() - this.#readAt
    return { source: 'POLL', latencyMs: lagMs === null ? null : lagMs + this.waitMs, lagMs }
  }

  /** Polls and waits of a room whose changes the provider pushes. */
  get push(): PushSchedule {
    return this.#push
  }

  /**
   * The provider pushes the room's changes since then without interruption (`performance.now()`), or no more (null). A poll
   * compares at once after each (re)connection; rooms whose push ends together are not all polled at once.
   */
  setPushLiveSince(liveSince: number | null): void {
    const wasServing = this.#push.isServing
    this.#push.setLiveSince(liveSince)
    if (!wasServing || liveSince !== null) return
    this.#delayedUntil = performance.now() + Math.random() * this.#idleMs
    this.#accountPoller?.reset()
  }

  /** A message arrived without a poll; `isNews` if nothing had shown it before. */
  onPushed(messageId: string, isNews: boolean): void {
    this.#push.onPushed(messageId, isNews)
    if (isNews) this.#fallback.onPushed()
  }

  /** A message arrived that a row or a webhook showed, without a poll. */
  onContent(): void {
    this.#interval.reset()
    this.#fallback.onContent()
  }

  /** Whether a poll is due or in flight because the room may have changed. */
  get isPollRequested(): boolean {
    return this.#isRequested
  }

  /** All new messages are known. Returns true where that was all that the requested poll was for. */
  settleAdditions(): boolean {
    if (!this.#isRequested || !this.#isForAdditions) return false
    this.#isRequested = false
    this.#isRequestedAgain = false
    return true
  }

  /** Whether the account poller works and it is not known yet whether it sees this room. */
  get isCoverageUnknown(): boolean {
    return (
      this.#isCovered === null && this.#accountPoller !== null && this.#accountPoller.reliableSince !== null
    )
  }

  /** Sets whether the account poller's credential sees the room. */
  setCovered(isCovered: boolean): void {
    this.#isCovered = isCovered
    this.#wasServed = this.#isServed
  }

  /** Makes a poll due now: the room may have changed; with `isAddition`, only by new messages. */
  pollNow({ isAddition = false } = {}): void {
    this.#isForAdditions = isAddition && (this.#isForAdditions || !this.#isRequested)
    this.#isRequested = true
    this.#isRequestedAgain = true
    this.#delayedUntil = Number.NEGATIVE_INFINITY
    this.#pushAwaitedUntil = Number.NEGATIVE_INFINITY
    this.#interval.pollNow()
    this.#fallback.onActivity(0)
  }

  /** Makes a poll due as soon as the provider says whether it pushes: that poll is the comparison too, which push begins with. */
  pollWhenPushAnswers(): void {
    this.pollNow()
    this.#pushAwaitedUntil = performance.now() + this.#maxPushWaitMs
  }

  /** The provider has said whether it pushes. */
  onPushAnswered(): void {
    this.#pushAwaitedUntil = Number.NEGATIVE_INFINITY
  }

  /** Returns to the active interval for a new subscriber, where the room has its own interval. */
  reset(): void {
    this.#interval.reset()
  }

  /** The account poller becomes reliable or fails. The rooms that it no longer serves are not all polled at once. */
  onPollerStateChange(): void {
    const isServed = this.#isServed
    if (this.#wasServed && !isServed) this.#delayedUntil = performance.now() + Math.random() * this.#idleMs
    this.#wasServed = isServed
  }

  /** A poll starts. It may miss what is requested while it is in flight. */
  onPollStarted(): void {
    this.#isRequestedAgain = false
    this.#interval.onPollStarted()
  }

  /** A poll that started at `startedAt` succeeded; the last activity was `inactiveMs` ago, 0 where the poll shows changes. */
  onPollSucceeded(startedAt: number, inactiveMs: number | null): void {
    this.#isRequested = this.#isRequestedAgain
    this.#readAt = startedAt
    if (inactiveMs === 0) this.#interval.reset()
    if (inactiveMs === null) this.#fallback.onNoChange()
    else this.#fallback.onActivity(inactiveMs)
    this.#interval.onPollSucceeded()
    this.#wasServed = this.#isServed
  }

  /** A poll failed; the provider asked to wait `retryAfterMs`, or 0. */
  onPollFailed(retryAfterMs: number): void {
    this.#isForAdditions &&= this.#isRequested
    this.#isRequested = true
    this.#interval.onPollFailed(retryAfterMs)
  }

  get #isServed(): boolean {
    const reliableSince = this.#accountPoller?.reliableSince ?? null
    return reliableSince !== null && this.#isCovered === true && this.#readAt >= reliableSince
  }
}
