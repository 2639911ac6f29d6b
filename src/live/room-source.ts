import type { Logger } from 'pino'
import type { ChatAdapter, RecentMessages } from '../chat/adapter.ts'
import type { Caller } from '../chat/caller.ts'
import { ChatError } from '../chat/errors.ts'
import type { Room } from '../chat/model.ts'
import { Alarm } from './alarm.ts'
import { grant, grantForNow, isSameCaller, peerOf, REVOKED, readerOf, stalest } from './credentials.ts'
import { type Digest, roomOfAccount } from './digest.ts'
import { type LiveState, notLive } from './live-state.ts'
import { Lobby } from './lobby.ts'
import { LookTimes } from './look-times.ts'
import { type Lane, type Look, Looks, newLook } from './looks.ts'
import type { PaceOptions } from './pace.ts'
import { RoomStateReader } from './room-state-reader.ts'
import { RoomStates } from './room-states.ts'
import { Timeline } from './timeline.ts'
import { Watcher, type WatcherOptions } from './watcher.ts'

/** Who joins, and the signal with which it leaves. */
export interface Joiner extends WatcherOptions {
  readonly signal: AbortSignal
}

export interface RoomSourceOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly pace: PaceOptions
  readonly log: Logger
  /** What tells in which rooms of the account something happened; null where the account cannot. */
  readonly digest: Digest | null
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
export class RoomSource {
  readonly #options: RoomSourceOptions
  readonly #timeline: Timeline
  readonly #states: RoomStates
  readonly #stateReader: RoomStateReader
  readonly #times: LookTimes
  readonly #alarm = new Alarm()
  readonly #stop = new AbortController()
  readonly #watchers = new Set<Watcher>()
  readonly #lobby: Lobby
  readonly #looks = new Looks()
  #running = false

