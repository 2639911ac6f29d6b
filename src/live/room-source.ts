import type { Logger } from 'pino'
import type { Call, ChatAdapter } from '../chat/adapter.ts'
import type { Caller } from '../chat/caller.ts'
import { lastChangeMicros } from '../chat/cursor.ts'
import { ChatError, type ErrorCode } from '../chat/errors.ts'
import { type Position, positionAt } from '../chat/model.ts'
import { EventLog, type Mark } from './event-log.ts'
import { type Found, KnownWindow } from './known-window.ts'
import { Pace, type PaceOptions } from './pace.ts'
import { replay } from './replay.ts'
import { Watcher, type WatcherOptions } from './watcher.ts'

/** A message may be committed behind one with a later time; this far back is read again for such. */
const LATE_COMMIT_MICROS = 5_000_000

/** Failures that say "not you", where others say "not now". */
const REVOKED: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'UNAUTHENTICATED', 'FORBIDDEN'])

/** Who joins, and the signal with which it leaves. */
export interface Joiner extends WatcherOptions {
  readonly signal: AbortSignal
}

interface Joining {
  readonly watcher: Watcher
  readonly joined: () => void
  readonly refused: (error: unknown) => void
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
  readonly #stop = new AbortController()
  readonly #watchers = new Set<Watcher>()
  #joining: Joining[] = []
  #wake: () => void = () => {}
  #nudged = false
  #running = false

  constructor(options: RoomSourceOptions) {
    this.#options = options
    this.#events = new EventLog({ provider: options.adapter.name, roomId: options.roomId })
    this.#pace = new Pace(options.pace)
  }

  get watching(): number {
    return this.#watchers.size + this.#joining.length
  }

