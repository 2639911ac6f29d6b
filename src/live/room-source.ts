import type { Logger } from 'pino'
import type { ChatAdapter, RecentMessages } from '../chat/adapter.ts'
import type { Caller } from '../chat/caller.ts'
import type { Cursor } from '../chat/cursor.ts'
import { ChatError } from '../chat/errors.ts'
import type { RoomEvent } from '../chat/events.ts'
import { comparePositions } from '../chat/model.ts'
import { Alarm } from './alarm.ts'
import { grant, grantForNow, isSameCaller, limited, REVOKED, readerOf, stalest } from './credentials.ts'
import { type Digest, isReached } from './digest.ts'
import { EventLog } from './event-log.ts'
import { KnownWindow } from './known-window.ts'
import { type LiveState, notLive } from './live-state.ts'
import { Lobby } from './lobby.ts'
import { LookTimes } from './look-times.ts'
import type { PaceOptions } from './pace.ts'
import { quietFor, readBackTo } from './read-back.ts'
import { cursorAt, replay } from './replay.ts'
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

/**
 * The one reader of one watched room: it reads, compares, and hands each event to all watchers. It reads when the
 * account's digest names the room, or at its own pace where there is no digest to rely on.
 */
export class RoomSource {
  readonly #options: RoomSourceOptions
  readonly #events: EventLog
  readonly #window = new KnownWindow()
  readonly #times: LookTimes
  readonly #alarm = new Alarm()
  readonly #stop = new AbortController()
  readonly #watchers = new Set<Watcher>()
  readonly #lobby = new Lobby()
  #joinersTurn = false
  #running = false

