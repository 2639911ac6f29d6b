import type { RecentMessages } from '../chat/adapter.ts'
import { withRoomMark } from '../chat/cursor.ts'
import type { RoomEvent } from '../chat/events.ts'
import type { Room } from '../chat/model.ts'
import { isSameState, type RoomMark, type RoomView, roomViews, stateHashOf } from '../chat/room-state.ts'
import { type Found, suggestsRoomChange } from './found.ts'
import type { KnownRoom } from './logged-event.ts'
import type { PaceOptions } from './pace.ts'
import { type StateRead, ViewState } from './view-state.ts'
import type { Watcher } from './watcher.ts'

/**
 * What is known of one watched room's state, in each view, and what suggests that it is another one by now: a system
 * message, the account poller's row, what the provider's answers show beside the messages, a subscriber's cursor.
 */
export class RoomStates {
  readonly #states: Readonly<Record<RoomView, ViewState>>
  #fingerprint: string | null = null
  #listed: string | null = null
  #isChangeExpected = false

  constructor(pace: PaceOptions) {
    this.#states = { OPERATOR: new ViewState('OPERATOR', pace), VISITOR: new ViewState('VISITOR', pace) }
  }

  /** The state in one view. */
  of(view: RoomView): ViewState {
    return this.#states[view]
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
   * The room was read for a view. What operators are shown of the status says when the visitors' view, which may be read
   * sparingly, is out of date.
   */
  answered(view: RoomView, read: StateRead, room: Room): void {
    this.#states[view].answered(read, room)
    const { OPERATOR, VISITOR } = this.known
    const isOther = OPERATOR.mark && VISITOR.mark?.hash && !isSameState(OPERATOR.mark, VISITOR.mark)
    if (view === 'OPERATOR' && isOther) this.#states.VISITOR.suspect()
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
    const { mark, room } = state.known
    // A subscriber that claims nothing starts with what is known now.
    watcher.room ??= mark
    const isRecent = events.some(({ change }) => suggestsRoomChange(change))
    if (isRecent) watcher.isRoomOwed = true
    const isOther = claimed?.hash && mark?.hash && !isSameState(claimed, mark)
    const isDoubtful = watcher.isRoomOwed || isOther || claimed?.doubt === 'VERIFY'
    // What was read before the subscriber came may be older than its cursor.
    const isOutdated = !state.isFreshSince(watcher.createdAt) && (isDoubtful || (claimed && state.isReading))
    if (isRecent || isOutdated) state.suspect()
    if (isDoubtful) {
      return withMark(events, { view: watcher.view, hash: state.known.mark?.hash ?? null, doubt: 'SEND' })
    }
    // Events that were made before anything was known of the room must not make the subscriber forget what it knows.
    return claimed?.hash && room === null ? withMark(events, claimed) : events
  }

  /**
   * Whether a listed room is as it was listed last, or as it was read since. Before it was listed, what a cursor claims is
   * compared; where nothing is known, nothing is other.
   */
  #isKnown(room: Room): boolean {
    const now: RoomMark = { view: 'OPERATOR', hash: stateHashOf(room), doubt: 'NONE' }
    const { OPERATOR, VISITOR } = this.known
    if (this.#listed === now.hash) return true
    if (OPERATOR.room && OPERATOR.mark?.doubt === 'NONE' && isSameState(OPERATOR.mark, now)) return true
    const known = OPERATOR.mark ?? VISITOR.mark
    return this.#listed === null && (!known?.hash || isSameState(known, now))
  }
}

function withMark(events: readonly RoomEvent[], mark: RoomMark): readonly RoomEvent[] {
  return events.map((event) => ({ ...event, cursor: withRoomMark(event.cursor, mark) }))
}