  /**
   * Adds a watcher. One whose credential already watches here starts at once where the log allows; any other
   * joins with the next read, made with its own credential: the provider grants each caller the room itself.
   */
  async join({ caller, start, accept, signal }: Joiner): Promise<Watcher> {
    signal.throwIfAborted()
    const watcher = new Watcher({ caller, start, accept }, (gone) => this.#leave(gone))
    const leave = () => void watcher.events.return()
    signal.addEventListener('abort', leave, { once: true })
    if (this.#startNow(watcher)) return watcher
    await new Promise<void>((joined, refused) => {
      this.#joining.push({ watcher, joined, refused })
      this.nudge()
      if (!this.#running) void this.#run()
    })
    return watcher
  }

  /** Something may have happened: look now. */
  nudge(): void {
    this.#pace.quicken()
    this.#nudged = true
    this.#wake()
  }

  /** Ends all watchers' streams, with `error` where one is given, and the poller. */
  close(error?: unknown): void {
    for (const watcher of [...this.#watchers]) watcher.events.end(error)
    for (const { watcher } of [...this.#joining]) watcher.events.end(error)
  }

  #startNow(watcher: Watcher): boolean {
    const granted = [...this.#watchers].some((other) => isSameCaller(other.caller, watcher.caller))
    if (!granted || this.#window.from === null) return false
    const missed = 'after' in watcher.start ? this.#events.after(watcher.start.after) : []
    if (missed === null) return false
    for (const event of missed) watcher.offer(event)
    this.#watchers.add(watcher)
    this.#pace.quicken()
    return true
  }

  #leave(watcher: Watcher): void {
    this.#watchers.delete(watcher)
    const waiting = this.#joining.find((joining) => joining.watcher === watcher)
    this.#joining = this.#joining.filter((joining) => joining !== waiting)
    waiting?.refused(new DOMException('The subscriber left.', 'AbortError'))
    if (this.watching > 0 || this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#wake()
    this.#options.onEmpty()
  }

  async #run(): Promise<void> {
    this.#running = true
    while (!this.#stop.signal.aborted) {
      this.#nudged = false
      const waitMs = await this.#look()
      if (!this.#nudged) await this.#pause(waitMs)
    }
  }

  /** One look with each credential that is owed one; gives the milliseconds until the next. */
  async #look(): Promise<number> {
    const joining = this.#joining
    const caller = joining[0]?.watcher.caller ?? this.#readAs()
    if (!caller) return 0
    const together = joining.filter(({ watcher }) => isSameCaller(watcher.caller, caller))
    try {
      await this.#read(caller, together)
      // Others wait with another credential: their turn is now.
      return this.#joining.length > 0 ? 0 : this.#pace.next()
    } catch (error) {
      return this.#stop.signal.aborted ? 0 : this.#failed(error, caller, together)
    }
  }

  async #read(caller: Caller, together: readonly Joining[]): Promise<void> {
    const { adapter, roomId, log } = this.#options
    const call: Call = { caller, signal: this.#stop.signal, log }
    const recent = await adapter.recentMessages(roomId, this.#readBackTo(together), call)
    const first = this.#window.from === null
    const found = this.#window.compare(recent)
    if (first) for (const message of recent.messages) this.#events.advance(markOf(message))
    this.#publish(found)
    this.#admit(together)
  }

  #publish(found: readonly Found[]): void {
    if (found.length > 0) this.#pace.quicken()
    for (const { change } of found) this.#emit(change)
    // What a system message tells of (taken over, closed, transferred) has changed the room.
    const told = found.some(
      ({ change }) => change.type === 'MessageAdded' && change.message.kind === 'SYSTEM',
    )
    if (told) this.#emit({ type: 'RoomUpdated' })
  }

  #emit(change: Found['change']): void {
    const mark = 'message' in change ? markOf(change.message) : NOTHING_SEEN
    const event = this.#events.append(change, mark)
    for (const watcher of [...this.#watchers]) watcher.offer(event)
  }

  #admit(together: readonly Joining[]): void {
    for (const entry of together) {
      if (!this.#joining.includes(entry)) continue
      this.#joining = this.#joining.filter((other) => other !== entry)
      const { watcher } = entry
      const logged = 'after' in watcher.start ? this.#events.after(watcher.start.after) : null
      for (const event of logged ?? replay(watcher.start, this.#window, this.#events)) watcher.offer(event)
      this.#watchers.add(watcher)
      entry.joined()
    }
  }

  #failed(error: unknown, caller: Caller, together: readonly Joining[]): number {
    const { adapter, roomId, log, pace } = this.#options
    for (const { watcher, refused } of together) {
      refused(error)
      watcher.events.end()
    }
    if (!(error instanceof ChatError))
      log.error({ err: error, provider: adapter.name, roomId }, 'a look at a room failed')
    else if (REVOKED.has(error.code)) {
      for (const watcher of [...this.#watchers]) {
        if (isSameCaller(watcher.caller, caller)) watcher.events.end(error)
      }
    } else log.warn({ code: error.code, provider: adapter.name, roomId }, 'a look at a room failed')
    if (this.#joining.length > 0) return 0
    const retryAfterMs = error instanceof ChatError ? (error.retryAfterMs ?? 0) : 0
    return Math.max(retryAfterMs, Math.min(2 * this.#pace.next(), pace.idleMs))
  }

  /** Whose credential reads for all: an operator's service account where one watches. */
  #readAs(): Caller | null {
    const callers = [...this.#watchers].map(({ caller }) => caller)
    return callers.find(({ role }) => role === 'OPERATOR') ?? callers[0] ?? null
  }

  /** The oldest position that this read must reach: nobody's start, and nothing new, may lie below it. */
  #readBackTo(together: readonly Joining[]): Position | null {
    const starts = together.map(({ watcher: { start } }) =>
      'after' in start ? start.after.position : positionAt(start.since),
    )
    const newest = this.#window.messages.at(-1)?.position
    const known = newest ? [{ micros: Math.max(0, newest.micros - LATE_COMMIT_MICROS), id: '' }] : []
    const wanted = [...starts, ...known]
    return wanted.length === 0 ? null : wanted.reduce((a, b) => (a.micros <= b.micros ? a : b))
  }

  async #pause(ms: number): Promise<void> {
    if (this.#stop.signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = () => {}
  }
}

const NOTHING_SEEN: Mark = { position: { micros: 0, id: '' }, seenMicros: 0 }

function markOf(message: Parameters<typeof lastChangeMicros>[0]): Mark {
  return { position: message.position, seenMicros: lastChangeMicros(message) }
}

function isSameCaller(a: Caller, b: Caller): boolean {
  if (a.role !== b.role) return false
  return a.role !== 'VISITOR' || b.role !== 'VISITOR' || a.token === b.token
}
