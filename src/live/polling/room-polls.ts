import type { Logger } from 'pino'
import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import type { RecentMessages } from '../../domain/messages.ts'
import type { Message } from '../../domain/model.ts'
import type { Tracing } from '../../tracing/tracing.ts'
import type { Timeline } from '../changes/timeline.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import type { AuditGate } from '../push/audit-gate.ts'
import { readRoomAsAccount } from './account-poller.ts'
import {
  AUTHORIZATION_ERRORS,
  choosePollingCaller,
  extendAuthorization,
  isSameCaller,
  markAuthorized,
} from './authorization.ts'
import type { ContentReceiver } from './content-receiver.ts'
import { logPollFailure } from './poll-failure-log.ts'
import type { PollSchedule } from './poll-schedule.ts'
import { failureCode, type PollSpan, tracePoll } from './poll-spans.ts'
import { createPoll, type Poll, type PollKind, PollsInFlight } from './polls-in-flight.ts'
import type { PushReceiver } from './push-receiver.ts'
import type { RoomReplication } from './room-replication.ts'
import type { RoomStateTracker } from './room-state-tracker.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

export interface RoomPollsOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly log: Logger
  /** Records polls as spans; null where tracing is off. */
  readonly tracing: Tracing | null
  /** Lets the account's audits of pushed rooms through. */
  readonly auditGate: AuditGate
  readonly timeline: Timeline
  readonly states: RoomStateTracker
  readonly schedule: PollSchedule
  readonly subscribers: RoomSubscribers
  readonly push: PushReceiver
  readonly content: ContentReceiver
  readonly replication: RoomReplication
  /** Aborts when the room has no subscribers any more. */
  readonly signal: AbortSignal
  /** Messages were delivered: the room's own state can follow. */
  readonly onDelivered: () => void
  /** A read has shown what is known: subscribers that need no read of their own can start. */
  readonly startReported: () => void
  /** The read of a follower shows messages that are not in the log; none where it only shows that there are some. */
  readonly onUnread: (messages: readonly Message[]) => void
  /** The provider has refused a caller's credential for the room. */
  readonly onRefused: (caller: Caller) => void
  /** The room's own state has changed. */
  readonly requestPoll: () => void
  /** Something else may be due now. */
  readonly onProgress: () => void
}

/** Wait after a rate-limit response without a time. */
const DEFAULT_RATE_LIMIT_MS = 1_000

/**
 * The polls of one room: those that are due, and those of subscribers that join. A poll can be queued behind the rate limiter.
 * A subscriber that joins meanwhile sends its own request, and that response also completes the queued poll.
 */
export class RoomPolls {
  readonly #options: RoomPollsOptions
  readonly #inFlight = new PollsInFlight()
  #isDeterminingCoverage = false
  #isAuditAdmitted = false

  constructor(options: RoomPollsOptions) {
    this.#options = options
  }

  /** Whether a poll for the current subscribers is in flight. */
  get isPolling(): boolean {
    return this.#inFlight.has('regular')
  }

  /** Ends the poll for the current subscribers: what it would show is known, or another process reads it. */
  abortRegular(): void {
    this.#inFlight.abort(({ kind }) => kind === 'regular')
  }