  constructor(options: RoomSourceOptions) {
    const { adapter, roomId, digest, pace } = options
    this.#options = options
    this.#lobby = new Lobby((caller) => adapter.isProven(caller))
    this.#states = new RoomStates(pace)
    this.#timeline = new Timeline({
      room: { provider: adapter.name, roomId },
      states: this.#states,
      clockAheadMs: () => adapter.clockAheadMs(),
    })
    this.#times = new LookTimes(pace, digest)
    this.#stateReader = new RoomStateReader({
      ...options,
      states: this.#states,
      watchers: this.#watchers,
      lobby: this.#lobby,
      signal: this.#stop.signal,
      cursorWith: (room) => this.#timeline.cursorWith(room),
      onRead: () => {
        this.#stateReader.deliver()
        this.#alarm.ring()
      },
      requestPoll: () => {
        if (!this.#looks.has('watchers')) this.#times.hint()
      },
    })
  }

  get provider(): string {
    return this.#options.adapter.name
  }

  get watching(): number {
    return this.#watchers.size + this.#lobby.size
  }

  /** What serves it, and how late it may be. */
  get live(): LiveState {
    return this.#running ? this.#times.live : notLive
  }

  /**
   * Adds a watcher. One whose credential already watches here starts at once where what was read allows; any
   * other joins with a read made with its own credential: the provider grants each caller the room itself. Where
   * the provider limits calls that read waits its turn. Rejects with what it failed with else.
   */
  async join({ signal, ...options }: Joiner): Promise<Watcher> {
    const watcher = new Watcher(options, (gone) => this.#leave(gone))
    signal.addEventListener('abort', () => void watcher.events.return(), { once: true })
    if (this.#startNow(watcher)) return watcher
    const admitted = this.#lobby.enter(watcher)
    this.#alarm.ring()
    if (!this.#running) void this.#run()
    await admitted
    return watcher
  }

  /** Something may have happened: look now; with `isRoomChanged`, the room's own state is another one. */
  nudge({ isRoomChanged = false } = {}): void {
    if (isRoomChanged) this.#states.expectChange()
    this.#times.hint()
    this.#alarm.ring()
  }

  /** The digest names the room, as operators see it: it is within the digest's reach, and something happened. */
  named(room: Room | null): void {
    this.#times.reach(true)
    this.#states.listed(room)
    this.nudge()
  }

  /** The digest can be relied on from now on, or no more. */
  turn(): void {
    this.#times.turn()
    this.#alarm.ring()
  }

  /** Ends all watchers' streams, and the poller. */
  close(): void {
    for (const watcher of [...this.#watchers, ...this.#lobby.watchers]) watcher.events.end()
  }

  /** Whoever comes with the credential of somebody who watches starts by what was read, where that reaches. */
  #startNow(watcher: Watcher): boolean {
    const peer = peerOf(this.#watchers, watcher.caller)
    if (!peer || !this.#timeline.open(watcher, null)) return false
    watcher.grantedAt = peer.grantedAt
    this.#watchers.add(watcher)
    this.#times.quicken()
    this.#alarm.ring()
    return true
  }

  #leave(watcher: Watcher): void {
    this.#watchers.delete(watcher)
    this.#lobby.refuse(watcher, new DOMException('The subscriber left.', 'AbortError'))
    const isOver = this.watching === 0
    this.#looks.abort(({ waiting }) => {
      return isOver || (waiting.includes(watcher) && !waiting.some((one) => this.#lobby.has(one)))
    })
    if (!isOver || this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#alarm.ring()
    this.#options.onEmpty()
  }

  async #run(): Promise<void> {
    this.#running = true
    while (!this.#stop.signal.aborted) {
      this.#startLooks()
      this.#stateReader.start()
      await this.#alarm.wait(Math.min(this.#waitMs, this.#stateReader.waitMs))
    }
  }

  /** Until a look is due; those under way ring when they are over. */
  get #waitMs(): number {
    const { waitMs, barredMs } = this.#times
    const due = this.#looks.has('watchers') || this.#watchers.size === 0 ? Number.POSITIVE_INFINITY : waitMs
    return this.#lobby.size > 0 && barredMs > 0 ? Math.min(barredMs, due) : due
  }

  /**
   * Before anything is told, each credential that was granted the room long ago is shown to the provider again,
   * whoever the look is for.
   */
  #startLooks(): void {
    const isDue = this.#times.waitMs === 0 && !this.#looks.has('watchers')
    const reader = isDue ? (stalest(this.#watchers) ?? readerOf(this.#watchers)) : null
    if (reader) this.#start('watchers', reader, [])
    if (this.#times.barredMs > 0) return
    for (const lane of ['joiners', 'patient', 'unproven'] as const) {
      const joiner = this.#lobby.next(lane)
      if (!joiner || this.#looks.has(lane)) continue
      const stale = stalest(this.#watchers)
      this.#start(lane, stale ?? joiner.caller, stale ? [joiner] : this.#lobby.of(joiner.caller))
    }
  }

  #start(lane: Lane, caller: Caller, waiting: readonly Watcher[]): void {
    if (lane === 'watchers') this.#times.begin()
    const look = newLook(caller, waiting, { lane, reads: this.#timeline.reads })
    void this.#looks.keep(look, this.#look(look)).then(() => this.#alarm.ring())
  }

  async #look(look: Look): Promise<void> {
    const { adapter, roomId, log } = this.#options
    const { caller, lane, waiting } = look
    const { signal } = look.leaving
    const present = [...this.#watchers]
    const clientAddress = waiting[0]?.clientAddress ?? null
    const isJoining = lane === 'joiners'
    const call = { caller, clientAddress, signal, log, background: !isJoining, joining: isJoining }
    try {
      const recent = await adapter.recentMessages(roomId, this.#timeline.readBackTo(waiting), call)
      if (!signal.aborted) this.#answered(look, recent, present)
    } catch (error) {
      if (!signal.aborted) this.#failed(look, error)
    }
  }

  #answered(look: Look, recent: RecentMessages, present: readonly Watcher[]): void {
    grant(present, look.caller)
    // Others were granted the room long ago: before they are told of what was read, they are asked for.
    if (stalest(this.#watchers)) return
    // What another read has shown meanwhile may be newer than this one.
    const isNewest = look.reads === this.#timeline.reads
    if (isNewest) this.#publish(look, recent, present)
    else if (look.lane === 'watchers') this.#times.hint()
    for (const watcher of this.#lobby.of(look.caller)) {
      this.#admit(watcher, look.waiting.includes(watcher) ? recent : null)
    }
    this.#stateReader.deliver()
  }

  #publish(look: Look, recent: RecentMessages, present: readonly Watcher[]): void {
    const { logged, suggestsRoomChange, quietMs } = this.#timeline.take(recent, look.began)
    for (const watcher of [...this.#watchers]) {
      if (suggestsRoomChange) watcher.expectRoom()
      watcher.tell(logged)
    }
    this.#times.answered(look.began, quietMs)
    for (const watcher of present) watcher.catchUp()
    // A look that began before would show nothing else.
    this.#looks.abort((other) => other !== look && other.lane === 'watchers' && other.began <= look.began)
    if (look.caller.role === 'OPERATOR') this.#times.reach(true)
    else if (this.#times.seeksReach) void this.#seekReach(look.caller)
  }

  /** `own` is what was read for it; null where that was for others. */
  #admit(watcher: Watcher, own: RecentMessages | null): void {
    if (!this.#timeline.open(watcher, own)) return
    watcher.grantedAt = performance.now()
    this.#lobby.admit(watcher)
    this.#watchers.add(watcher)
  }

  async #seekReach(caller: Caller): Promise<void> {
    const { adapter, roomId, log } = this.#options
    const call = { caller, signal: this.#stop.signal, log, background: true }
    try {
      const room = await roomOfAccount(adapter, roomId, call)
      this.#times.reach(room !== null)
      if (room && this.#states.listed(room)) this.nudge()
    } catch {
      this.#times.reach(null)
    }
  }

  #failed({ caller: asked, waiting, lane }: Look, error: unknown): void {
    const { adapter, roomId, log } = this.#options
    const failure = error instanceof ChatError ? error : null
    const isOfAsked = ({ caller }: Watcher): boolean => isSameCaller(caller, asked)
    if (failure && REVOKED.has(failure.code)) {
      this.#refuse([...this.#lobby.watchers, ...this.#watchers].filter(isOfAsked), failure)
      return
    }
    grantForNow(this.#watchers, asked)
    const isLimited = failure?.code === 'RATE_LIMITED'
    if (isLimited && lane === 'joiners') {
      this.#lobby.postpone(waiting)
      return
    }
    const isUnproven = lane === 'unproven'
    if (!isLimited || isUnproven) this.#refuse(waiting.filter(isOfAsked), error)
    // What is not had for them says nothing about the room.
    if (isUnproven) return
    this.#times.failed(Math.max(failure?.retryAfterMs ?? 0, isLimited ? LIMITED_MS : 0))
    const about = { provider: adapter.name, roomId, ...(failure ? { code: failure.code } : { err: error }) }
    log[failure ? 'warn' : 'error'](about, 'a look at a room failed')
  }

  /** Ends streams, begun or not, with the reason. */
  #refuse(watchers: readonly Watcher[], error: unknown): void {
    for (const watcher of watchers) {
      this.#lobby.refuse(watcher, error)
      watcher.events.end(error)
    }
  }
}
