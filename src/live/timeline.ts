import type { RecentMessages } from '../chat/adapter.ts'
import { type Cursor, reachOf } from '../chat/cursor.ts'
import type { Position } from '../chat/model.ts'
import type { RoomMark } from '../chat/room-state.ts'
import { EventLog } from './event-log.ts'
import { KnownWindow } from './known-window.ts'
import type { LoggedEvent, RoomKey } from './logged-event.ts'
import { markBehind, nothingSeen } from './mark.ts'
import { quietFor, readBackTo } from './read-back.ts'
import { cursorAt, replay, seenBefore, takeRead, withOlder } from './replay.ts'
import type { RoomStates } from './room-states.ts'
import type { Watcher } from './watcher.ts'

/** What a read has shown. */
export interface News {
  readonly logged: readonly LoggedEvent[]
  /** Whether it suggests that the room's own state changed. */
  readonly suggestsRoomChange: boolean
  /** Milliseconds since something happened: 0 where it is news, null where nothing has since the last read. */
  readonly quietMs: number | null
}

/** What a timeline needs beside the reads. */
export interface TimelineOptions {
  readonly room: RoomKey
  readonly states: RoomStates
  /** Milliseconds by which the provider's clock is ahead of this one's. */
  readonly clockAheadMs: () => number
}

/** What is known of a room by all that was read of it, and what was told. */
export class Timeline {
  readonly #window = new KnownWindow()
  readonly #events: EventLog
  readonly #states: RoomStates
  readonly #clockAheadMs: () => number
  #reads = 0
  /** When the read began that was taken in last. */
  #takenBegan = Number.NEGATIVE_INFINITY

  constructor({ room, states, clockAheadMs }: TimelineOptions) {
    this.#events = new EventLog(room)
    this.#states = states
    this.#clockAheadMs = clockAheadMs
  }

  /** How many reads were taken in. */
  get reads(): number {
    return this.#reads
  }

  /** The oldest position that the next read must reach for these to start; null is any. */
  readBackTo(watchers: readonly Watcher[]): Position | null {
    return readBackTo(
      watchers.map((watcher) => reachOf(this.#startOf(watcher))),
      this.#window,
    )
  }

  /** Takes a read in that began then (`performance.now()`). */
  take(recent: RecentMessages, began: number): News {
    const isFirst = this.#reads === 0
    this.#reads += 1
    this.#takenBegan = began
    if (isFirst) this.#events.begin(recent.messages)
    const { found, before } = takeRead(this.#window, recent)
    // The cursors of these very changes must say that the room's state is in doubt.
    const suggestsRoomChange = this.#states.polled(recent, found)
    const logged = this.#events.append(found, before, this.#states.known)
    if (found.length > 0) return { logged, suggestsRoomChange, quietMs: 0 }
    const quietMs = isFirst ? quietFor(recent.messages, Date.now() + this.#clockAheadMs()) : null
    return { logged, suggestsRoomChange, quietMs }
  }

  /** The cursor of a subscriber that has received everything, and knows this state of the room. */
  cursorWith(room: RoomMark): string {
    return this.#events.cursorHere(seenBefore([], this.#window), room)
  }

  /**
   * Gives a watcher what lies behind its start, with a gap where what was read does not show it all. False, and nothing
   * given, where another read might still. `own` is the read that was made for the watcher, which may have been answered
   * after another was taken in; null where there is none. What was read since the watcher came is compared with its cursor
   * for good, whoever it was read for: under a rate limit a watcher's own read may always be answered together with the poll.
   */
  open(watcher: Watcher, own: RecentMessages | null): boolean {
    const start = this.#startOf(watcher)
    const logged = this.#events.after(start, watcher.view)
    if (logged) {
      watcher.offer(this.#states.admit(watcher, logged))
      return true
    }
    const isFinal = own !== null && this.#takenBegan >= watcher.createdAt
    if (!isFinal && (this.#window.from === null || this.#isBehind(start))) return false
    const window = own && isFinal ? withOlder(this.#window, own) : this.#window
    const found = replay(start, window)
    // What is no later than what the holder saw may be out of date as well.
    const isUnsure = found.some(
      ({ change, atMicros }) => change.type === 'Gap' || atMicros <= start.seenMicros,
    )
    if (!isFinal && isUnsure) return false
    // It may have seen more of the room than the last read has.
    if (!isFinal) watcher.standAhead(start)
    const before = seenBefore(found, window)
    const events = this.#events.beside(found, start, before, this.#states.known[watcher.view])
    watcher.offer(this.#states.admit(watcher, events))
    return true
  }

  /** Whether the holder of a cursor has seen what the last read has not: what that shows may be out of date. */
  #isBehind({ position, seenMicros, print }: Cursor): boolean {
    if (print === null) return false
    const known = markBehind(this.#window.messages, nothingSeen)
    return known.seenMicros < Math.max(position.micros, seenMicros)
  }

  /** A start without a cursor is a moment of this clock: the provider's own may show another time. */
  #startOf({ start }: Watcher): Cursor {
    if ('after' in start) return start.after
    return cursorAt(new Date(start.since.getTime() + this.#clockAheadMs()))
  }
}
