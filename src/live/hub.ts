import type { Logger } from 'pino'
import type { ChatAdapter, RoomActivity } from '../domain/adapter.ts'
import type { Role } from '../domain/caller.ts'
import type { RoomEvent } from '../domain/events.ts'
import { type ActivityFeed, ActivityFeeds } from './delivery/activity-feeds.ts'
import { AccountPoller } from './polling/account-poller.ts'
import { createListActivityReader } from './polling/list-activity-reader.ts'
import { type LiveReport, type LiveState, NOT_LIVE } from './polling/live-state.ts'
import type { PollIntervalOptions } from './polling/poll-interval.ts'
import { RoomPoller, type RoomSubscription } from './polling/room-poller.ts'
import { UnverifiedSubscriptions } from './polling/unverified-subscriptions.ts'

export interface HubOptions {
  readonly pollInterval: PollIntervalOptions
  readonly log: Logger
}

/** Who wants to watch what, from where on. */
export interface SubscribeRequest extends RoomSubscription {
  readonly adapter: ChatAdapter
  readonly roomId: string
}

/**
 * One source per watched room (and view of it, where its provider has several), however many watch it. It lives
 * from the first watcher to the last. One digest per account tells the sources when to read; it lives while any
 * source of the account does, or anybody wants to be told of the account's rooms.
 */
export class Hub {
  readonly #options: HubOptions
  readonly #sources = new Map<string, RoomPoller>()
  readonly #digests = new Map<string, AccountPoller>()
  readonly #feeds = new ActivityFeeds()
  readonly #unproven = new UnverifiedSubscriptions()

  constructor(options: HubOptions) {
    this.#options = options
  }

  /** How many rooms are being looked at, and by how many watchers. */
  get counts(): { readonly rooms: number; readonly subscribers: number } {
    const subscribers = [...this.#sources.values()].reduce((sum, source) => sum + source.subscriberCount, 0)
    return { rooms: this.#sources.size, subscribers }
  }

  /** Resolves once the provider has granted the caller the room and the start is fixed; else rejects. */
  async subscribe({ adapter, ...request }: SubscribeRequest): Promise<AsyncIterableIterator<RoomEvent>> {
    // Who left before it came would open a source that nobody leaves.
    request.signal.throwIfAborted()
    if (adapter.isVerified(request.caller)) return this.#join({ adapter, ...request })
    const { roomId, caller, clientAddress } = request
    const place = { provider: adapter.name, roomId, caller, clientAddress: clientAddress ?? '' }
    return this.#unproven.run(place, request.signal, (signal) => this.#join({ adapter, ...request, signal }))
  }

  async #join({ adapter, roomId, ...joiner }: SubscribeRequest): Promise<AsyncIterableIterator<RoomEvent>> {
    const key = keyOf(adapter.name, roomId, adapter.hasViewPerRole ? joiner.caller.role : null)
    const source = this.#sources.get(key) ?? this.#open(key, adapter, roomId)
    this.#digests.get(adapter.name)?.reset()
    return (await source.subscribe(joiner)).events
  }

  /**
   * The rooms of these accounts in which something happens from now on. Resolves when each account was first asked,
   * be it in vain: one that fails is asked again, and the others go on.
   */
  async subscribeToActivity(adapters: readonly ChatAdapter[], signal: AbortSignal): Promise<ActivityFeed> {
    signal.throwIfAborted()
    const digests = adapters.map((adapter) => this.#digestOf(adapter))
    const releases = digests.map((digest) => digest.acquire())
    const names = new Set(adapters.map(({ name }) => name))
    const feed = this.#feeds.open(names, () => {
      for (const release of releases) release()
    })
    signal.addEventListener('abort', () => void feed.return(), { once: true })
    for (const digest of digests) digest.reset()
    await Promise.all(digests.map(({ firstPoll: begun }) => begun))
    return feed
  }

  /** What serves a room for callers of a role at the moment. */
  getRoomLiveState(adapter: ChatAdapter, roomId: string, role: Role): LiveState {
    const source = this.#sources.get(keyOf(adapter.name, roomId, adapter.hasViewPerRole ? role : null))
    return delayed(source?.liveState ?? NOT_LIVE, adapter)
  }

