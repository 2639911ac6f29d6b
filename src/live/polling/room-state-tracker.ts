import { withRoomState } from '../../cursor/cursor.ts'
import { hashRoomState, isSameRoomState, type RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { RoomEvent } from '../../domain/events.ts'
import type { RecentMessages } from '../../domain/messages.ts'
import type { Room } from '../../domain/model.ts'
import { type RoomView, roomViews } from '../../domain/room-view.ts'
import { type DetectedChange, suggestsRoomChange } from '../changes/detected-change.ts'
import type { KnownRoomState } from '../changes/event-log.ts'
import type { RoomStateKnowledge } from '../changes/timeline.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import type { PollIntervalOptions } from './poll-interval.ts'
import { type RoomStateRead, RoomViewState } from './room-view-state.ts'

/**
 * Tracks one room's own state (status, agents, department, tags) in each view, and everything that suggests that it has
 * changed: a system message, the account poller, the room revision of a poll, a subscriber's cursor.
 */
export class RoomStateTracker implements RoomStateKnowledge {
  readonly #stateByView: Readonly<Record<RoomView, RoomViewState>>
  #revision: string | null = null
  #listedHash: string | null = null
  #isChangeExpected = false

  constructor(options: PollIntervalOptions) {
    this.#stateByView = {
      OPERATOR: new RoomViewState('OPERATOR', options),
      VISITOR: new RoomViewState('VISITOR', options),
    }
  }

  inView(view: RoomView): RoomViewState {
    return this.#stateByView[view]
  }

  get known(): Readonly<Record<RoomView, KnownRoomState>> {
    const { OPERATOR, VISITOR } = this.#stateByView
    return { OPERATOR: OPERATOR.known, VISITOR: VISITOR.known }
  }

  /** Forgets everything, to continue with what another process knows. */
  reset(): void {
    this.#revision = null
    this.#listedHash = null
    for (const view of roomViews) this.#stateByView[view].reset()
  }

  /** Something besides the room's messages shows a change: the room is read after the next poll. */
  expectChange(): void {
    this.#isChangeExpected = true
  }

  /** Something besides the room's messages shows a change: the room is read now. */
  suspectNow(): void {
    this.#isChangeExpected = false
    for (const view of roomViews) this.#stateByView[view].markSuspect()
  }

  /**
   * The account poller reported the room in the operators' view, or null where it only reported that the room is no longer
   * active. Returns true where the room's state differs from the known one.
   */
  onListed(room: Room | null): boolean {
    const isOther = room === null || !this.#isKnown(room)
    if (room) this.#listedHash = hashRoomState(room)
    if (isOther) this.expectChange()
    return isOther
  }

  /** Takes in a poll before its changes are delivered. Returns true where it suggests that the room's state changed. */
  onPolled({ roomRevision }: RecentMessages, changes: readonly DetectedChange[]): boolean {
    const isOther = this.#revision !== null && roomRevision !== this.#revision
    const isSuspect =
      this.#isChangeExpected || isOther || changes.some(({ change }) => suggestsRoomChange(change))
    this.#revision = roomRevision ?? null
    this.#isChangeExpected = false
    if (isSuspect) for (const view of roomViews) this.#stateByView[view].markSuspect()
    return isSuspect
  }

  /** Another process has read the room for a view (`RoomViewState.onShared`). */
  onShared(view: RoomView, room: Room, askedAt: number | null): void {
    this.#stateByView[view].onShared(room, askedAt)
    this.#compareViews(view)
  }

  /**
   * The room was read for a view. The status in the operators' view reveals when the visitors' view, which may be read
   * rarely, is outdated.
   */
  onRead(view: RoomView, read: RoomStateRead, room: Room): void {
    this.#stateByView[view].onReadSucceeded(read, room)
    this.#compareViews(view)
  }

  #compareViews(view: RoomView): void {
    const { OPERATOR, VISITOR } = this.known
    const isOther =
      OPERATOR.version && VISITOR.version?.hash && !isSameRoomState(OPERATOR.version, VISITOR.version)
    if (view === 'OPERATOR' && isOther) this.#stateByView.VISITOR.markSuspect()
  }

  /**
   * Compares the room state in a new subscriber's cursor with the known one, and returns the events that the subscriber
   * starts with. Where the subscriber may not know the state, their cursors say so: if it is cut off after one of them, it
   * must still receive the state.
   */
  admitSubscriber(subscriber: Subscriber, events: readonly RoomEvent[]): readonly RoomEvent[] {
    if (!subscriber.wantsRoomState) return events
    const { view } = subscriber
    const state = this.#stateByView[view]
    const claimed = subscriber.roomState
    if (claimed?.hash && claimed.view === view) state.assume(claimed.hash)
    const { version, room } = state.known
    // A subscriber without a room state starts with the known one.
    subscriber.roomState ??= version
    const isRecentChange = events.some(({ change }) => suggestsRoomChange(change))
    if (isRecentChange) subscriber.mustReceiveRoomState = true
    const isOther = claimed?.hash && version?.hash && !isSameRoomState(claimed, version)
    const isDoubtful = subscriber.mustReceiveRoomState || isOther || claimed?.resend === 'VERIFY'
    // A read from before the subscriber came may be older than its cursor.
    const isOutdated =
      !state.isFreshSince(subscriber.createdAt) && (isDoubtful || (claimed && state.isReading))
    if (isRecentChange) state.needFreshSince(performance.now())
    else if (isOutdated) state.needFreshSince(subscriber.createdAt)
    if (isDoubtful) {
      return withRoomStates(events, { view, hash: state.known.version?.hash ?? null, resend: 'SEND' })
    }
    // Events made before the room was read must not erase what the subscriber knows.
    return claimed?.hash && room === null ? withRoomStates(events, claimed) : events
  }

  /**
   * Whether a listed room equals the one that was listed last or read since. Before the first listing it is compared with
   * the state in a subscriber's cursor; where nothing is known, every room counts as known.
   */
  #isKnown(room: Room): boolean {
    const listed: RoomStateVersion = { view: 'OPERATOR', hash: hashRoomState(room), resend: 'NONE' }
    const { OPERATOR, VISITOR } = this.known
    if (this.#listedHash === listed.hash) return true
    const read = OPERATOR.room && OPERATOR.version
    if (read?.resend === 'NONE' && isSameRoomState(read, listed)) return true
    const known = OPERATOR.version ?? VISITOR.version
    return this.#listedHash === null && (!known?.hash || isSameRoomState(known, listed))
  }
}

function withRoomStates(events: readonly RoomEvent[], roomState: RoomStateVersion): readonly RoomEvent[] {
  return events.map((event) => ({ ...event, cursor: withRoomState(event.cursor, roomState) }))
}
