import type { Logger } from 'pino'
import type { CallContext, ChatAdapter } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import type { RecentMessages } from '../../domain/messages.ts'
import type { PushedChange } from '../../domain/push.ts'
import type { RoomView } from '../../domain/room-view.ts'
import type { ActiveRoom, NewestMessage } from '../../domain/rooms.ts'
import { Timeline } from '../changes/timeline.ts'
import { Subscriber, type SubscriberOptions } from '../delivery/subscriber.ts'
import type { AuditGate } from '../push/audit-gate.ts'
import type { PushTimes } from '../push/push-times.ts'
import { type AccountPoller, readRoomAsAccount } from './account-poller.ts'
import {
  AUTHORIZATION_ERRORS,
  choosePollingCaller,
  extendAuthorization,
  isSameCaller,
  markAuthorized,
} from './authorization.ts'
import { ContentReceiver } from './content-receiver.ts'
import { InterruptibleSleep } from './interruptible-sleep.ts'
import { type LiveState, NOT_LIVE } from './live-state.ts'
import { logPollFailure } from './poll-failure-log.ts'
import type { PollIntervalOptions } from './poll-interval.ts'
import { PollSchedule } from './poll-schedule.ts'
import { createPoll, type Poll, type PollKind, PollsInFlight } from './polls-in-flight.ts'
import { PushReceiver } from './push-receiver.ts'
import { RoomStateReader } from './room-state-reader.ts'
import { RoomStateTracker } from './room-state-tracker.ts'
import { RoomSubscribers } from './room-subscribers.ts'

/** A subscription to the room's events; `signal` aborts when the client disconnects. */
export interface RoomSubscription extends SubscriberOptions {
  readonly signal: AbortSignal
}

export interface RoomPollerOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  /** The view of the room that the poller serves; null where the provider shows all callers the same. */
  readonly view: RoomView | null
  readonly pollInterval: PollIntervalOptions
  readonly pushTimes: PushTimes
  readonly log: Logger
  /** Reports which rooms of the account have activity; null where the account cannot. */
  readonly accountPoller: AccountPoller | null
  /** Lets the account's audits of pushed rooms through. */
  readonly auditGate: AuditGate
  /** Called when the last subscriber has left. */
  readonly onEmpty: () => void
}

/** Wait after a rate-limit response without a time. */
const DEFAULT_RATE_LIMIT_MS = 1_000

/**
 * Polls one room for all its subscribers: reads its messages, detects changes, and delivers each event to every subscriber.
 * It polls when the account poller reports activity, or with an interval of its own where there is no reliable account
 * poller. A poll can be queued behind the rate limiter. A subscriber that joins meanwhile sends its own request, and that
 * response also completes the queued poll.
 */
export class RoomPoller {
  readonly #options: RoomPollerOptions
  readonly #timeline: Timeline
  readonly #states: RoomStateTracker
  readonly #stateReader: RoomStateReader
  readonly #schedule: PollSchedule
  readonly #subscribers: RoomSubscribers
  readonly #push: PushReceiver
  readonly #content: ContentReceiver
  readonly #polls = new PollsInFlight()
  readonly #sleep = new InterruptibleSleep()
  readonly #stop = new AbortController()
  #isRunning = false
  #isDeterminingCoverage = false
  #isAuditAdmitted = false

