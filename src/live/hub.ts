import { createHmac } from 'node:crypto'
import type { Logger } from 'pino'
import { LiveLog, type LiveLogOptions } from '../coordination/live-log.ts'
import type { ChatAdapter } from '../domain/adapter.ts'
import type { Caller, Role } from '../domain/caller.ts'
import type { RoomEvent } from '../domain/events.ts'
import type { PushedChange } from '../domain/push.ts'
import { type RoomView, roomViewOf } from '../domain/room-view.ts'
import type { RoomActivity } from '../domain/rooms.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { type ActivityFeed, ActivityFeeds } from './delivery/activity-feeds.ts'
import { AccountPoller } from './polling/account-poller.ts'
import { createListActivityReader } from './polling/list-activity-reader.ts'
import { type LiveReport, type LiveState, NOT_LIVE } from './polling/live-state.ts'
import type { PollIntervalOptions } from './polling/poll-interval.ts'
import { RoomPoller, type RoomSubscription } from './polling/room-poller.ts'
import { RoomReports } from './polling/room-reports.ts'
import { UnverifiedSubscriptions } from './polling/unverified-subscriptions.ts'
import { AccountPush } from './push/account-push.ts'
import { AuditGate } from './push/audit-gate.ts'
import { DEFAULT_PUSH_TIMES, type PushTimes } from './push/push-times.ts'
import { accountLogName, roomLogName } from './replication/log-names.ts'
import { decodeNotice, encodeNotice, type Notice, packReports, type RoomHint } from './replication/notice.ts'
import { SignalHub } from './signals/signal-hub.ts'

export interface HubOptions {
  readonly pollInterval: PollIntervalOptions
  /** Overrides of the times of pushed rooms. */
  readonly pushTimes?: Partial<PushTimes> | undefined
  readonly log: Logger
  /** Records polls as spans; null or absent where tracing is off. */
  readonly tracing?: Tracing | null
  /** What processes share; null or absent where this one works alone. */
  readonly sharing?: HubSharing | null
}

/** The database that processes share. */
export interface HubSharing extends Omit<LiveLogOptions, 'log' | 'onNotice'> {
  /** The key of the hashes that identify callers, the same in all processes. */
  readonly callerSecret: Buffer
}

/** A subscription to the events of a room. */
export interface SubscribeRequest extends RoomSubscription {
  readonly adapter: ChatAdapter
  readonly roomId: string
}

/**
 * The entry point of live events: `polling` decides when to read a room, `changes` turns each read into events with cursors,
 * and `delivery` queues the events for each subscriber.
 *
 * The hub runs one room poller per subscribed room (and view of it, where the provider has several), from the first
 * subscriber to the last, and one account poller per account, as long as the account has a room poller or an activity feed.
 */
