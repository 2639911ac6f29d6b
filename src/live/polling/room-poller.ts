import type { Logger } from 'pino'
import type { ChatAdapter } from '../../domain/adapter.ts'
import { type RoomView, roomViews } from '../../domain/room-view.ts'
import type { Tracing } from '../../tracing/tracing.ts'
import { Timeline } from '../changes/timeline.ts'
import { Subscriber, type SubscriberOptions } from '../delivery/subscriber.ts'
import type { AuditGate } from '../push/audit-gate.ts'
import type { PushTimes } from '../push/push-times.ts'
import type { RoomNotice, RoomReport } from '../replication/notice.ts'
import type { AccountPoller } from './account-poller.ts'
import { ContentReceiver } from './content-receiver.ts'
import { HintReceiver } from './hint-receiver.ts'
import { HolderInquiry } from './holder-inquiry.ts'
import { InterruptibleSleep } from './interruptible-sleep.ts'
import { type LiveState, NOT_LIVE } from './live-state.ts'
import { LogStarts } from './log-starts.ts'
import type { PollIntervalOptions } from './poll-interval.ts'
import { PollSchedule } from './poll-schedule.ts'
import { PushReceiver } from './push-receiver.ts'
import { RoomNotices, type RoomSharing } from './room-notices.ts'
import { RoomPolls } from './room-polls.ts'
import { RoomReplication } from './room-replication.ts'
import { RoomStateContinuity } from './room-state-continuity.ts'
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
  /** What processes share; null where nothing is shared. */
  readonly sharing: RoomSharing | null
  /** Records polls as spans; null where tracing is off. */
  readonly tracing: Tracing | null
  /** Called when the last subscriber has left. */
  readonly onEmpty: () => void
}

/** Time over which the polls of a process's rooms are spread after hints may have been lost. */
const MISSED_HINTS_SPREAD_MS = 5_000

/**
 * Polls one room for all its subscribers: reads its messages, detects changes, and delivers each event to every subscriber.
 * It polls when the account poller reports activity, or with an interval of its own where there is no reliable account
 * poller.
 */
export class RoomPoller {
  readonly #options: RoomPollerOptions
  readonly #timeline: Timeline
  readonly #states: RoomStateTracker
  readonly #stateReader: RoomStateReader
  readonly #continuity: RoomStateContinuity
  readonly #schedule: PollSchedule
  readonly #subscribers: RoomSubscribers
  readonly #push: PushReceiver
  readonly #content: ContentReceiver
  readonly #replication: RoomReplication
  readonly #inquiry: HolderInquiry
  readonly #logStarts: LogStarts
  readonly #polls: RoomPolls
  readonly #sleep = new InterruptibleSleep()
  /** Takes in what suggests that the room has changed. */
  readonly hints: HintReceiver
  readonly #stop = new AbortController()
  #isRunning = false

