import { type Cursor, encodeCursor, withRoomState } from '../../cursor/cursor.ts'
import {
  isSameRoomState,
  type RoomStateVersion,
  type RoomView,
  roomViewOf,
} from '../../cursor/room-state-version.ts'
import type { Caller } from '../../domain/caller.ts'
import type { RoomChange, RoomEvent } from '../../domain/events.ts'
import { isNewTo, suggestsRoomChange } from '../changes/detected-change.ts'
import type { LoggedEvent } from '../changes/logged-event.ts'
import { BoundedQueue } from './bounded-queue.ts'
import { DroppedEvents } from './dropped-events.ts'

const EVENTS_WAITING = 256
/** What may wait for one watcher, in bytes as far as texts tell. */
const WEIGHT_WAITING = { weightOf, maxTotal: 4 * 1024 * 1024 }
const BYTES_BESIDE_TEXT = 512
/** Milliseconds within which who fell behind must have taken what waits. */
const PATIENCE_MS = 30_000

/** Where a watcher wants to start: behind a cursor, or at a moment of the gateway's clock. */
export type SubscriptionStart = { readonly after: Cursor } | { readonly since: Date }

export interface SubscriberOptions {
  readonly caller: Caller
  /** Where the subscriber comes from, as limits count it; null or absent where that is not known. */
  readonly clientAddress?: string | null
  readonly start: SubscriptionStart
  /** Which changes are wanted. */
  readonly isWanted: (change: RoomChange) => boolean
  /** Whether changes of the room's own state are wanted too: where nobody wants them, the state is not read. */
  readonly wantsRoomState: boolean
}

/** One subscriber of a room: its own queue, and its own view of what passes. */
export class Subscriber {
  readonly caller: Caller
  readonly clientAddress: string | null
  readonly start: SubscriptionStart
  readonly view: RoomView
  readonly wantsRoomState: boolean
  readonly events: BoundedQueue<RoomEvent>
  /** When it came, in milliseconds of `performance.now()`: its cursor is older. */
  readonly createdAt = performance.now()
  /** When the provider last granted this caller the room, in milliseconds of `performance.now()`. */
  authorizedAt = performance.now()
  /** The room's state as the subscriber knows it: from its cursor, then from what it received; null where it is not known. */
  roomState: RoomStateVersion | null
  /** Whether it must receive the room's state, be it what it knows. */
  mustReceiveRoomState: boolean
  readonly #accept: SubscriberOptions['isWanted']
  #last: { readonly event: RoomEvent; readonly at: number } | null = null
  #ahead: Cursor | null = null
  /** What has passed since the queue was full; null while it takes what comes. */
  #skipped: DroppedEvents | null = null
  #patience: NodeJS.Timeout | undefined
  #isOver = false

  constructor(options: SubscriberOptions, onLeave: (watcher: Subscriber) => void) {
    const { caller, clientAddress = null, start, isWanted: accept, wantsRoomState: followsRoom } = options
    this.caller = caller
    this.clientAddress = clientAddress
    this.start = start
    this.view = roomViewOf(caller.role)
    this.wantsRoomState = followsRoom
    this.roomState = 'after' in start ? start.after.roomState : null
    this.mustReceiveRoomState = followsRoom && this.roomState?.resend === 'SEND'
    this.#accept = accept
    const leave = () => {
      this.#isOver = true
      clearTimeout(this.#patience)
      onLeave(this)
    }
    this.events = new BoundedQueue(EVENTS_WAITING, leave, WEIGHT_WAITING)
  }

  /** It stands ahead of what the room's poller has read: of what is told next, all up to there is no news to it. */
  setAheadCursor(cursor: Cursor): void {
    this.#ahead = cursor
  }

  /** A read that began after it came has been told. */
  clearAheadCursor(): void {
    this.#ahead = null
  }

  /** Hands over what a read has shown. */
  deliver(logged: readonly LoggedEvent[]): void {
    const ahead = this.#ahead
    const news = ahead === null ? logged : logged.filter(({ detected: found }) => isNewTo(found, ahead))
    if (news.some(({ detected: found }) => suggestsRoomChange(found.change)))
      this.mustReceiveRoomState = this.wantsRoomState
    this.enqueue(news.map((event) => event.inView(this.view)))
  }

  /** The room's state may have changed while it watched. What it knew of it decides whether it must receive the state. */
  expectRoomState(): void {
    if (!this.roomState?.hash) this.mustReceiveRoomState = this.wantsRoomState
  }

  /** Whether it does not know this state of the room, or may not. Where it never knew any, it takes this for what it knows. */
  needsRoomState(room: RoomStateVersion): boolean {
    if (!this.wantsRoomState) return false
    if (this.mustReceiveRoomState || (this.roomState?.hash && !isSameRoomState(this.roomState, room)))
      return true
    this.roomState = room
    return false
  }

  /** Hands the room's state over. One that reads too slowly to take it now still lacks it. */
  deliverRoomState(event: RoomEvent, room: RoomStateVersion): void {
    this.enqueue([this.#ahead === null ? event : { ...event, cursor: this.#cursorWith(this.#ahead, room) }])
    this.mustReceiveRoomState = this.#skipped !== null
    if (!this.mustReceiveRoomState) this.roomState = room
  }

  /** Where a watcher that stands ahead of the poller is: the poller's own place would repeat what it has. */
  #cursorWith(ahead: Cursor, room: RoomStateVersion): string {
    return this.#last
      ? withRoomState(this.#last.event.cursor, room)
      : encodeCursor({ ...ahead, roomState: room })
  }

  /**
   * Hands events over, as far as this caller may see them. A watcher whose queue is full loses nothing silently and
   * harms nobody else: it gets what is queued, then a gap in the place of what came meanwhile, then what comes.
   */
  enqueue(events: readonly RoomEvent[]): void {
    const seen = events.filter(({ change }) => this.#maySee(change))
    const newest = seen.at(-1)
    if (!newest) return
    if (this.events.push(seen)) this.#last = { event: newest, at: Date.now() }
    else this.#skip(seen)
  }

  /**
   * A watcher that is still behind when as much as it may hold has passed it by, or after half a minute, is stuck:
   * behind the gap its stream ends. What comes in one burst says nothing about it, so more must have come since.
   */
  #skip(events: readonly RoomEvent[]): void {
    if (this.#isOver || this.#last === null) return
    const skipped = this.#skipped ?? this.#fallBehind(this.#last)
    const isStuck = skipped.count >= EVENTS_WAITING
    skipped.add(events)
    if (isStuck) this.events.end()
  }

  #fallBehind({ event, at }: { readonly event: RoomEvent; readonly at: number }): DroppedEvents {
    const skipped = new DroppedEvents(event, at)
    this.#skipped = skipped
    this.#patience = setTimeout(() => this.events.end(), PATIENCE_MS).unref()
    this.events.dropUntilDrained(() => {
      clearTimeout(this.#patience)
      this.#skipped = null
      return skipped.toGapEvent(this.#isOver ? null : new Date())
    })
    return skipped
  }

  #maySee(change: RoomChange): boolean {
    if (!this.#accept(change)) return false
    if (this.caller.role === 'OPERATOR') return true
    if ('message' in change) return change.message.visibility === 'EVERYONE'
    return change.type !== 'MessageDeleted' || change.visibility === 'EVERYONE'
  }
}

function weightOf({ change }: RoomEvent): number {
  return BYTES_BESIDE_TEXT + ('message' in change ? 2 * change.message.text.length : 0)
}