  constructor(options: RoomPollerOptions) {
    const { adapter, roomId, accountPoller, pollInterval, pushTimes } = options
    this.#options = options
    this.#states = new RoomStateTracker(pollInterval)
    this.#timeline = new Timeline({
      room: { provider: adapter.name, roomId },
      states: this.#states,
      clockSkewMs: () => adapter.clockSkewMs(),
    })
    this.#subscribers = new RoomSubscribers({
      isVerified: (caller) => adapter.isVerified(caller),
      isPushedTo: (caller) => this.#push.isLiveFor(caller),
      joinWaitMs: (subscriber) => this.#push.joinWaitMs(subscriber),
      timeline: this.#timeline,
      states: this.#states,
    })
    this.#schedule = new PollSchedule(pollInterval, accountPoller, pushTimes)
    this.#push = new PushReceiver({
      adapter,
      roomId,
      timeline: this.#timeline,
      schedule: this.#schedule,
      subscribers: this.#subscribers,
      states: this.#states,
      pushTimes,
      onProgress: () => {
        this.#stateReader.deliver()
        this.#sleep.wake()
      },
    })
    this.#content = new ContentReceiver({
      timeline: this.#timeline,
      schedule: this.#schedule,
      subscribers: this.#subscribers,
      onDelivered: () => this.#stateReader.deliver(),
    })
    this.#stateReader = new RoomStateReader({
      ...options,
      states: this.#states,
      subscribers: this.#subscribers,
      signal: this.#stop.signal,
      cursorWith: (roomState) => this.#timeline.cursorWith(roomState),
      onRead: () => {
        this.#stateReader.deliver()
        this.#sleep.wake()
      },
      requestPoll: () => {
        if (!this.#polls.has('regular')) this.#schedule.pollNow()
      },
    })
  }

  get provider(): string {
    return this.#options.adapter.name
  }

  get view(): RoomView | null {
    return this.#options.view
  }

  /** Whether the provider's push serves the room. */
  get isPushed(): boolean {
    return this.#schedule.push.isServing
  }

  get subscriberCount(): number {
    return this.#subscribers.size
  }

  /** The subscribers that do not wait for their start. */
  get startedCount(): number {
    return this.#subscribers.active.size
  }

  /** The source that serves the room, and its delay. */
  get liveState(): LiveState {
    if (!this.#isRunning) return NOT_LIVE
    const state = this.#schedule.liveState
    const { aliveAt } = this.#push
    return state.source === 'PUSH' && aliveAt !== null
      ? { ...state, lagMs: performance.now() - aliveAt }
      : state
  }

  /**
   * Adds a subscriber. Where another subscriber has the same credential, it starts immediately if the timeline suffices.
   * Otherwise it joins with a read with its own credential, because the provider must authorize each caller for the room.
   * Under a rate limit that read is queued; on any other failure the subscription rejects with it.
   */
  async subscribe({ signal, ...options }: RoomSubscription): Promise<Subscriber> {
    const subscriber = new Subscriber(options, (gone) => this.#leave(gone))
    signal.addEventListener('abort', () => void subscriber.events.return(), { once: true })
    this.#push.add(subscriber)
    if (this.#subscribers.startWithPeer(subscriber)) {
      this.#schedule.reset()
      this.#sleep.wake()
      return subscriber
    }
    const authorized = this.#subscribers.pending.add(subscriber)
    this.#sleep.wake()
    if (!this.#isRunning) void this.#run()
    await authorized
    return subscriber
  }

  /**
   * The room may have changed; with `isRoomChanged`, its own state certainly has; with `isAddition`, only new messages came.
   * Polls now, or soon unless the provider pushes the change.
   */
  requestPoll({ isRoomChanged = false, isAddition = false } = {}): void {
    if (this.#schedule.push.isServing) {
      this.#schedule.push.expectPush()
      if (isRoomChanged) this.#push.expectRoomState()
    } else {
      if (isRoomChanged) this.#states.expectChange()
      this.#schedule.pollNow({ isAddition })
    }
    this.#sleep.wake()
  }

  /**
   * Changes of messages that a webhook contains, in a view that this poller serves. They are delivered unless they are known,
   * after the poll that is due, if one is. While push serves the room they are a hint, so that polls still judge the push.
   */
  applyChanges(changes: readonly PushedChange[]): void {
    if (this.#schedule.push.isServing) {
      this.requestPoll()
      return
    }
    const messages = changes.filter((change) => change.type === 'Message' || change.type === 'MessageDeleted')
    this.#content.receive(messages)
    if (messages.length < changes.length) this.requestPoll()
    this.#sleep.wake()
  }

  /** The account poller reports activity in the room, which it therefore covers; `room` is in the operators' view. */
  onActivity({ room, newestMessage }: Pick<ActiveRoom, 'room' | 'newestMessage'>): void {
    this.#schedule.setCovered(true)
    const isRoomChanged = this.#states.onListed(room)
    const { push } = this.#schedule
    const isKnown = room?.lastActivityAt != null && room.lastActivityAt.getTime() <= this.#timeline.newestAtMs
    if (push.isServing && isKnown) {
      if (isRoomChanged) this.#push.expectRoomState()
    } else if (push.isServing) this.requestPoll({ isRoomChanged })
    if (push.isServing) this.#content.resetRows()
    else this.#onRow(newestMessage ?? null, isRoomChanged)
  }

  #onRow(newest: NewestMessage | null, isRoomChanged: boolean): void {
    const verdict = this.#content.onRow(newest, !isRoomChanged)
    if (verdict === 'NEEDS_READ') this.requestPoll({ isRoomChanged })
    // The row shows more than the poll was requested for.
    if (verdict === 'COMPLETE' && this.#schedule.settleAdditions()) {
      this.#polls.abort(({ kind }) => kind === 'regular')
    }
    this.#sleep.wake()
  }

  /** The account poller has become reliable, or has stopped being so. */
  onPollerStateChange(): void {
    this.#schedule.onPollerStateChange()
    this.#sleep.wake()
  }

  /** Ends the streams of all subscribers, and with them the poller. */
  close(): void {
    for (const subscriber of this.#subscribers.all) subscriber.events.end()
  }

  #leave(subscriber: Subscriber): void {
    this.#subscribers.remove(subscriber)
    this.#push.remove(subscriber)
    const isOver = this.#subscribers.size === 0
    this.#polls.abort(({ pendingSubscribers: joining }) => {
      const isNeeded = joining.some((one) => this.#subscribers.pending.has(one))
      return isOver || (joining.includes(subscriber) && !isNeeded)
    })
    if (this.#subscribers.active.size === 0) this.#endAudit()
    if (!isOver || this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#sleep.wake()
    this.#options.onEmpty()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (!this.#stop.signal.aborted) {
      this.#push.applyDue()
      this.#content.applyDue()
      this.#startDuePolls()
      this.#stateReader.startDueReads()
      const { pending } = this.#subscribers
      const received = Math.min(this.#push.waitMs, this.#content.waitMs)
      await this.#sleep.sleep(Math.min(this.#waitMs, this.#stateReader.waitMs, received, pending.waitMs))
    }
  }

  /** Milliseconds until a poll is due. Polls in flight wake the poller when they complete. */
  get #waitMs(): number {
    const { waitMs, rateLimitedForMs, isAudit, push } = this.#schedule
    const isIdle = this.#polls.has('regular') || this.#subscribers.active.size === 0
    const isWaitingForGate = waitMs === 0 && isAudit && !this.#isAuditAdmitted
    const nextMs = isWaitingForGate ? push.urgentWaitMs : waitMs
    const dueMs = isIdle ? Number.POSITIVE_INFINITY : nextMs
    const canJoinLater = this.#subscribers.pending.size > 0 && rateLimitedForMs > 0
    return canJoinLater ? Math.min(rateLimitedForMs, dueMs) : dueMs
  }

  /** Starts the polls that are due. Any of them first uses a credential whose authorization has expired. */
  #startDuePolls(): void {
    const { active, pending } = this.#subscribers
    const isDue = this.#schedule.waitMs === 0 && !this.#polls.has('regular')
    // Another read came first: the turn at the gate goes to the next room.
    if (this.#isAuditAdmitted && this.#schedule.waitMs > 0 && !this.#polls.has('regular')) this.#endAudit()
    const caller = isDue ? (this.#subscribers.expiredAuthorization ?? choosePollingCaller(active)) : null
    if (caller && this.#mayPoll()) this.#start('regular', caller, [])
    if (this.#schedule.rateLimitedForMs > 0) return
    for (const kind of ['join', 'rate-limited-join', 'unverified-join'] as const) {
      const joining = pending.next(kind)
      if (!joining || this.#polls.has(kind)) continue
      const expired = this.#subscribers.expiredAuthorization
      this.#start(kind, expired ?? joining.caller, expired ? [joining] : pending.findByCaller(joining.caller))
    }
  }

  /** Whether the poll that is due may start; an audit waits until the account's gate admits it. */
  #mayPoll(): boolean {
    if (!this.#schedule.isAudit || this.#isAuditAdmitted) return true
    this.#options.auditGate.request(this, () => {
      this.#isAuditAdmitted = true
      this.#sleep.wake()
    })
    return this.#isAuditAdmitted
  }

  #endAudit(): void {
    this.#isAuditAdmitted = false
    this.#options.auditGate.release(this)
  }

  #start(kind: PollKind, caller: Caller, joining: readonly Subscriber[]): void {
    if (kind === 'regular') this.#schedule.onPollStarted()
    const poll = createPoll(caller, joining, { kind, readCount: this.#timeline.readCount })
    void this.#polls.track(poll, this.#poll(poll)).then(() => {
      if (kind === 'regular') this.#endAudit()
      this.#sleep.wake()
    })
  }

  async #poll(poll: Poll): Promise<void> {
    const { adapter, roomId, log } = this.#options
    const { caller, kind, pendingSubscribers: joining, abortController } = poll
    const { signal } = abortController
    const present = [...this.#subscribers.active]
    const clientAddress = joining[0]?.clientAddress ?? null
    const priority = kind === 'join' ? 'subscribe' : 'background'
    const call: CallContext = { caller, clientAddress, signal, log, priority }
    try {
      const from = this.#timeline.earliestPositionToRead(joining)
      const recent = await adapter.readRecentMessages(roomId, from, call)
      if (!signal.aborted) this.#onSucceeded(poll, recent, present)
    } catch (error) {
      if (!signal.aborted) this.#onFailed(poll, error)
    }
  }

  /** `present` are the subscribers that were active when the poll started. */
  #onSucceeded(poll: Poll, recent: RecentMessages, present: readonly Subscriber[]): void {
    markAuthorized(present, poll.caller)
    this.#push.onRead(poll.caller)
    // Another authorization has expired: nothing is delivered before it is renewed.
    if (this.#subscribers.expiredAuthorization) return
    // Another read that was applied meanwhile may be newer than this one.
    const isNewest = poll.readCount === this.#timeline.readCount
    if (isNewest) this.#publish(poll, recent, present)
    else if (poll.kind === 'regular') this.#schedule.pollNow()
    this.#subscribers.startAuthorized(poll.caller, recent, poll.pendingSubscribers)
    this.#stateReader.deliver()
  }

  #publish(poll: Poll, recent: RecentMessages, present: readonly Subscriber[]): void {
    const held = this.#push.takeHeld(poll.startedAt)
    const result = this.#timeline.applyRead(recent, poll.startedAt, held)
    this.#subscribers.deliver(result)
    this.#schedule.onPollSucceeded(poll.startedAt, result.inactiveMs)
    this.#push.onPolled(poll.startedAt, result, held)
    this.#content.onPolled(poll.startedAt)
    for (const subscriber of present) subscriber.clearAheadCursor()
    // A regular poll that started earlier cannot show anything newer: this read completes it.
    this.#polls.abort(
      (other) => other !== poll && other.kind === 'regular' && other.startedAt <= poll.startedAt,
    )
    if (poll.caller.role === 'OPERATOR') this.#schedule.setCovered(true)
    else if (this.#schedule.isCoverageUnknown && !this.#isDeterminingCoverage)
      void this.#determineCoverage(poll.caller)
  }

  /** Determines whether the account poller sees a room that a visitor's credential reads. After a failure the next poll does. */
  async #determineCoverage(caller: Caller): Promise<void> {
    const { adapter, roomId, log } = this.#options
    const call: CallContext = { caller, signal: this.#stop.signal, log, priority: 'background' }
    this.#isDeterminingCoverage = true
    try {
      const room = await readRoomAsAccount(adapter, roomId, call)
      this.#schedule.setCovered(room !== null)
      if (room && this.#states.onListed(room)) this.requestPoll()
    } catch {
      // The account poller may have reported the room meanwhile, which shows that it covers it.
    } finally {
      this.#isDeterminingCoverage = false
    }
  }

  #onFailed({ caller, pendingSubscribers: joining, kind }: Poll, error: unknown): void {
    const failure = error instanceof ChatError ? error : null
    if (failure && AUTHORIZATION_ERRORS.has(failure.code)) {
      this.#subscribers.rejectCaller(caller, failure)
      return
    }
    extendAuthorization(this.#subscribers.active, caller)
    const isRateLimited = failure?.code === 'RATE_LIMITED'
    if (isRateLimited && kind === 'join') {
      this.#subscribers.pending.postpone(joining)
      return
    }
    const isUnverified = kind === 'unverified-join'
    if (!isRateLimited || isUnverified) {
      this.#subscribers.reject(
        joining.filter((subscriber) => isSameCaller(subscriber.caller, caller)),
        error,
      )
    }
    // A failed read for an unverified credential says nothing about the room.
    if (isUnverified) return
    this.#schedule.onPollFailed(
      Math.max(failure?.retryAfterMs ?? 0, isRateLimited ? DEFAULT_RATE_LIMIT_MS : 0),
    )
    const { adapter, roomId, log } = this.#options
    logPollFailure(log, error, { provider: adapter.name, roomId }, 'room poll failed')
  }
}
