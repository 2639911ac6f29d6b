import type { Logger } from 'pino'
import type { CallContext, ChatAdapter, RecentMessages } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import type { Room } from '../../domain/model.ts'
import type { Priority } from '../../domain/priority.ts'
import { Timeline } from '../changes/timeline.ts'
import { Subscriber, type SubscriberOptions } from '../delivery/subscriber.ts'
import { type AccountPoller, readRoomAsAccount } from './account-poller.ts'
import {
  AUTHORIZATION_ERRORS,
  choosePollingCaller,
  extendAuthorization,
  findExpiredAuthorization,
  findPeer,
  isSameCaller,
  markAuthorized,
} from './authorization.ts'
import { InterruptibleSleep } from './interruptible-sleep.ts'
import { type LiveState, NOT_LIVE } from './live-state.ts'
import { PendingSubscribers } from './pending-subscribers.ts'
import type { PollIntervalOptions } from './poll-interval.ts'
import { PollSchedule } from './poll-schedule.ts'
import { createPoll, type Poll, type PollKind, PollsInFlight } from './polls-in-flight.ts'
import { RoomStateReader } from './room-state-reader.ts'
import { RoomStateTracker } from './room-state-tracker.ts'

/** Who joins, and the signal with which it leaves. */
export interface RoomSubscription extends SubscriberOptions {
  readonly signal: AbortSignal
}

export interface RoomPollerOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly pollInterval: PollIntervalOptions
  readonly log: Logger
  /** What tells in which rooms of the account something happened; null where the account cannot. */
  readonly accountPoller: AccountPoller | null
  /** Called when the last watcher has left and nothing runs any more. */
  readonly onEmpty: () => void
}

/** After a refusal that says no time, a room waits so long. */
const LIMITED_MS = 1_000

/**
 * The one reader of one watched room: it reads, compares, and hands each event to all watchers. It reads when the
 * account's digest names the room, or at its own pace where there is no digest to rely on. A look may wait long for
 * the provider's limits: who joins meanwhile has a call of its own, whose answer then stands for that look too.
 */
export class RoomPoller {
  readonly #options: RoomPollerOptions
  readonly #timeline: Timeline
  readonly #states: RoomStateTracker
  readonly #stateReader: RoomStateReader
  readonly #times: PollSchedule
  readonly #alarm = new InterruptibleSleep()
  readonly #stop = new AbortController()
  readonly #watchers = new Set<Subscriber>()
  readonly #lobby: PendingSubscribers
  readonly #looks = new PollsInFlight()
  #running = false