  constructor(options: RoomSourceOptions) {
    const { adapter, roomId, digest, pace } = options
    this.#options = options
    this.#events = new EventLog({ provider: adapter.name, roomId })
    this.#times = new LookTimes(pace, digest)
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
   * other joins with a read made with its own credential: the provider grants each caller the room itself.
   * Rejects with what that read failed with.
   */
  async join({ caller, start, accept, signal }: Joiner): Promise<Watcher> {
    const watcher = new Watcher({ caller, start, accept }, (gone) => this.#leave(gone))
    signal.addEventListener('abort', () => void watcher.events.return(), { once: true })
    if (this.#startNow(watcher)) return watcher
    if (this.#times.barredMs > 0) throw limited(this.provider, this.#times.barredMs)
    const admitted = this.#lobby.enter(watcher)
    this.#alarm.ring()
    if (!this.#running) void this.#run()
    await admitted
    return watcher
  }

  /** Something may have happened: look now. */
  nudge(): void {
    this.#times.hint()
    this.#alarm.ring()
  }

  /** The digest names the room: it is within the digest's reach, and something happened. */
  named(): void {
    this.#times.reach(true)
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

  #startNow(watcher: Watcher): boolean {
    const { from } = this.#window
    const peer = [...this.#watchers].find((other) => isSameCaller(other.caller, watcher.caller))
    if (!peer || from === null) return false
    const cursor = this.#startOf(watcher)
    const logged = this.#events.after(cursor)
    if (!logged && comparePositions(from, cursor.position) > 0) return false
    // It may have seen more of the room than the last read has.
    if (!logged) watcher.standAhead(cursor)
    watcher.offer(logged ?? this.#replay(cursor))
    watcher.grantedAt = peer.grantedAt
    this.#watchers.add(watcher)
    this.#times.quicken()
    this.#alarm.ring()
    return true
  }

  #replay(cursor: Cursor): readonly RoomEvent[] {
    return this.#events.beside(replay(cursor, this.#window), cursor)
  }

  /** A start without a cursor is a moment of this clock: the provider's own may show another time. */
  #startOf({ start }: Watcher): Cursor {
    if ('after' in start) return start.after
    return cursorAt(new Date(start.since.getTime() + this.#options.adapter.clockAheadMs()))
  }

  #leave(watcher: Watcher): void {
    this.#watchers.delete(watcher)
    this.#lobby.refuse(watcher, new DOMException('The subscriber left.', 'AbortError'))
    if (this.watching > 0 || this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#alarm.ring()
    this.#options.onEmpty()
  }

  async #run(): Promise<void> {
    this.#running = true
    while (!this.#stop.signal.aborted) {
      const caller = this.#nextReader()
      if (caller) await this.#look(caller)
      else await this.#alarm.wait(this.#times.waitMs)
    }
  }

  /**
   * Whose credential reads now: the next joiner's, or the watchers' where a look is due. With both waiting they
   * take turns, so that no number of strangers keeps the watchers from their looks. Before anything is told,
   * each credential that was granted the room long ago is shown to the provider again.
   */
  #nextReader(): Caller | null {
    const joiner = this.#lobby.watchers[0]?.caller ?? null
    const due = this.#times.waitMs === 0
    if (!joiner && !due) return null
    const stale = stalest(this.#watchers)
    if (stale) return stale
    const reader = due ? readerOf(this.#watchers) : null
    this.#joinersTurn = !this.#joinersTurn
    return this.#joinersTurn ? (joiner ?? reader) : (reader ?? joiner)
  }

  async #look(caller: Caller): Promise<void> {
    const together = this.#lobby.watchers.filter((watcher) => isSameCaller(watcher.caller, caller))
    this.#times.begin()
    try {
      await this.#read(caller, together)
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#failed(error, caller)
    }
  }

  async #read(caller: Caller, together: readonly Watcher[]): Promise<void> {
    const { adapter, roomId, log } = this.#options
    const { signal } = this.#stop
    const began = performance.now()
    const present = [...this.#watchers]
    const call = { caller, signal, log, background: together.length === 0 }
    const starts = together.map((watcher) => this.#startOf(watcher).position)
    const recent = await adapter.recentMessages(roomId, readBackTo(starts, this.#window), call)
    grant(present, caller)
    // Others were granted the room long ago: before they are told of what was read, they are asked for.
    if (stalest(this.#watchers)) return
    this.#times.answered(began, this.#publish(recent))
    for (const watcher of present) watcher.catchUp()
    this.#admit(together)
    if (caller.role === 'OPERATOR') this.#times.reach(true)
    else if (this.#times.seeksReach)
      this.#times.reach(await isReached(adapter, roomId, { ...call, background: true }))
  }

  /** Tells what is new; gives how many milliseconds ago something happened, null where nothing has since the last read. */
  #publish(recent: RecentMessages): number | null {
    const isFirst = this.#window.from === null
    if (isFirst) this.#events.begin(recent.messages)
    const found = this.#window.compare(recent)
    if (found.length === 0)
      return isFirst ? quietFor(recent.messages, Date.now() + this.#options.adapter.clockAheadMs()) : null
    const told = this.#events.append(found)
    for (const watcher of [...this.#watchers]) watcher.tell(told)
    return 0
  }

  #admit(together: readonly Watcher[]): void {
    for (const watcher of together) {
      if (!this.#lobby.admit(watcher)) continue
      const cursor = this.#startOf(watcher)
      watcher.offer(this.#events.after(cursor) ?? this.#replay(cursor))
      this.#watchers.add(watcher)
    }
  }

  #failed(error: unknown, asked: Caller): void {
    const { adapter, roomId, log } = this.#options
    const failure = error instanceof ChatError ? error : null
    const isOfAsked = ({ caller }: Watcher): boolean => isSameCaller(caller, asked)
    const waiting = this.#lobby.watchers
    if (failure && REVOKED.has(failure.code)) {
      this.#refuse([...waiting, ...this.#watchers].filter(isOfAsked), failure)
      return
    }
    grantForNow(this.#watchers, asked)
    // A limit is everybody's: who asked next would only prolong it.
    this.#refuse(failure?.code === 'RATE_LIMITED' ? waiting : waiting.filter(isOfAsked), error)
    this.#times.failed(failure?.retryAfterMs ?? 0)
    const place = { provider: adapter.name, roomId }
    if (failure) log.warn({ code: failure.code, ...place }, 'a look at a room failed')
    else log.error({ err: error, ...place }, 'a look at a room failed')
  }

  /** Ends streams, begun or not, with the reason. */
  #refuse(watchers: readonly Watcher[], error: unknown): void {
    for (const watcher of watchers) {
      this.#lobby.refuse(watcher, error)
      watcher.events.end(error)
    }
  }
}
