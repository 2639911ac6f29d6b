import type { Logger } from 'pino'
import type { LiveLog } from '../../coordination/live-log.ts'
import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import { createOperatorCaller } from '../../domain/caller.ts'
import { ChatError, type ErrorCode } from '../../domain/errors.ts'
import type { Room } from '../../domain/model.ts'
import type { RoomActivity } from '../../domain/rooms.ts'
import type { Tracing } from '../../tracing/tracing.ts'
import { accountLogName } from '../replication/log-names.ts'
import type { Notice } from '../replication/notice.ts'
import { AccountReplication } from './account-replication.ts'
import { InterruptibleSleep } from './interruptible-sleep.ts'
import { logPollFailure } from './poll-failure-log.ts'
import { PollInterval, type PollIntervalOptions } from './poll-interval.ts'
import { failureCode, type PollSpan, tracePoll } from './poll-spans.ts'

/** Reads which rooms had activity since a sync token; null starts. */
export type ActivityReader = (syncToken: string | null, call: CallContext) => Promise<RoomActivity>

/** Failures that last until somebody changes the account; after any other failure the next poll may succeed. */
const PERMANENT_ERRORS: ReadonlySet<ErrorCode> = new Set([
  'FORBIDDEN',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'UNSUPPORTED',
])

/** Minimum milliseconds between two polls on request, or the active interval where that is shorter. */
const MIN_REQUESTED_GAP_MS = 1_000

/** Number of consecutive failures after which rooms are polled individually. */
const MAX_FAILURES = 3

export interface AccountPollerOptions {
  readonly adapter: ChatAdapter
  readonly readActivity: ActivityReader
  readonly pollInterval: PollIntervalOptions
  readonly log: Logger
  /** Records polls as spans; null where tracing is off. */
  readonly tracing: Tracing | null
  /** Whether the poller only audits, because push serves everybody who uses it. */
  readonly isAuditing: () => boolean
  /** What processes share; null where nothing is shared. */
  readonly liveLog: LiveLog | null
  /** Called when rooms had activity. */
  readonly onActivity: (activity: Omit<RoomActivity, 'syncToken'>) => void
  /** Called when the poller becomes reliable, or stops being so. */
  readonly onStateChange: () => void
  /** Called when nobody uses the poller any more. */
  readonly onStopped: () => void
}

/**
 * Polls one account for the rooms that had activity since the last poll. It runs while anybody uses it. A failed poll loses
 * nothing: the next one continues from the same sync token.
 */
export class AccountPoller {
  readonly #options: AccountPollerOptions
  readonly #interval: PollInterval
  readonly #sleep = new InterruptibleSleep()
  readonly #firstPoll: Promise<void>
  #resolveFirstPoll: () => void = () => {}
  readonly #stop = new AbortController()
  readonly #replication: AccountReplication | null
  #wasReliable = false
  #users = 0
  #syncToken: string | null = null
  #reliableSince: number | null = null
  #polledAt: number | null = null
  #failures = 0
  #hasFailedPermanently = false