  constructor(options: RoomPollerOptions) {
    const { adapter, roomId, accountPoller: digest, pollInterval: pace } = options
    this.#options = options
    this.#lobby = new PendingSubscribers((caller) => adapter.isVerified(caller))
    this.#states = new RoomStateTracker(pace)
    this.#timeline = new Timeline({
      room: { provider: adapter.name, roomId },
      states: this.#states,
      clockSkewMs: () => adapter.clockSkewMs(),
    })
    this.#times = new PollSchedule(pace, digest)
    this.#stateReader = new RoomStateReader({
      ...options,
      states: this.#states,
      subscribers: this.#watchers,
      pendingSubscribers: this.#lobby,
      signal: this.#stop.signal,
      cursorWith: (room) => this.#timeline.cursorWith(room),
      onRead: () => {
        this.#stateReader.deliver()
        this.#alarm.wake()
      },
      requestPoll: () => {
        if (!this.#looks.has('watchers')) this.#times.pollNow()
      },
    })
  }

  get provider(): string {
    return this.#options.adapter.name
  }

  get subscriberCount(): number {
    return this.#watchers.size + this.#lobby.size
  }

  /** What serves it, and how late it may be. */
  get liveState(): LiveState {
    return this.#running ? this.#times.liveState : NOT_LIVE
  }

  /**
   * Adds a watcher. One whose credential already watches here starts at once where what was read allows; any
   * other joins with a read made with its own credential: the provider grants each caller the room itself. Where
   * the provider limits calls that read waits its turn. Rejects with what it failed with else.
   */
  async subscribe({ signal, ...options }: RoomSubscription): Promise<Subscriber> {
    const watcher = new Subscriber(options, (gone) => this.#leave(gone))
    signal.addEventListener('abort', () => void watcher.events.return(), { once: true })
    if (this.#startNow(watcher)) return watcher
    const admitted = this.#lobby.add(watcher)
    this.#alarm.wake()
    if (!this.#running) void this.#run()
    await admitted
    return watcher
  }

  /** Something may have happened: look now; with `isRoomChanged`, the room's own state is another one. */
  requestPoll({ isRoomChanged = false } = {}): void {
    if (isRoomChanged) this.#states.expectChange()
    this.#times.pollNow()
    this.#alarm.wake()
  }

  /** The digest names the room, as operators see it: it is within the digest's reach, and something happened. */
  onActivity(room: Room | null): void {
    this.#times.setCovered(true)
    this.#states.onListed(room)
    this.requestPoll()
  }

  /** The digest can be relied on from now on, or no more. */
  onPollerStateChange(): void {
    this.#times.onPollerStateChange()
    this.#alarm.wake()
  }

  /** Ends all watchers' streams, and the poller. */
  close(): void {
    for (const watcher of [...this.#watchers, ...this.#lobby.subscribers]) watcher.events.end()
  }

  /** Whoever comes with the credential of somebody who watches starts by what was read, where that reaches. */
  #startNow(watcher: Subscriber): boolean {
    const peer = findPeer(this.#watchers, watcher.caller)
    if (!peer || !this.#timeline.startSubscriber(watcher, null)) return false
    watcher.authorizedAt = peer.authorizedAt
    this.#watchers.add(watcher)
    this.#times.reset()
    this.#alarm.wake()
    return true
  }

  #leave(watcher: Subscriber): void {
    this.#watchers.delete(watcher)
    this.#lobby.reject(watcher, new DOMException('The subscriber left.', 'AbortError'))
    const isOver = this.subscriberCount === 0
    this.#looks.abort(({ pendingSubscribers: waiting }) => {
      return isOver || (waiting.includes(watcher) && !waiting.some((one) => this.#lobby.has(one)))
    })
    if (!isOver || this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#alarm.wake()
    this.#options.onEmpty()
  }

  async #run(): Promise<void> {
    this.#running = true
    while (!this.#stop.signal.aborted) {
      this.#startLooks()
      this.#stateReader.startDueReads()
      await this.#alarm.sleep(Math.min(this.#waitMs, this.#stateReader.waitMs))
    }
  }

  /** Until a look is due; those under way ring when they are over. */
  get #waitMs(): number {
    const { waitMs, rateLimitedForMs: barredMs } = this.#times
    const due = this.#looks.has('watchers') || this.#watchers.size === 0 ? Number.POSITIVE_INFINITY : waitMs
    return this.#lobby.size > 0 && barredMs > 0 ? Math.min(barredMs, due) : due
  }

  /**
   * Before anything is told, each credential that was granted the room long ago is shown to the provider again,
   * whoever the look is for.
   */
  #startLooks(): void {
    const isDue = this.#times.waitMs === 0 && !this.#looks.has('watchers')
    const reader = isDue
      ? (findExpiredAuthorization(this.#watchers) ?? choosePollingCaller(this.#watchers))
      : null
    if (reader) this.#start('watchers', reader, [])
    if (this.#times.rateLimitedForMs > 0) return
    for (const lane of ['joiners', 'patient', 'unproven'] as const) {
      const joiner = this.#lobby.next(lane)
      if (!joiner || this.#looks.has(lane)) continue
      const stale = findExpiredAuthorization(this.#watchers)
      this.#start(lane, stale ?? joiner.caller, stale ? [joiner] : this.#lobby.findByCaller(joiner.caller))
    }
  }

  #start(lane: PollKind, caller: Caller, waiting: readonly Subscriber[]): void {
    if (lane === 'watchers') this.#times.onPollStarted()
    const look = createPoll(caller, waiting, { kind: lane, readCount: this.#timeline.readCount })
    void this.#looks.track(look, this.#look(look)).then(() => this.#alarm.wake())
  }

  async #look(look: Poll): Promise<void> {
    const { adapter, roomId, log } = this.#options
    const { caller, kind: lane, pendingSubscribers: waiting } = look
    const { signal } = look.abortController
    const present = [...this.#watchers]
    const clientAddress = waiting[0]?.clientAddress ?? null
    const isJoining = lane === 'joiners'
    const priority: Priority = isJoining ? 'subscribe' : 'background'
    const call = { caller, clientAddress, signal, log, priority }
    try {
      const recent = await adapter.readRecentMessages(
        roomId,
        this.#timeline.earliestPositionToRead(waiting),
        call,
      )
      if (!signal.aborted) this.#answered(look, recent, present)
    } catch (error) {
      if (!signal.aborted) this.#failed(look, error)
    }
  }

  #answered(look: Poll, recent: RecentMessages, present: readonly Subscriber[]): void {
    markAuthorized(present, look.caller)
    // Others were granted the room long ago: before they are told of what was read, they are asked for.
    if (findExpiredAuthorization(this.#watchers)) return
    // What another read has shown meanwhile may be newer than this one.
    const isNewest = look.readCount === this.#timeline.readCount
    if (isNewest) this.#publish(look, recent, present)
    else if (look.kind === 'watchers') this.#times.pollNow()
    for (const watcher of this.#lobby.findByCaller(look.caller)) {
      this.#admit(watcher, look.pendingSubscribers.includes(watcher) ? recent : null)
    }
    this.#stateReader.deliver()
  }

  #publish(look: Poll, recent: RecentMessages, present: readonly Subscriber[]): void {
    const {
      events: logged,
      suggestsRoomChange,
      inactiveMs: quietMs,
    } = this.#timeline.applyRead(recent, look.startedAt)
    for (const watcher of [...this.#watchers]) {
      if (suggestsRoomChange) watcher.expectRoomState()
      watcher.deliver(logged)
    }
    this.#times.onPollSucceeded(look.startedAt, quietMs)
    for (const watcher of present) watcher.clearAheadCursor()
    // A look that began before would show nothing else.
    this.#looks.abort(
      (other) => other !== look && other.kind === 'watchers' && other.startedAt <= look.startedAt,
    )
    if (look.caller.role === 'OPERATOR') this.#times.setCovered(true)
    else if (this.#times.isCoverageUnknown) void this.#seekReach(look.caller)
  }

  /** `own` is what was read for it; null where that was for others. */
  #admit(watcher: Subscriber, own: RecentMessages | null): void {
    if (!this.#timeline.startSubscriber(watcher, own)) return
    watcher.authorizedAt = performance.now()
    this.#lobby.accept(watcher)
    this.#watchers.add(watcher)
  }

  async #seekReach(caller: Caller): Promise<void> {
    const { adapter, roomId, log } = this.#options
    const call: CallContext = { caller, signal: this.#stop.signal, log, priority: 'background' }
    try {
      const room = await readRoomAsAccount(adapter, roomId, call)
      this.#times.setCovered(room !== null)
      if (room && this.#states.onListed(room)) this.requestPoll()
    } catch {
      this.#times.setCovered(null)
    }
  }

  #failed({ caller: asked, pendingSubscribers: waiting, kind: lane }: Poll, error: unknown): void {
    const { adapter, roomId, log } = this.#options
    const failure = error instanceof ChatError ? error : null
    const isOfAsked = ({ caller }: Subscriber): boolean => isSameCaller(caller, asked)
    if (failure && AUTHORIZATION_ERRORS.has(failure.code)) {
      this.#refuse([...this.#lobby.subscribers, ...this.#watchers].filter(isOfAsked), failure)
      return
    }
    extendAuthorization(this.#watchers, asked)
    const isLimited = failure?.code === 'RATE_LIMITED'
    if (isLimited && lane === 'joiners') {
      this.#lobby.postpone(waiting)
      return
    }
    const isUnproven = lane === 'unproven'
    if (!isLimited || isUnproven) this.#refuse(waiting.filter(isOfAsked), error)
    // What is not had for them says nothing about the room.
    if (isUnproven) return
    this.#times.onPollFailed(Math.max(failure?.retryAfterMs ?? 0, isLimited ? LIMITED_MS : 0))
    const about = { provider: adapter.name, roomId, ...(failure ? { code: failure.code } : { err: error }) }
    log[failure ? 'warn' : 'error'](about, 'a look at a room failed')
  }

  /** Ends streams, begun or not, with the reason. */
  #refuse(watchers: readonly Subscriber[], error: unknown): void {
    for (const watcher of watchers) {
      this.#lobby.reject(watcher, error)
      watcher.events.end(error)
    }
  }
}
