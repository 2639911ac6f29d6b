import type { Logger } from 'pino'
import type { ChatAdapter, RecentMessages } from '../chat/adapter.ts'
import type { Caller } from '../chat/caller.ts'
import { withRoomMark } from '../chat/cursor.ts'
import { ChatError, notFound } from '../chat/errors.ts'
import type { RoomEvent } from '../chat/events.ts'
import type { Room } from '../chat/model.ts'
import { isSameState, type RoomMark, type RoomView, roomViews, stateHashOf } from '../chat/room-state.ts'
import type { Digest } from './digest.ts'
import { type Found, suggestsRoomChange } from './found.ts'
import type { KnownRoom } from './logged-event.ts'
import type { PaceOptions } from './pace.ts'
import { ViewState } from './view-state.ts'
import type { Watcher } from './watcher.ts'

export interface RoomStateReaderOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly pace: PaceOptions
  readonly log: Logger
  /** The account poller that reports changes of the room; null where the account has none. */
  readonly digest: Digest | null
  /** Aborts when nobody watches the room any more. */
  readonly signal: AbortSignal
  /** A read is over, answered or not. */
  readonly onRead: () => void
}

/** The caller that reads the room for a view; null where no subscriber of that view follows the room's state. */
export type ReaderOf = (view: RoomView) => Caller | null

/**
 * The state of one watched room, read when something suggests that it changed, never per poll of a quiet room. A read that
 * fails is repeated until it succeeds; until then cursors say that their holders are to receive the room.
 */
export class RoomStateReader {
  readonly #options: RoomStateReaderOptions
  readonly #states: Readonly<Record<RoomView, ViewState>>
  #fingerprint: string | null = null
  #listed: string | null = null
  #isChangeExpected = false

  constructor(options: RoomStateReaderOptions) {
    this.#options = options
    const { pace } = options
    this.#states = { OPERATOR: new ViewState('OPERATOR', pace), VISITOR: new ViewState('VISITOR', pace) }
  }

  /** What is known of the room, by view. */
  get known(): Readonly<Record<RoomView, KnownRoom>> {
    const { OPERATOR, VISITOR } = this.#states
    return { OPERATOR: OPERATOR.known, VISITOR: VISITOR.known }
  }

  /** Something outside the room's messages says that it changed: the next poll is followed by a read. */
  expectChange(): void {
    this.#isChangeExpected = true
  }

  /**
   * The account poller names the room, as operators see it; null where it only says that it is no longer active. True
   * where the room's state is not what was known.
   */
  listed(room: Room | null): boolean {
    const isOther = room === null || !this.#isKnown(room)
    if (room) this.#listed = stateHashOf(room)
    if (isOther) this.expectChange()
    return isOther
  }

  /** Takes in what a poll found, before it is delivered. True where it suggests that the room's state changed. */
  polled({ roomFingerprint }: RecentMessages, found: readonly Found[]): boolean {
    const isOther = this.#fingerprint !== null && roomFingerprint !== this.#fingerprint
    const isSuspect =
      this.#isChangeExpected || isOther || found.some(({ change }) => suggestsRoomChange(change))
    this.#fingerprint = roomFingerprint ?? null
    this.#isChangeExpected = false
    if (isSuspect) for (const view of roomViews) this.#states[view].suspect()
    return isSuspect
  }

  /**
   * Compares what a new subscriber's cursor says of the room with what is known, and gives the events that it starts with.
   * Where the subscriber may not know the state, their cursors say so: one that is cut off among them must still receive it.
   */
  admit(watcher: Watcher, events: readonly RoomEvent[]): readonly RoomEvent[] {
    if (!watcher.followsRoom) return events
    const state = this.#states[watcher.view]
    const claimed = watcher.room
    if (claimed?.hash && claimed.view === watcher.view) state.presume(claimed.hash)
    const { mark } = state.known
    // A subscriber that claims nothing starts with what is known now.
    watcher.room ??= mark
    const isRecent = events.some(({ change }) => suggestsRoomChange(change))
    if (isRecent) watcher.isRoomOwed = true
    const isOther = claimed?.hash && mark?.hash && !isSameState(claimed, mark)
    const isDoubtful = watcher.isRoomOwed || isOther || claimed?.doubt === 'VERIFY'
    // What was read before the subscriber came may be older than its cursor.
    const isOutdated = !state.isFreshSince(watcher.createdAt) && (isDoubtful || (claimed && state.isReading))
    if (isRecent || isOutdated) state.suspect()
    if (!isDoubtful) return events
    const unsure: RoomMark = { view: watcher.view, hash: state.known.mark?.hash ?? null, doubt: 'SEND' }
    return events.map((event) => ({ ...event, cursor: withRoomMark(event.cursor, unsure) }))
  }

