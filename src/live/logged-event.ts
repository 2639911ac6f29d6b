import { type Cursor, encodeCursor } from '../chat/cursor.ts'
import type { RoomEvent } from '../chat/events.ts'
import type { Room } from '../chat/model.ts'
import type { RoomMark, RoomView } from '../chat/room-state.ts'
import type { Found } from './found.ts'
import type { Marked } from './mark.ts'

/** The room that events are of. */
export interface RoomKey {
  readonly provider: string
  readonly roomId: string
}

/** What is known of the room in one view. */
export interface KnownRoom {
  /** What cursors say of its state; null where nothing is known. */
  readonly mark: RoomMark | null
  /** The room as it was last read; null before. */
  readonly room: Room | null
}

/** The event of a change; `place` is that of the log after it. */
export function eventOf(
  { provider, roomId }: RoomKey,
  { found, mark, print }: Marked,
  place: Cursor['log'],
  known: KnownRoom,
): RoomEvent {
  const { position, seenMicros } = mark
  const cursor = encodeCursor({ position, seenMicros, log: place, print, room: known.mark })
  return { provider, roomId, cursor, change: found.change, room: known.room }
}

/**
 * A change that was delivered, and the event that carries it. Views have one event each, made when first needed, because
 * its cursor says what that view shows of the room: a visitor's cursor holds no hash of what only agents may see.
 */
export class LoggedEvent {
  readonly #room: RoomKey
  readonly #marked: Marked
  readonly #place: Cursor['log']
  readonly #known: Readonly<Record<RoomView, KnownRoom>>
  readonly #events: Partial<Record<RoomView, RoomEvent>> = {}

  constructor(
    room: RoomKey,
    marked: Marked,
    place: Cursor['log'],
    known: Readonly<Record<RoomView, KnownRoom>>,
  ) {
    this.#room = room
    this.#marked = marked
    this.#place = place
    this.#known = known
  }

  get found(): Found {
    return this.#marked.found
  }

  /** The event for subscribers of a view: the same object for all of them. */
  as(view: RoomView): RoomEvent {
    this.#events[view] ??= eventOf(this.#room, this.#marked, this.#place, this.#known[view])
    return this.#events[view]
  }
}