  /** What serves an account's rooms at the moment: of rooms that are looked at one by one, the latest. */
  getAccountLiveState(adapter: ChatAdapter): LiveState {
    const digest = this.#digests.get(adapter.name)
    if (adapter.readRoomActivity && digest && digest.reliableSince !== null) {
      return delayed({ source: 'DIGEST', latencyMs: digest.latencyMs, lagMs: digest.lagMs }, adapter)
    }
    const states = this.#sourcesOf(adapter.name).map(({ liveState: live }) => live)
    const latest = states.reduce((a, b) => ((b.lagMs ?? 0) >= (a.lagMs ?? 0) ? b : a), NOT_LIVE)
    return delayed(latest, adapter)
  }

  /** What runs at each account that anybody listens to. */
  get liveReports(): readonly LiveReport[] {
    const names = new Set([
      ...this.#digests.keys(),
      ...[...this.#sources.values()].map(({ provider }) => provider),
    ])
    return [...names].map((provider) => {
      const served = this.#sourcesOf(provider).filter(
        ({ liveState: live }) => live.source === 'DIGEST',
      ).length
      return {
        provider,
        accountPollerLagMs: this.#digests.get(provider)?.lagMs ?? null,
        rooms: { DIGEST: served, POLL: this.#sourcesOf(provider).length - served },
      }
    })
  }

  /**
   * A hint that something happened in a room: whoever watches it looks now, and its account's digest for its feeds. With
   * `isRoomChanged`, the room's own state is another one.
   */
  requestPoll(provider: string, roomId: string, hint: { readonly isRoomChanged?: boolean } = {}): void {
    for (const source of this.#sourcesAt(provider, roomId)) source.requestPoll(hint)
    if (this.#feeds.hasSubscribers(provider)) this.#digests.get(provider)?.requestPoll()
  }

  /** Ends every stream. */
  close(): void {
    for (const source of [...this.#sources.values()]) source.close()
    this.#feeds.close()
  }

  #open(key: string, adapter: ChatAdapter, roomId: string): RoomPoller {
    const digest = adapter.readRoomActivity === null ? null : this.#digestOf(adapter)
    const release = digest?.acquire()
    const source: RoomPoller = new RoomPoller({
      adapter,
      roomId,
      accountPoller: digest,
      ...this.#options,
      onEmpty: () => {
        release?.()
        if (this.#sources.get(key) === source) this.#sources.delete(key)
      },
    })
    this.#sources.set(key, source)
    return source
  }

  #digestOf(adapter: ChatAdapter): AccountPoller {
    const { name } = adapter
    const running = this.#digests.get(name)
    if (running && !running.isStopped) return running
    const digest = new AccountPoller({
      adapter,
      readActivity: adapter.readRoomActivity ?? createListActivityReader(adapter),
      ...this.#options,
      onActivity: (activity) => this.#happened(name, activity),
      onStateChange: () => {
        for (const source of this.#sourcesOf(name)) source.onPollerStateChange()
      },
      onStopped: () => {
        if (this.#digests.get(name) === digest) this.#digests.delete(name)
      },
    })
    this.#digests.set(name, digest)
    return digest
  }

  #happened(provider: string, activity: RoomActivity): void {
    for (const { roomId, room } of activity.rooms) {
      for (const source of this.#sourcesAt(provider, roomId)) source.onActivity(room)
    }
    this.#feeds.publish(provider, activity)
  }

  #sourcesOf(provider: string): readonly RoomPoller[] {
    return [...this.#sources.values()].filter((source) => source.provider === provider)
  }

  #sourcesAt(provider: string, roomId: string): readonly RoomPoller[] {
    return ([null, 'OPERATOR', 'VISITOR'] as const).flatMap(
      (role) => this.#sources.get(keyOf(provider, roomId, role)) ?? [],
    )
  }
}

/** Calls that wait for the provider's limits come that much later. */
function delayed(state: LiveState, adapter: ChatAdapter): LiveState {
  return state.latencyMs === null
    ? state
    : { ...state, latencyMs: state.latencyMs + adapter.backgroundDelayMs() }
}

/** `role` where the provider shows a room differently by it: what one was shown is not told to the other. */
function keyOf(provider: string, roomId: string, role: Role | null): string {
  return JSON.stringify([provider, roomId, role])
}