export class Hub {
  readonly #options: HubOptions
  readonly #roomPollers = new Map<string, RoomPoller>()
  readonly #accountPollers = new Map<string, AccountPoller>()
  readonly #auditGates = new Map<string, AuditGate>()
  readonly #accountPushes = new Map<string, AccountPush>()
  readonly #feeds = new ActivityFeeds()
  readonly #unverified = new UnverifiedSubscriptions()
  readonly #reports = new RoomReports()
  readonly #liveLog: LiveLog | null
  /** Typing, seen and queue positions, which are pushed and never polled. */
  readonly signals = new SignalHub(this.#unverified)

  constructor(options: HubOptions) {
    this.#options = options
    const { sharing, log } = options
    this.#liveLog = sharing
      ? new LiveLog({ ...sharing, log, onNotice: (text) => this.#onNotice(text) })
      : null
  }

  /** Numbers of subscribed rooms and of their subscribers. */
  get counts(): { readonly rooms: number; readonly subscribers: number } {
    const counts = [...this.#roomPollers.values()].map(({ subscriberCount }) => subscriberCount)
    return { rooms: this.#roomPollers.size, subscribers: counts.reduce((sum, count) => sum + count, 0) }
  }

  /** Number of the subscribers of rooms that the provider has authorized: the others wait for their start. */
  get startedSubscribers(): number {
    return [...this.#roomPollers.values()].reduce((sum, { startedCount }) => sum + startedCount, 0)
  }

  /** Resolves when the provider has authorized the caller for the room and the start is fixed; rejects otherwise. */
  async subscribe({ adapter, ...request }: SubscribeRequest): Promise<AsyncIterableIterator<RoomEvent>> {
    // A client that has already disconnected would start a poller that nobody stops.
    request.signal.throwIfAborted()
    if (adapter.isVerified(request.caller)) return this.#subscribe({ adapter, ...request })
    const { roomId, caller, clientAddress } = request
    return this.#unverified.run(
      { provider: adapter.name, roomId, caller, clientAddress: clientAddress ?? '' },
      request.signal,
      (signal) => this.#subscribe({ adapter, ...request, signal }),
    )
  }

  async #subscribe({
    adapter,
    roomId,
    ...subscription
  }: SubscribeRequest): Promise<AsyncIterableIterator<RoomEvent>> {
    const role = adapter.hasViewPerRole ? subscription.caller.role : null
    const key = roomLogName(adapter.name, roomId, role)
    const poller = this.#roomPollers.get(key) ?? this.#openRoomPoller(key, adapter, roomId, role)
    this.#accountPollers.get(adapter.name)?.reset()
    return (await poller.subscribe(subscription)).events
  }

  /**
   * Subscribes to the rooms of these accounts that have activity from now on. Resolves after the first poll of each account,
   * even if it failed: failed accounts are polled again, and the others deliver.
   */
  async subscribeToActivity(adapters: readonly ChatAdapter[], signal: AbortSignal): Promise<ActivityFeed> {
    signal.throwIfAborted()
    const pollers = adapters.map((adapter) => this.#accountPollerOf(adapter))
    const releases = [...pollers, ...adapters.map((adapter) => this.#accountPushOf(adapter))].map((source) =>
      source.acquire(),
    )
    const names = new Set(adapters.map(({ name }) => name))
    const feed = this.#feeds.open(names, () => {
      for (const release of releases) release()
    })
    signal.addEventListener('abort', () => void feed.return(), { once: true })
    for (const poller of pollers) poller.reset()
    await Promise.all(pollers.map(({ firstPoll }) => firstPoll))
    return feed
  }

  /** The source that serves a room for callers with a role. */
  getRoomLiveState(adapter: ChatAdapter, roomId: string, role: Role): LiveState {
    const poller = this.#roomPollers.get(
      roomLogName(adapter.name, roomId, adapter.hasViewPerRole ? role : null),
    )
    return withQueueDelay(poller?.liveState ?? NOT_LIVE, adapter)
  }

  /** The source that serves an account's rooms: push where it serves all that are subscribed to; of rooms that are polled individually, the one that lags most. */
  getAccountLiveState(adapter: ChatAdapter): LiveState {
    const states = this.#roomPollersOf(adapter.name).map(({ liveState }) => liveState)
    const isPushed = states.length > 0 && states.every(({ source }) => source === 'PUSH')
    const poller = this.#accountPollers.get(adapter.name)
    if (!isPushed && adapter.readRoomActivity && poller && poller.reliableSince !== null) {
      const { latencyMs, lagMs } = poller
      return withQueueDelay({ source: 'DIGEST', latencyMs, lagMs }, adapter)
    }
    const slowest = states.reduce((a, b) => ((b.lagMs ?? 0) >= (a.lagMs ?? 0) ? b : a), NOT_LIVE)
    return withQueueDelay(slowest, adapter)
  }

  /** The state of each account with subscribers. */
  get liveReports(): readonly LiveReport[] {
    const names = new Set([
      ...this.#accountPollers.keys(),
      ...[...this.#roomPollers.values()].map(({ provider }) => provider),
    ])
    return [...names].map((provider) => {
      const states = this.#roomPollersOf(provider).map(({ liveState }) => liveState)
      const count = (source: LiveState['source']) => states.filter((state) => state.source === source).length
      return {
        provider,
        accountPollerLagMs: this.#accountPollers.get(provider)?.lagMs ?? null,
        rooms: { PUSH: count('PUSH'), DIGEST: count('DIGEST'), POLL: count('POLL') + count('NONE') },
      }
    })
  }

  /**
   * Polls a room now, because a webhook or a mutation hints at a change, and its account for activity feeds. With
   * `isRoomChanged`, the room's own state has changed; with `isAddition`, only new messages came.
   */
  requestPoll(
    provider: string,
    roomId: string,
    hint: { readonly isRoomChanged?: boolean; readonly isAddition?: boolean } = {},
  ): void {
    const { isRoomChanged = false, isAddition = false } = hint
    this.#spread({ type: 'Hint', provider, roomId, view: null, isRoomChanged, isAddition, changes: [] })
  }

  /**
   * Applies changes of a room that arrived outside a poll, in this view (null: in every view). Rooms of other views are polled
   * instead, and the account for activity feeds.
   */
  applyChanges(
    provider: string,
    roomId: string,
    changes: readonly PushedChange[],
    view: RoomView | null,
  ): void {
    this.#spread({ type: 'Hint', provider, roomId, view, isRoomChanged: false, isAddition: false, changes })
  }

  /** Takes in a hint, and sends it to the other processes: one of them may read the room. */
  #spread(hint: RoomHint): void {
    this.#onHint(hint)
    this.#send(hint)
  }

  /** Sends something to the other processes; it may be lost. */
  #send(notice: Notice): void {
    const text = this.#liveLog && encodeNotice(notice)
    if (text) this.#liveLog?.send(text)
  }

  #onHint({ provider, roomId, view, changes, ...hint }: RoomHint): void {
    for (const poller of this.#roomPollersAt(provider, roomId)) {
      const isShown = view === null || poller.view === null || poller.view === view
      if (isShown && changes.length > 0) poller.hints.applyChanges(changes)
      else poller.hints.requestPoll(hint)
    }
    if (this.#feeds.hasSubscribers(provider)) this.#accountPollers.get(provider)?.requestPoll()
  }

  /** Other processes read what this one has read so far, as far as they have subscribers. All subscribers get their events until it closes. */
  async handOver(): Promise<void> {
    const reports = [...this.#roomPollers.values()].flatMap((poller) => poller.report())
    for (const notice of packReports(reports)) this.#send(notice)
    await this.#liveLog?.handOver()
  }

  /** Saves the state of a log anew, if this process holds it. */
  saveSnapshot(name: string): void {
    this.#liveLog?.saveSnapshot(name)
  }

  /** Ends every stream. */
  async close(): Promise<void> {
    for (const poller of [...this.#roomPollers.values()]) poller.close()
    this.#feeds.close()
    this.signals.close()
    await this.#liveLog?.close()
  }

  #onNotice(text: string): void {
    const notice = decodeNotice(text)
    if (notice?.type === 'Hint') this.#onHint(notice)
    else if (notice?.type === 'AccountPolled' || notice?.type === 'AccountPollWanted') {
      for (const [provider, poller] of this.#accountPollers) {
        if (accountLogName(provider) === notice.log) poller.onNotice(notice)
      }
    } else if (notice?.type === 'RoomsReported') {
      for (const report of notice.rooms) this.#reports.add(report)
    } else if (notice) this.#roomPollers.get(notice.log)?.onNotice(notice)
  }

  #openRoomPoller(key: string, adapter: ChatAdapter, roomId: string, role: Role | null): RoomPoller {
    const accountPoller = adapter.readRoomActivity === null ? null : this.#accountPollerOf(adapter)
    const release = accountPoller?.acquire()
    const poller: RoomPoller = new RoomPoller({
      adapter,
      roomId,
      view: role && roomViewOf(role),
      accountPoller,
      auditGate: this.#auditGateOf(adapter.name),
      ...this.#options,
      tracing: this.#options.tracing ?? null,
      pushTimes: { ...DEFAULT_PUSH_TIMES, ...this.#options.pushTimes },
      sharing: this.#liveLog && {
        liveLog: this.#liveLog,
        logName: key,
        hashCaller: (caller) => this.#hashCaller(caller),
        reports: this.#reports,
      },
      onEmpty: () => {
        release?.()
        if (this.#roomPollers.get(key) === poller) this.#roomPollers.delete(key)
      },
    })
    this.#roomPollers.set(key, poller)
    return poller
  }

  /** All operators read as the service account. */
  #hashCaller(caller: Caller): string {
    const { sharing } = this.#options
    if (caller.role !== 'VISITOR' || !sharing) return caller.role
    return createHmac('sha256', sharing.callerSecret).update(caller.token).digest('base64url')
  }

  #accountPollerOf(adapter: ChatAdapter): AccountPoller {
    const { name } = adapter
    const running = this.#accountPollers.get(name)
    if (running && !running.isStopped) return running
    const poller = new AccountPoller({
      adapter,
      readActivity: adapter.readRoomActivity ?? createListActivityReader(adapter),
      ...this.#options,
      tracing: this.#options.tracing ?? null,
      liveLog: this.#liveLog,
      isAuditing: () =>
        !this.#feeds.hasSubscribers(name) && this.#roomPollersOf(name).every(({ isPushed }) => isPushed),
      onActivity: (activity) => this.#onActivity(name, activity),
      onStateChange: () => {
        for (const roomPoller of this.#roomPollersOf(name)) roomPoller.onPollerStateChange()
      },
      onStopped: () => {
        if (this.#accountPollers.get(name) === poller) this.#accountPollers.delete(name)
      },
    })
    this.#accountPollers.set(name, poller)
    return poller
  }

  #auditGateOf(provider: string): AuditGate {
    const gate = this.#auditGates.get(provider) ?? new AuditGate()
    this.#auditGates.set(provider, gate)
    return gate
  }

  #accountPushOf({ name, push }: ChatAdapter): AccountPush {
    const known = this.#accountPushes.get(name)
    if (known) return known
    const accountPush = new AccountPush(push, () => this.#accountPollers.get(name)?.requestPoll())
    this.#accountPushes.set(name, accountPush)
    return accountPush
  }

  #onActivity(provider: string, activity: Omit<RoomActivity, 'syncToken'>): void {
    for (const active of activity.rooms) {
      for (const poller of this.#roomPollersAt(provider, active.roomId)) poller.hints.onActivity(active)
    }
    this.#feeds.publish(provider, activity)
  }

  #roomPollersOf(provider: string): readonly RoomPoller[] {
    return [...this.#roomPollers.values()].filter((poller) => poller.provider === provider)
  }

  #roomPollersAt(provider: string, roomId: string): readonly RoomPoller[] {
    return ([null, 'OPERATOR', 'VISITOR'] as const).flatMap(
      (role) => this.#roomPollers.get(roomLogName(provider, roomId, role)) ?? [],
    )
  }
}

/** Adds the delay of polls that the rate limiter queues. */
function withQueueDelay(state: LiveState, adapter: ChatAdapter): LiveState {
  const { latencyMs } = state
  return latencyMs === null || state.source === 'PUSH'
    ? state
    : { ...state, latencyMs: latencyMs + adapter.backgroundDelayMs() }
}
