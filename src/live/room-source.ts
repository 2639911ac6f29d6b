import type { Logger } from 'pino'
import type { ChatAdapter, RecentMessages } from '../chat/adapter.ts'
import type { Caller } from '../chat/caller.ts'
import type { Cursor } from '../chat/cursor.ts'
import { ChatError, type ErrorCode } from '../chat/errors.ts'
import type { RoomEvent } from '../chat/events.ts'
import { comparePositions, type Position } from '../chat/model.ts'
import { Alarm } from './alarm.ts'
import { EventLog } from './event-log.ts'
import { KnownWindow } from './known-window.ts'
import { Lobby } from './lobby.ts'
import { Pace, type PaceOptions } from './pace.ts'
import { cursorAt, replay } from './replay.ts'
import { Watcher, type WatcherOptions } from './watcher.ts'

/** A message may be committed behind one with a later time; this far back is read again for such. */
const LATE_COMMIT_MICROS = 5_000_000

/** Failures that say "not you", where others say "not now". */
const REVOKED: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'UNAUTHENTICATED', 'FORBIDDEN'])

/** A credential that others read for is shown to the provider again after this long. */
const RECHECK_MS = 60_000

/** Who joins, and the signal with which it leaves. */
export interface Joiner extends WatcherOptions {
  readonly signal: AbortSignal
}

export interface RoomSourceOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly pace: PaceOptions
  readonly log: Logger
  /** Called when the last watcher has left and nothing runs any more. */
  readonly onEmpty: () => void
}

/** The one poller of one watched room: it reads, compares, and hands each event to all watchers. */
export class RoomSource {
  readonly #options: RoomSourceOptions
  readonly #events: EventLog
  readonly #window = new KnownWindow()
  readonly #pace: Pace
  readonly #alarm = new Alarm()
  readonly #stop = new AbortController()
  readonly #watchers = new Set<Watcher>()
  readonly #lobby = new Lobby()
  #joinersTurn = false
  #running = false

  constructor(options: RoomSourceOptions) {
    this.#options = options
    this.#events = new EventLog({ provider: options.adapter.name, roomId: options.roomId })
    this.#pace = new Pace(options.pace)
  }

  get watching(): number {
    return this.#watchers.size + this.#lobby.size
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
    if (this.#pace.barredMs > 0) throw this.#barred()
    const admitted = this.#lobby.enter(watcher)
    this.#alarm.ring()
    if (!this.#running) void this.#run()
    await admitted
    return watcher
  }

  /** Something may have happened: look now. */
  nudge(): void {
    this.#pace.hurry()
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
    const cursor = startOf(watcher)
    const logged = this.#events.after(cursor)
    if (!logged && comparePositions(from, cursor.position) > 0) return false
    // It may have seen more of the room than the last read has.
    if (!logged) watcher.standAhead(cursor)
    watcher.offer(logged ?? this.#replay(cursor))
    watcher.grantedAt = peer.grantedAt
    this.#watchers.add(watcher)
    this.#pace.quicken()
    this.#alarm.ring()
    return true
  }

  #replay(cursor: Cursor): readonly RoomEvent[] {
    return this.#events.beside(replay(cursor, this.#window), cursor)
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
      else await this.#alarm.wait(this.#pace.waitMs)
    }
  }

  /**
   * Whose credential reads now: the next joiner's, or the watchers' where a look is due. With both waiting they
   * take turns, so that no number of strangers keeps the watchers from their looks.
   */
  #nextReader(): Caller | null {
    const joiner = this.#lobby.watchers[0]?.caller ?? null
    const reader = this.#pace.waitMs === 0 ? this.#readAs() : null
    this.#joinersTurn = !this.#joinersTurn
    return this.#joinersTurn ? (joiner ?? reader) : (reader ?? joiner)
  }

  /** An operator's credential where one watches; but one that others read for must be granted again in time. */
  #readAs(): Caller | null {
    const watchers = [...this.#watchers]
    const long = performance.now() - RECHECK_MS
    const chosen =
      watchers.find(({ grantedAt }) => grantedAt < long) ??
      watchers.find(({ caller }) => caller.role === 'OPERATOR') ??
      watchers[0]
    return chosen?.caller ?? null
  }

  async #look(caller: Caller): Promise<void> {
    const together = this.#lobby.watchers.filter((watcher) => isSameCaller(watcher.caller, caller))
    this.#pace.begin()
    try {
      await this.#read(caller, together)
      this.#pace.answered()
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#failed(error, caller)
    }
  }

  async #read(caller: Caller, together: readonly Watcher[]): Promise<void> {
    const { adapter, roomId, log } = this.#options
    const call = { caller, signal: this.#stop.signal, log }
    const present = [...this.#watchers]
    const recent = await adapter.recentMessages(roomId, this.#readBackTo(together), call)
    this.#publish(recent)
    for (const watcher of present) {
      watcher.catchUp()
      if (isSameCaller(watcher.caller, caller)) watcher.grantedAt = performance.now()
    }
    this.#admit(together)
  }

  /** The oldest position that this read must reach: nobody's start, and nothing new, may lie below it. */
  #readBackTo(together: readonly Watcher[]): Position | null {
    const starts = together.map((watcher) => startOf(watcher).position)
    const newest = this.#window.messages.at(-1)?.position
    const known = newest
      ? { micros: Math.max(0, newest.micros - LATE_COMMIT_MICROS), id: '' }
      : this.#window.from
    const wanted = known ? [...starts, known] : starts
    return wanted.length === 0 ? null : wanted.reduce((a, b) => (a.micros <= b.micros ? a : b))
  }

  #publish(recent: RecentMessages): void {
    if (this.#window.from === null) this.#events.begin(recent.messages)
    const found = this.#window.compare(recent)
    if (found.length === 0) return
    this.#pace.quicken()
    const told = this.#events.append(found)
    for (const watcher of [...this.#watchers]) watcher.tell(told)
  }

  #admit(together: readonly Watcher[]): void {
    for (const watcher of together) {
      if (!this.#lobby.admit(watcher)) continue
      const cursor = startOf(watcher)
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
    // A limit is everybody's: who asked next would only prolong it.
    this.#refuse(failure?.code === 'RATE_LIMITED' ? waiting : waiting.filter(isOfAsked), error)
    this.#pace.failed(failure?.retryAfterMs ?? 0)
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

  #barred(): ChatError {
    return new ChatError('RATE_LIMITED', 'The provider limits the rate of calls.', {
      provider: this.#options.adapter.name,
      retryAfterMs: Math.ceil(this.#pace.barredMs),
    })
  }
}

function startOf({ start }: Watcher): Cursor {
  return 'after' in start ? start.after : cursorAt(start.since)
}

/** Whether two callers come to the provider with the same credential. All operators come with the service account. */
function isSameCaller(a: Caller, b: Caller): boolean {
  if (a.role !== b.role) return false
  return a.role !== 'VISITOR' || b.role !== 'VISITOR' || a.token === b.token
}