  /** A subscriber has left: polls that nobody needs any more end. */
  onLeft(subscriber: Subscriber): void {
    const { subscribers } = this.#options
    this.#inFlight.abort(({ pendingSubscribers: joining }) => {
      const isNeeded = joining.some((one) => subscribers.pending.has(one))
      return subscribers.size === 0 || (joining.includes(subscriber) && !isNeeded)
    })
    if (subscribers.active.size === 0) this.endAudit()
  }

  /** Milliseconds until a poll is due; Infinity while one is in flight, whose end is reported by `onProgress`. */
  get waitMs(): number {
    const { schedule, subscribers } = this.#options
    const { waitMs, rateLimitedForMs, isAudit, push } = schedule
    const isIdle = this.isPolling || subscribers.active.size === 0 || !this.#isReading
    const isWaitingForGate = waitMs === 0 && isAudit && !this.#isAuditAdmitted
    const nextMs = isWaitingForGate ? push.urgentWaitMs : waitMs
    const dueMs = isIdle ? Number.POSITIVE_INFINITY : nextMs
    const canJoinLater = subscribers.pending.size > 0 && rateLimitedForMs > 0
    return canJoinLater ? Math.min(rateLimitedForMs, dueMs) : dueMs
  }

  /** Whether this process reads the room. A follower reads only where an authorization has expired. */
  get #isReading(): boolean {
    const { subscribers, replication } = this.#options
    return !replication.isFollower || subscribers.expiredAuthorization !== null
  }

  /** Starts the polls that are due. Any of them first uses a credential whose authorization has expired. */
  startDue(): void {
    const { schedule, subscribers } = this.#options
    const { active, pending } = subscribers
    const isDue = this.#isReading && schedule.waitMs === 0 && !this.isPolling
    // Another read came first: the turn at the gate goes to the next room.
    if (this.#isAuditAdmitted && schedule.waitMs > 0 && !this.isPolling) this.endAudit()
    const caller = isDue ? (subscribers.expiredAuthorization ?? choosePollingCaller(active)) : null
    if (caller && this.#mayPoll()) this.#start('regular', caller, [])
    if (schedule.rateLimitedForMs > 0) return
    for (const kind of ['join', 'rate-limited-join', 'unverified-join'] as const) {
      const joining = pending.next(kind)
      // Its read may have succeeded already, and proved its credential: then only the log is waited for.
      if (!joining || this.#inFlight.has(kind) || this.#inFlight.includes(joining)) continue
      const expired = subscribers.expiredAuthorization
      this.#start(kind, expired ?? joining.caller, expired ? [joining] : pending.findByCaller(joining.caller))
    }
  }

  /** Whether the poll that is due may start; an audit waits until the account's gate admits it. */
  #mayPoll(): boolean {
    const { schedule } = this.#options
    if (!schedule.isAudit || this.#isAuditAdmitted) return true
    this.#options.auditGate.request(this, () => {
      this.#isAuditAdmitted = true
      this.#options.onProgress()
    })
    return this.#isAuditAdmitted
  }

  /** Gives the turn at the gate to the next room. */
  endAudit(): void {
    this.#isAuditAdmitted = false
    this.#options.auditGate.release(this)
  }

  #start(kind: PollKind, caller: Caller, joining: readonly Subscriber[]): void {
    const { timeline, schedule } = this.#options
    if (kind === 'regular') schedule.onPollStarted()
    const poll = createPoll(caller, joining, { kind, readCount: timeline.readCount })
    const { tracing, adapter } = this.#options
    const links = joining.map(({ origin }) => origin)
    const traced = { target: 'room', provider: adapter.name, kind, links } as const
    const work = tracePoll(tracing, traced, (span) => this.#poll(poll, span))
    void this.#inFlight.track(poll, work).then(() => {
      if (kind === 'regular') this.endAudit()
      this.#options.onProgress()
    })
  }

  async #poll(poll: Poll, span: PollSpan): Promise<void> {
    const { adapter, roomId, log, timeline, subscribers, replication } = this.#options
    const { caller, kind, pendingSubscribers: joining, abortController } = poll
    const { signal } = abortController
    const present = [...subscribers.active]
    const clientAddress = joining[0]?.clientAddress ?? null
    const priority = kind === 'join' ? 'subscribe' : 'background'
    const call: CallContext = { caller, clientAddress, signal, log, priority }
    try {
      const from = timeline.earliestPositionToRead(joining)
      const recent = await adapter.readRecentMessages(roomId, from, call)
      await replication.attach()
      await replication.catchUp(joining)
      if (!signal.aborted) this.#onSucceeded(poll, recent, present, span)
    } catch (error) {
      if (signal.aborted) return
      span?.fail(failureCode(error))
      this.#onFailed(poll, error)
    }
  }

  /** `present` are the subscribers that were active when the poll started. */
  #onSucceeded(poll: Poll, recent: RecentMessages, present: readonly Subscriber[], span: PollSpan): void {
    const { timeline, schedule, subscribers, push, replication } = this.#options
    markAuthorized(present, poll.caller)
    push.onRead(poll.caller)
    if (replication.isFollower) {
      this.#onReadAsFollower(poll, recent)
      return
    }
    // Another authorization has expired: nothing is delivered before it is renewed.
    if (subscribers.expiredAuthorization) return
    // Another read that was applied meanwhile may be newer than this one.
    const isReadable = timeline.isReadable(poll.startedAt)
    if (isReadable && poll.readCount === timeline.readCount) this.#publish(poll, recent, present, span)
    else if (!isReadable || poll.kind === 'regular') schedule.pollNow()
    subscribers.startAuthorized(poll.caller, (subscriber) =>
      timeline.firstEvents(subscriber, poll.pendingSubscribers.includes(subscriber) ? recent : null),
    )
    this.#options.startReported()
    this.#options.onDelivered()
  }

  /**
   * The read authorizes its caller and starts those that it was made for; everybody else gets what is logged. The process that
   * reads the room learns of what it has not read yet.
   */
  #onReadAsFollower({ kind, caller, startedAt, pendingSubscribers }: Poll, recent: RecentMessages): void {
    const { timeline, schedule, subscribers, replication } = this.#options
    const unread = timeline.messagesBeyond(recent)
    if (unread === null || unread.length > 0) this.#options.onUnread(unread ?? [])
    if (kind === 'regular') schedule.onPollSucceeded(startedAt, null)
    subscribers.startAuthorized(caller, (subscriber) =>
      pendingSubscribers.includes(subscriber)
        ? timeline.firstEventsAhead(subscriber, recent, startedAt)
        : timeline.firstEvents(subscriber, null),
    )
    replication.deliverHeld()
    this.#options.onDelivered()
  }

  #publish(poll: Poll, recent: RecentMessages, present: readonly Subscriber[], span: PollSpan): void {
    const { timeline, schedule, subscribers, push, content, replication } = this.#options
    const held = push.takeHeld(poll.startedAt)
    const result = timeline.applyRead(recent, poll.startedAt, held)
    span?.set({ 'switchboard.poll.events': result.events.length })
    subscribers.deliver(result)
    schedule.onPollSucceeded(poll.startedAt, result.inactiveMs)
    push.onPolled(poll.startedAt, result, held)
    content.onPolled(poll.startedAt)
    replication.onRead()
    for (const subscriber of present) subscriber.clearAhead()
    // A regular poll that started earlier cannot show anything newer: this read completes it.
    this.#inFlight.abort(
      (other) => other !== poll && other.kind === 'regular' && other.startedAt <= poll.startedAt,
    )
    if (poll.caller.role === 'OPERATOR') schedule.setCovered(true)
    else if (schedule.isCoverageUnknown && !this.#isDeterminingCoverage && !this.#isPushExpected)
      void this.#determineCoverage(poll.caller)
  }

  /** Whether it need not be known whether the account poller sees the room. A poll after the end of push finds out. */
  get #isPushExpected(): boolean {
    const { schedule, push } = this.#options
    return schedule.push.isServing || push.isStarting
  }

  /** Determines whether the account poller sees a room that a visitor's credential reads. After a failure the next poll does. */
  async #determineCoverage(caller: Caller): Promise<void> {
    const { adapter, roomId, log, schedule, states } = this.#options
    const call: CallContext = { caller, signal: this.#options.signal, log, priority: 'background' }
    this.#isDeterminingCoverage = true
    try {
      const room = await readRoomAsAccount(adapter, roomId, call)
      schedule.setCovered(room !== null)
      if (room && states.onListed(room)) this.#options.requestPoll()
    } catch {
      // The account poller may have reported the room meanwhile, which shows that it covers it.
    } finally {
      this.#isDeterminingCoverage = false
    }
  }

  #onFailed({ caller, pendingSubscribers: joining, kind }: Poll, error: unknown): void {
    const { adapter, roomId, log, schedule, subscribers } = this.#options
    const failure = error instanceof ChatError ? error : null
    if (failure && AUTHORIZATION_ERRORS.has(failure.code)) {
      this.#options.onRefused(caller)
      subscribers.rejectCaller(caller, failure)
      return
    }
    extendAuthorization(subscribers.active, caller)
    const isRateLimited = failure?.code === 'RATE_LIMITED'
    if (isRateLimited && kind === 'join') {
      subscribers.pending.postpone(joining)
      return
    }
    const isUnverified = kind === 'unverified-join'
    if (!isRateLimited || isUnverified) {
      subscribers.reject(
        joining.filter((subscriber) => isSameCaller(subscriber.caller, caller)),
        error,
      )
    }
    // A failed read for an unverified credential says nothing about the room.
    if (isUnverified) return
    schedule.onPollFailed(Math.max(failure?.retryAfterMs ?? 0, isRateLimited ? DEFAULT_RATE_LIMIT_MS : 0))
    logPollFailure(log, error, { provider: adapter.name, roomId }, 'room poll failed')
  }
}