  constructor(options: RoomPollerOptions) {
    const { adapter, roomId, accountPoller, pollInterval, pushTimes } = options
    const notices = new RoomNotices(options)
    const onDelivered = () => {
      this.#stateReader.deliver()
      this.#sleep.wake()
    }
    this.#options = options
    this.#states = new RoomStateTracker(pollInterval)
    this.#timeline = new Timeline({
      room: { provider: adapter.name, roomId },
      states: this.#states,
      clockSkewMs: () => adapter.clockSkewMs(),
      maxReadLagMs: pushTimes.maxReadLagMs,
      onLogged: (events) => this.#replication.log(events),
    })
    this.#subscribers = new RoomSubscribers({
      isVerified: (subscriber) =>
        adapter.isVerified(subscriber.caller) || this.#logStarts.isReported(subscriber),
      isPushedTo: (caller) => this.#push.isLiveFor(caller),
      joinWaitMs: (subscriber) =>
        Math.max(this.#push.joinWaitMs(subscriber), this.#logStarts.joinWaitMs(subscriber)),
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
      attach: () => this.#replication.attach(),
      onProgress: onDelivered,
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
      isWaitingForLog: (subscriber) => this.#logStarts.joinWaitMs(subscriber) > 0,
      isFollower: () => this.#replication.isFollower,
      onWanted: (view, id) => notices.send((log) => ({ type: 'StateWanted', log, view, id })),
      onCurrent: (view, room, answers) => this.#replication.logRoomState(view, room, answers),
      onRead: onDelivered,
      requestPoll: () => {
        if (!this.#polls.isPolling) this.#schedule.pollNow()
      },
    })
    this.#continuity = new RoomStateContinuity({ adapter, accountPoller, notices, states: this.#states })
    this.#inquiry = new HolderInquiry({
      subscribers: this.#subscribers,
      notices,
      isPushedTo: (caller) => this.#push.isLiveFor(caller),
    })
    this.#replication = new RoomReplication({
      liveLog: options.sharing?.liveLog ?? null,
      name: options.sharing?.logName ?? '',
      timeline: this.#timeline,
      states: this.#states,
      subscribers: this.#subscribers,
      onStateShared: (entry) => {
        this.#continuity.onShared()
        return this.#stateReader.onShared(entry)
      },
      onTakeOver: () => this.#continuity.takeOver(),
      onRoomSuspected: () => this.#stateReader.expectShared(),
      onFollowing: () => this.#onFollowing(),
      onReading: () => this.#onReading(),
      onHintsMissed: () => this.#onHintsMissed(),
      onDelivered,
      onUnauthorized: () => {
        this.#schedule.pollNow()
        this.#sleep.wake()
      },
    })
    this.#logStarts = new LogStarts({
      notices,
      timeline: this.#timeline,
      subscribers: this.#subscribers,
      replication: this.#replication,
      onProgress: onDelivered,
    })
    this.#polls = new RoomPolls({
      ...options,
      timeline: this.#timeline,
      states: this.#states,
      schedule: this.#schedule,
      subscribers: this.#subscribers,
      push: this.#push,
      content: this.#content,
      replication: this.#replication,
      signal: this.#stop.signal,
      onDelivered: () => this.#stateReader.deliver(),
      onUnread: (messages) => notices.hint(messages),
      startReported: () => this.#logStarts.startReported(),
      onRefused: (caller) => notices.forgetReport(caller),
      requestPoll: () => this.hints.requestPoll(),
      onProgress: () => this.#sleep.wake(),
    })
    this.hints = new HintReceiver({
      timeline: this.#timeline,
      states: this.#states,
      schedule: this.#schedule,
      subscribers: this.#subscribers,
      push: this.#push,
      content: this.#content,
      replication: this.#replication,
      continuity: this.#continuity,
      polls: this.#polls,
      onProgress: () => this.#sleep.wake(),
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
    if (this.#replication.isFollower && this.#inquiry.liveState) return this.#inquiry.liveState
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
    const origin = this.#options.tracing?.active?.reference ?? null
    const subscriber = new Subscriber({ ...options, origin }, (gone) => this.#leave(gone))
    signal.addEventListener('abort', () => void subscriber.events.return(), { once: true })
    this.#push.add(subscriber)
    if (this.#subscribers.startWithPeer(subscriber)) {
      this.#schedule.reset()
      this.#sleep.wake()
      return subscriber
    }
    const authorized = this.#subscribers.pending.add(subscriber)
    this.#logStarts.add(subscriber)
    this.#sleep.wake()
    if (!this.#isRunning) void this.#run()
    await authorized
    return subscriber
  }

  /** Takes in what another process has sent about the room. */
  onNotice(notice: RoomNotice): void {
    if (notice.type === 'HolderAnswer') this.#inquiry.onAnswer(notice)
    if (this.#replication.isFollower) return
    if (notice.type === 'HolderAsked') {
      this.#stateReader.expectInterest(notice.wantedViews)
      this.#inquiry.answer(notice.callerHashes, this.liveState)
    }
    if (notice.type === 'StateWanted') this.#stateReader.readForOthers(notice.view, notice.id)
    this.#sleep.wake()
  }

  /** What this process, which stops, tells the others of callers and the room's state. */
  report(): readonly RoomReport[] {
    const currentViews = roomViews.filter((view) => this.#states.inView(view).isCurrent)
    return this.#inquiry.report(this.#replication.isHolder ? currentViews : [])
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
    this.#polls.onLeft(subscriber)
    if (this.#subscribers.size > 0 || this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#replication.leave()
    this.#sleep.wake()
    this.#options.onEmpty()
  }

  /** An unexpected error ends the streams of all subscribers, because nothing would be delivered any more. Their operations report it. */
  async #run(): Promise<void> {
    this.#isRunning = true
    try {
      await this.#pollUntilStopped()
    } catch (error) {
      this.#subscribers.reject(this.#subscribers.all, error)
    }
  }

  async #pollUntilStopped(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#push.applyDue()
      this.#content.applyDue()
      this.#polls.startDue()
      this.#stateReader.startDueReads()
      if (this.#replication.isFollower) this.#inquiry.askDue()
      const { pending } = this.#subscribers
      const askMs = this.#replication.isFollower ? this.#inquiry.waitMs : Number.POSITIVE_INFINITY
      const received = Math.min(this.#push.waitMs, this.#content.waitMs, askMs)
      await this.#sleep.sleep(
        Math.min(this.#polls.waitMs, this.#stateReader.waitMs, received, pending.waitMs),
      )
    }
  }

  /** Another process reads the room from now on. */
  #onFollowing(): void {
    this.#push.suspend()
    this.#content.resetRows()
    this.#polls.abortRegular()
    this.#polls.endAudit()
    this.#sleep.wake()
  }

  /** This process reads the room from now on. Push starts anew: one read shows what happened before it is live. */
  #onReading(): void {
    this.#push.suspend()
    this.#push.resume(this.#subscribers.all)
    if (this.#push.isStarting) this.#schedule.pollWhenPushAnswers()
    else this.#schedule.pollNow()
    this.#sleep.wake()
  }

  /** Hints may have been lost. The rooms of a process are not all polled at once, and push shows what hints announce. */
  #onHintsMissed(): void {
    setTimeout(() => {
      if (!this.#schedule.push.isServing) this.hints.requestPoll()
    }, Math.random() * MISSED_HINTS_SPREAD_MS).unref()
  }
}
