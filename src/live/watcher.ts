import type { Caller } from '../chat/caller.ts'
import { type Cursor, encodeCursor, withRoomMark } from '../chat/cursor.ts'
import type { RoomChange, RoomEvent } from '../chat/events.ts'
import { isSameState, type RoomMark, type RoomView, viewOf } from '../chat/room-state.ts'
import { BoundedQueue } from './bounded-queue.ts'
import { isNews, suggestsRoomChange } from './found.ts'
import type { LoggedEvent } from './logged-event.ts'
import { Skipped } from './skipped.ts'

const EVENTS_WAITING = 256
/** What may wait for one watcher, in bytes as far as texts tell. */
const WEIGHT_WAITING = { of: weightOf, most: 4 * 1024 * 1024 }
const BYTES_BESIDE_TEXT = 512
/** Milliseconds within which who fell behind must have taken what waits. */
const PATIENCE_MS = 30_000

/** Where a watcher wants to start: behind a cursor, or at a moment of the gateway's clock. */
export type Start = { readonly after: Cursor } | { readonly since: Date }

export interface WatcherOptions {
  readonly caller: Caller
  /** Where the subscriber comes from, as limits count it; null or absent where that is not known. */
  readonly clientAddress?: string | null
  readonly start: Start
  /** Which changes are wanted. */
  readonly accept: (change: RoomChange) => boolean
  /** Whether changes of the room's own state are wanted too: where nobody wants them, the state is not read. */
  readonly followsRoom: boolean
}

/** One subscriber of a room: its own queue, and its own view of what passes. */
export class Watcher {
  readonly caller: Caller
  readonly clientAddress: string | null
  readonly start: Start
  readonly view: RoomView
  readonly followsRoom: boolean
  readonly events: BoundedQueue<RoomEvent>
  /** When it came, in milliseconds of `performance.now()`: its cursor is older. */
  readonly createdAt = performance.now()
  /** When the provider last granted this caller the room, in milliseconds of `performance.now()`. */
  grantedAt = performance.now()
  /** The room's state as the subscriber knows it: from its cursor, then from what it received; null where it is not known. */
  room: RoomMark | null
  /** Whether it must receive the room's state, be it what it knows. */
  isRoomOwed: boolean
  readonly #accept: WatcherOptions['accept']
  #last: { readonly event: RoomEvent; readonly at: number } | null = null
  #ahead: Cursor | null = null
  /** What has passed since the queue was full; null while it takes what comes. */
  #skipped: Skipped | null = null
  #patience: NodeJS.Timeout | undefined
  #isOver = false

  constructor(options: WatcherOptions, onLeave: (watcher: Watcher) => void) {
    const { caller, clientAddress = null, start, accept, followsRoom } = options
    this.caller = caller
    this.clientAddress = clientAddress
    this.start = start
    this.view = viewOf(caller.role)
    this.followsRoom = followsRoom
    this.room = 'after' in start ? start.after.room : null
    this.isRoomOwed = followsRoom && this.room?.doubt === 'SEND'
    this.#accept = accept
    const leave = () => {
      this.#isOver = true
      clearTimeout(this.#patience)
      onLeave(this)
    }
    this.events = new BoundedQueue(EVENTS_WAITING, leave, WEIGHT_WAITING)
  }

  /** It stands ahead of what the room's poller has read: of what is told next, all up to there is no news to it. */
  standAhead(cursor: Cursor): void {
    this.#ahead = cursor
  }

  /** A read that began after it came has been told. */
  catchUp(): void {
    this.#ahead = null
  }

  /** Hands over what a read has shown. */
  tell(logged: readonly LoggedEvent[]): void {
    const ahead = this.#ahead
    const news = ahead === null ? logged : logged.filter(({ found }) => isNews(found, ahead))
    if (news.some(({ found }) => suggestsRoomChange(found.change))) this.isRoomOwed = this.followsRoom
    this.offer(news.map((event) => event.as(this.view)))
  }

  /** The room's state may have changed while it watched. What it knew of it decides whether it must receive the state. */
  expectRoom(): void {
    if (!this.room?.hash) this.isRoomOwed = this.followsRoom
  }

  /** Whether it does not know this state of the room, or may not. Where it never knew any, it takes this for what it knows. */
  lacksRoom(room: RoomMark): boolean {
    if (!this.followsRoom) return false
    if (this.isRoomOwed || (this.room?.hash && !isSameState(this.room, room))) return true
    this.room = room
    return false
  }

  /** Hands the room's state over. One that reads too slowly to take it now still lacks it. */
  offerRoom(event: RoomEvent, room: RoomMark): void {
    this.offer([this.#ahead === null ? event : { ...event, cursor: this.#cursorWith(this.#ahead, room) }])
    this.isRoomOwed = this.#skipped !== null
    if (!this.isRoomOwed) this.room = room
  }

  /** Where a watcher that stands ahead of the poller is: the poller's own place would repeat what it has. */
  #cursorWith(ahead: Cursor, room: RoomMark): string {
    return this.#last ? withRoomMark(this.#last.event.cursor, room) : encodeCursor({ ...ahead, room })
  }

  /**
   * Hands events over, as far as this caller may see them. A watcher whose queue is full loses nothing silently and
   * harms nobody else: it gets what is queued, then a gap in the place of what came meanwhile, then what comes.
   */
  offer(events: readonly RoomEvent[]): void {
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

  #fallBehind({ event, at }: { readonly event: RoomEvent; readonly at: number }): Skipped {
    const skipped = new Skipped(event, at)
    this.#skipped = skipped
    this.#patience = setTimeout(() => this.events.end(), PATIENCE_MS).unref()
    this.events.skip(() => {
      clearTimeout(this.#patience)
      this.#skipped = null
      return skipped.gap(this.#isOver ? null : new Date())
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
