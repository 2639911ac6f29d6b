import { withRoomState } from '../../cursor/cursor.ts'
import {
  hashRoomState,
  isSameRoomState,
  type RoomStateVersion,
  type RoomView,
  roomViews,
} from '../../cursor/room-state-version.ts'
import type { RecentMessages } from '../../domain/adapter.ts'
import type { RoomEvent } from '../../domain/events.ts'
import type { Room } from '../../domain/model.ts'
import { type DetectedChange, suggestsRoomChange } from '../changes/detected-change.ts'
import type { KnownRoomState } from '../changes/logged-event.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import type { PollIntervalOptions } from './poll-interval.ts'
import { type RoomStateRead, RoomViewState } from './room-view-state.ts'

/**
 * What is known of one watched room's state, in each view, and what suggests that it is another one by now: a system
 * message, the account poller's row, what the provider's answers show beside the messages, a subscriber's cursor.
 */
export class RoomStateTracker {
  readonly #states: Readonly<Record<RoomView, RoomViewState>>
  #fingerprint: string | null = null
  #listed: string | null = null
  #isChangeExpected = false

  constructor(pace: PollIntervalOptions) {
    this.#states = {
      OPERATOR: new RoomViewState('OPERATOR', pace),
      VISITOR: new RoomViewState('VISITOR', pace),
    }
  }

  /** The state in one view. */
  inView(view: RoomView): RoomViewState {
    return this.#states[view]
  }

  /** What is known of the room, by view. */
  get known(): Readonly<Record<RoomView, KnownRoomState>> {
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
  onListed(room: Room | null): boolean {
    const isOther = room === null || !this.#isKnown(room)
    if (room) this.#listed = hashRoomState(room)
    if (isOther) this.expectChange()
    return isOther
  }

  /** Takes in what a poll found, before it is delivered. True where it suggests that the room's state changed. */
  onPolled({ roomRevision: roomFingerprint }: RecentMessages, found: readonly DetectedChange[]): boolean {
    const isOther = this.#fingerprint !== null && roomFingerprint !== this.#fingerprint
    const isSuspect =
      this.#isChangeExpected || isOther || found.some(({ change }) => suggestsRoomChange(change))
    this.#fingerprint = roomFingerprint ?? null
    this.#isChangeExpected = false
    if (isSuspect) for (const view of roomViews) this.#states[view].markSuspect()
    return isSuspect
  }

  /**
   * The room was read for a view. What operators are shown of the status says when the visitors' view, which may be read
   * sparingly, is out of date.
   */
  onRead(view: RoomView, read: RoomStateRead, room: Room): void {
    this.#states[view].onReadSucceeded(read, room)
    const { OPERATOR, VISITOR } = this.known
    const isOther =
      OPERATOR.version && VISITOR.version?.hash && !isSameRoomState(OPERATOR.version, VISITOR.version)
    if (view === 'OPERATOR' && isOther) this.#states.VISITOR.markSuspect()
  }

  /**
   * Compares what a new subscriber's cursor says of the room with what is known, and gives the events that it starts with.
   * Where the subscriber may not know the state, their cursors say so: one that is cut off among them must still receive it.
   */
  admitSubscriber(watcher: Subscriber, events: readonly RoomEvent[]): readonly RoomEvent[] {
    if (!watcher.wantsRoomState) return events
    const state = this.#states[watcher.view]
    const claimed = watcher.roomState
    if (claimed?.hash && claimed.view === watcher.view) state.assume(claimed.hash)
    const { version: mark, room } = state.known
    // A subscriber that claims nothing starts with what is known now.
    watcher.roomState ??= mark
    const isRecent = events.some(({ change }) => suggestsRoomChange(change))
    if (isRecent) watcher.mustReceiveRoomState = true
    const isOther = claimed?.hash && mark?.hash && !isSameRoomState(claimed, mark)
    const isDoubtful = watcher.mustReceiveRoomState || isOther || claimed?.resend === 'VERIFY'
    // What was read before the subscriber came may be older than its cursor.
    const isOutdated = !state.isFreshSince(watcher.createdAt) && (isDoubtful || (claimed && state.isReading))
    if (isRecent || isOutdated) state.markSuspect()
    if (isDoubtful) {
      return withMark(events, { view: watcher.view, hash: state.known.version?.hash ?? null, resend: 'SEND' })
    }
    // Events that were made before anything was known of the room must not make the subscriber forget what it knows.
    return claimed?.hash && room === null ? withMark(events, claimed) : events
  }

  /**
   * Whether a listed room is as it was listed last, or as it was read since. Before it was listed, what a cursor claims is
   * compared; where nothing is known, nothing is other.
   */
  #isKnown(room: Room): boolean {
    const now: RoomStateVersion = { view: 'OPERATOR', hash: hashRoomState(room), resend: 'NONE' }
    const { OPERATOR, VISITOR } = this.known
    if (this.#listed === now.hash) return true
    if (OPERATOR.room && OPERATOR.version?.resend === 'NONE' && isSameRoomState(OPERATOR.version, now))
      return true
    const known = OPERATOR.version ?? VISITOR.version
    return this.#listed === null && (!known?.hash || isSameRoomState(known, now))
  }
}

function withMark(events: readonly RoomEvent[], mark: RoomStateVersion): readonly RoomEvent[] {
  return events.map((event) => ({ ...event, cursor: withRoomState(event.cursor, mark) }))
}
