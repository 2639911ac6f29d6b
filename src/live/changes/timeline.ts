import { type Cursor, requiredReadStart } from '../../cursor/cursor.ts'
import type { RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { RecentMessages } from '../../domain/adapter.ts'
import type { Position } from '../../domain/model.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import type { RoomStateTracker } from '../polling/room-state-tracker.ts'
import { EventLog } from './event-log.ts'
import type { LoggedEvent, RoomKey } from './logged-event.ts'
import { earliestPositionToRead, timeSinceNewestMs } from './read-range.ts'
import { applyRead, cursorAtTime, extendBackwards, readStateBefore, replay } from './replay.ts'
import { RoomSnapshot } from './room-snapshot.ts'
import { EMPTY_WATERMARK, watermarkAt } from './watermark.ts'

/** What a read has shown. */
export interface ReadResult {
  readonly events: readonly LoggedEvent[]
  /** Whether it suggests that the room's own state changed. */
  readonly suggestsRoomChange: boolean
  /** Milliseconds since something happened: 0 where it is news, null where nothing has since the last read. */
  readonly inactiveMs: number | null
}

/** What a timeline needs beside the reads. */
export interface TimelineOptions {
  readonly room: RoomKey
  readonly states: RoomStateTracker
  /** Milliseconds by which the provider's clock is ahead of this one's. */
  readonly clockSkewMs: () => number
}

/** What is known of a room by all that was read of it, and what was told. */
export class Timeline {
  readonly #window = new RoomSnapshot()
  readonly #events: EventLog
  readonly #states: RoomStateTracker
  readonly #clockAheadMs: () => number
  #reads = 0
  /** When the read began that was taken in last. */
  #takenBegan = Number.NEGATIVE_INFINITY

  constructor({ room, states, clockSkewMs: clockAheadMs }: TimelineOptions) {
    this.#events = new EventLog(room)
    this.#states = states
    this.#clockAheadMs = clockAheadMs
  }

  /** How many reads were taken in. */
  get readCount(): number {
    return this.#reads
  }

  /** The oldest position that the next read must reach for these to start; null is any. */
  earliestPositionToRead(watchers: readonly Subscriber[]): Position | null {
    return earliestPositionToRead(
      watchers.map((watcher) => requiredReadStart(this.#startOf(watcher))),
      this.#window,
    )
  }

  /** Takes a read in that began then (`performance.now()`). */
  applyRead(recent: RecentMessages, began: number): ReadResult {
    const isFirst = this.#reads === 0
    this.#reads += 1
    this.#takenBegan = began
    if (isFirst) this.#events.start(recent.messages)
    const { found, before } = applyRead(this.#window, recent)
    // The cursors of these very changes must say that the room's state is in doubt.
    const suggestsRoomChange = this.#states.onPolled(recent, found)
    const logged = this.#events.append(found, before, this.#states.known)
    if (found.length > 0) return { events: logged, suggestsRoomChange, inactiveMs: 0 }
    const quietMs = isFirst ? timeSinceNewestMs(recent.messages, Date.now() + this.#clockAheadMs()) : null
    return { events: logged, suggestsRoomChange, inactiveMs: quietMs }
  }

  /** The cursor of a subscriber that has received everything, and knows this state of the room. */
  cursorWith(room: RoomStateVersion): string {
    return this.#events.endCursor(readStateBefore([], this.#window), room)
  }

  /**
   * Gives a watcher what lies behind its start, with a gap where what was read does not show it all. False, and nothing
   * given, where another read might still. `own` is the read that was made for the watcher, which may have been answered
   * after another was taken in; null where there is none. What was read since the watcher came is compared with its cursor
   * for good, whoever it was read for: under a rate limit a watcher's own read may always be answered together with the poll.
   */
  startSubscriber(watcher: Subscriber, own: RecentMessages | null): boolean {
    const start = this.#startOf(watcher)
    const logged = this.#events.eventsAfter(start, watcher.view)
    if (logged) {
      watcher.enqueue(this.#states.admitSubscriber(watcher, logged))
      return true
    }
    const isFinal = own !== null && this.#takenBegan >= watcher.createdAt
    if (!isFinal && (this.#window.from === null || this.#isBehind(start))) return false
    const window = own && isFinal ? extendBackwards(this.#window, own) : this.#window
    const found = replay(start, window)
    // What is no later than what the holder saw may be out of date as well.
    const isUnsure = found.some(
      ({ change, changedAtMicros: atMicros }) => change.type === 'Gap' || atMicros <= start.changeMicros,
    )
    if (!isFinal && isUnsure) return false
    // It may have seen more of the room than the last read has.
    if (!isFinal) watcher.setAheadCursor(start)
    const before = readStateBefore(found, window)
    const events = this.#events.createEventsFor(found, start, before, this.#states.known[watcher.view])
    watcher.enqueue(this.#states.admitSubscriber(watcher, events))
    return true
  }

  /** Whether the holder of a cursor has seen what the last read has not: what that shows may be out of date. */
  #isBehind({ position, changeMicros: seenMicros, fingerprint: print }: Cursor): boolean {
    if (print === null) return false
    const known = watermarkAt(this.#window.messages, EMPTY_WATERMARK)
    return known.changeMicros < Math.max(position.micros, seenMicros)
  }

  /** A start without a cursor is a moment of this clock: the provider's own may show another time. */
  #startOf({ start }: Subscriber): Cursor {
    if ('after' in start) return start.after
    return cursorAtTime(new Date(start.since.getTime() + this.#clockAheadMs()))
  }
}