  constructor(options: AccountPollerOptions) {
    this.#options = options
    this.#interval = new PollInterval(options.pollInterval)
    this.#firstPoll = new Promise((resolve) => {
      this.#resolveFirstPoll = resolve
    })
    const { liveLog, adapter, onActivity } = options
    this.#replication =
      liveLog &&
      new AccountReplication({
        liveLog,
        name: accountLogName(adapter.name),
        onActivity,
        onChange: () => this.#onSharingChange(),
        onPollRequested: () => this.requestPoll(),
      })
    void this.#run()
  }

  /**
   * `performance.now()` since which the poller reports all activity; null while it fails. A room that was read later needs
   * no polls of its own.
   */
  get reliableSince(): number | null {
    if (this.#replication?.isFollower) return this.#replication.reliableSince
    const isFailing = this.#hasFailedPermanently || this.#failures >= MAX_FAILURES
    return isFailing ? null : (this.#reliableSince ?? this.#replication?.continuedSince ?? null)
  }

  /** Milliseconds since the last successful poll started; null before the first. */
  get lagMs(): number | null {
    if (this.#replication?.isFollower) return this.#replication.lagMs
    return this.#polledAt === null ? null : performance.now() - this.#polledAt
  }

  /** Milliseconds from that poll to the next scheduled one. */
  get latencyMs(): number | null {
    if (this.#replication?.isFollower) return this.#replication.latencyMs
    return this.lagMs === null ? null : this.lagMs + this.#interval.waitMs
  }

  /** Keeps the poller running until the returned function is called, once. */
  acquire(): () => void {
    this.#users += 1
    return () => {
      this.#users -= 1
      if (this.#users === 0) this.#close()
    }
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted
  }

  /** Resolves when the first poll has succeeded or failed, or the poller has stopped. */
  get firstPoll(): Promise<void> {
    return this.#firstPoll
  }

  /** Returns to the active interval for a new subscriber. */
  reset(): void {
    this.#interval.reset()
    this.#sleep.wake()
  }

  /** Polls now, or shortly after a poll that has just been made: a room may have new activity. */
  requestPoll(): void {
    if (this.#replication?.isFollower) {
      this.#replication.requestPoll()
      return
    }
    this.#interval.pollNow(Math.min(MIN_REQUESTED_GAP_MS, this.#options.pollInterval.activeMs))
    this.#sleep.wake()
  }

  /** Takes in what another process has sent about the account. */
  onNotice(notice: Notice): void {
    this.#replication?.onNotice(notice)
  }

  #close(): void {
    this.#stop.abort()
    this.#replication?.leave()
    this.#resolveFirstPoll()
    this.#sleep.wake()
    this.#options.onStopped()
  }

  async #run(): Promise<void> {
    await this.#replication?.attach()
    while (!this.isStopped) {
      const isFollower = this.#replication?.isFollower ?? false
      if (isFollower) this.#resolveFirstPoll()
      if (this.#isPolling && this.#waitMs === 0) await this.#tracedPoll()
      else await this.#sleep.sleep(this.#waitMs)
      if (isFollower) this.#reportReliability()
    }
  }

  get #isPolling(): boolean {
    return !this.#replication?.isFollower || this.#replication.mustComplete
  }

  /** A follower waits for notices of the process that polls the account, or until their absence counts as a failure. */
  get #waitMs(): number {
    if (this.#isPolling) return this.#interval.waitMs
    return this.#replication?.unreliableInMs || Number.POSITIVE_INFINITY
  }

  #onSharingChange(): void {
    if (this.#isPolling) this.#interval.pollNow()
    this.#reportReliability()
    this.#sleep.wake()
  }

  #reportReliability(): void {
    const isReliable = this.reliableSince !== null
    if (isReliable === this.#wasReliable) return
    this.#wasReliable = isReliable
    this.#options.onStateChange()
  }

  #tracedPoll(): Promise<void> {
    const { tracing, adapter } = this.#options
    return tracePoll(tracing, { target: 'account', provider: adapter.name }, (span) => this.#poll(span))
  }

  async #poll(span: PollSpan): Promise<void> {
    const { readActivity, log, onStateChange } = this.#options
    const call: CallContext = {
      caller: accountCaller,
      signal: this.#stop.signal,
      log,
      priority: 'background',
    }
    const startedAt = performance.now()
    const before = this.reliableSince
    this.#interval.onPollStarted()
    try {
      const continued = (await this.#replication?.takeSyncToken()) ?? this.#syncToken
      const isLost = continued === 'LOST'
      const read = await readActivity(isLost ? null : continued, call)
      const activity = isLost ? { ...read, isComplete: false } : read
      // Another process polls the account by now: it finds the same.
      if (this.isStopped || !this.#isPolling) return
      span?.set({ 'switchboard.poll.rooms': activity.rooms.length })
      this.#onSucceeded(activity, startedAt)
      this.#replication?.onPolled(activity, startedAt, this.#interval.waitMs)
    } catch (error) {
      if (this.isStopped) return
      span?.fail(failureCode(error))
      this.#onFailed(error)
    }
    this.#resolveFirstPoll()
    this.#wasReliable = this.reliableSince !== null
    if (this.reliableSince !== before) onStateChange()
  }

  #onSucceeded(activity: RoomActivity, startedAt: number): void {
    this.#syncToken = activity.syncToken
    // After incomplete activity every room must be read once more.
    if (!activity.isComplete) this.#reliableSince = performance.now()
    else this.#reliableSince ??= this.#replication?.continuedSince ?? performance.now()
    this.#polledAt = startedAt
    this.#failures = 0
    this.#hasFailedPermanently = false
    if (activity.rooms.length > 0 || !activity.isComplete) {
      if (!this.#options.isAuditing()) this.#interval.reset()
      this.#options.onActivity(activity)
    }
    this.#interval.onPollSucceeded()
  }

  #onFailed(error: unknown): void {
    const { adapter, log } = this.#options
    const failure = error instanceof ChatError ? error : null
    this.#failures += 1
    this.#hasFailedPermanently = failure === null || PERMANENT_ERRORS.has(failure.code)
    this.#interval.onPollFailed(failure?.retryAfterMs ?? 0)
    const fields = { provider: adapter.name, failures: this.#failures }
    logPollFailure(log, error, fields, 'account poll failed')
  }
}

/** An operator without restrictions: requests use the account's own credential. */
export const accountCaller = createOperatorCaller('account-poller')

/**
 * Reads a visitor's room with the account's credential; null where that does not see the room, so that the account poller
 * never reports it. Throws where the provider cannot be asked now.
 */
export async function readRoomAsAccount(
  adapter: ChatAdapter,
  roomId: string,
  call: CallContext,
): Promise<Room | null> {
  const [room = null] = await adapter.getRooms([roomId], { ...call, caller: accountCaller })
  if (room instanceof ChatError) throw room
  return room
}