  /** Reads what is due. */
  start(readerOf: ReaderOf): void {
    for (const view of roomViews) {
      if (this.#waitMs(view) > 0) continue
      const caller = readerOf(view)
      if (caller) void this.#read(this.#states[view], caller)
    }
  }

  /** Milliseconds until a read is due that somebody needs; Infinity where none is. */
  waitMs(readerOf: ReaderOf): number {
    const waits = roomViews.map((view) => {
      const ms = this.#waitMs(view)
      return Number.isFinite(ms) && readerOf(view) ? ms : Number.POSITIVE_INFINITY
    })
    return Math.min(...waits)
  }

  /** Sends the room to each subscriber that does not know its current state. `cursorWith` gives their place now. */
  deliver(watchers: Iterable<Watcher>, cursorWith: (room: RoomMark) => string): void {
    const current = roomViews.flatMap((view) => this.#currentOf(view, cursorWith))
    for (const watcher of current.length > 0 ? watchers : []) {
      const state = current.find(({ mark }) => mark.view === watcher.view)
      if (state && watcher.lacksRoom(state.mark)) watcher.offerRoom(state.event(), state.mark)
    }
  }

  /** The state of a view where it is known, and the one event that carries it to all subscribers of the view. */
  #currentOf(view: RoomView, cursorWith: (room: RoomMark) => string) {
    const { adapter, roomId } = this.#options
    const { known, isCurrent } = this.#states[view]
    const { mark, room } = known
    if (!room || !mark || !isCurrent) return []
    let made: RoomEvent | null = null
    const event = (): RoomEvent => {
      const change = { type: 'RoomUpdated' } as const
      made ??= { provider: adapter.name, roomId, cursor: cursorWith(mark), change, room }
      return made
    }
    return [{ mark, event }]
  }

  /** Whether a listed room is as it was listed last, or as it was read or claimed by a cursor; true where nothing is known. */
  #isKnown(room: Room): boolean {
    const now: RoomMark = { view: 'OPERATOR', hash: stateHashOf(room), doubt: 'NONE' }
    if (this.#listed !== null) return this.#listed === now.hash
    const known = this.known.OPERATOR.mark ?? this.known.VISITOR.mark
    return !known?.hash || isSameState(known, now)
  }

  /** Where room reads are scarce nobody reads the room without a suspicion. */
  #waitMs(view: RoomView): number {
    const { adapter, digest } = this.#options
    const isScarce = adapter.isRoomReadScarce(view)
    const since = isScarce ? Number.NEGATIVE_INFINITY : Math.max(0, digest?.toldFrom ?? 0)
    return this.#states[view].waitMs(since)
  }

  /** What operators are shown of the status says when a visitor's view, which is read sparingly, is out of date. */
  #compareViews({ view, known: { mark } }: ViewState): void {
    const { VISITOR } = this.#states
    const claimed = VISITOR.known.mark
    if (view === 'OPERATOR' && mark && claimed?.hash && !isSameState(mark, claimed)) VISITOR.suspect()
  }

  async #read(state: ViewState, caller: Caller): Promise<void> {
    const { adapter, roomId, signal, log, onRead } = this.#options
    const read = state.begin()
    try {
      const [room = null] = await adapter.getRooms([roomId], { caller, signal, log, background: true })
      if (signal.aborted) return
      if (room instanceof ChatError) throw room
      if (room === null) throw notFound('room', adapter.name)
      state.answered(read, room)
      this.#compareViews(state)
    } catch (error) {
      if (signal.aborted) return
      const failure = error instanceof ChatError ? error : null
      state.failed(failure?.retryAfterMs ?? 0)
      const about = { provider: adapter.name, roomId, ...(failure ? { code: failure.code } : { err: error }) }
      log[failure ? 'warn' : 'error'](about, 'reading the state of a room failed; it is read again')
    }
    onRead()
  }
}
