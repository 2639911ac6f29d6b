import { type Cursor, encodeCursor } from '../../cursor/cursor.ts'
import type { RoomStateVersion, RoomView } from '../../cursor/room-state-version.ts'
import type { RoomEvent } from '../../domain/events.ts'
import type { Room } from '../../domain/model.ts'
import type { DetectedChange } from './detected-change.ts'
import type { WatermarkedChange } from './watermark.ts'

/** The room that events are of. */
export interface RoomKey {
  readonly provider: string
  readonly roomId: string
}

/** What is known of the room in one view. */
export interface KnownRoomState {
  /** What cursors say of its state; null where nothing is known. */
  readonly version: RoomStateVersion | null
  /** The room as it was last read; null before. */
  readonly room: Room | null
}

/** The event of a change; `place` is that of the log after it. */
export function createRoomEvent(
  { provider, roomId }: RoomKey,
  { detected: found, watermark: mark, fingerprint: print }: WatermarkedChange,
  place: Cursor['logPosition'],
  known: KnownRoomState,
): RoomEvent {
  const { position, changeMicros: seenMicros } = mark
  const cursor = encodeCursor({
    position,
    changeMicros: seenMicros,
    logPosition: place,
    fingerprint: print,
    roomState: known.version,
  })
  return { provider, roomId, cursor, change: found.change, room: known.room }
}

/**
 * A change that was delivered, and the event that carries it. Views have one event each, made when first needed, because
 * its cursor says what that view shows of the room: a visitor's cursor holds no hash of what only agents may see.
 */
export class LoggedEvent {
  readonly #room: RoomKey
  readonly #marked: WatermarkedChange
  readonly #place: Cursor['logPosition']
  readonly #known: Readonly<Record<RoomView, KnownRoomState>>
  readonly #events: Partial<Record<RoomView, RoomEvent>> = {}

  constructor(
    room: RoomKey,
    marked: WatermarkedChange,
    place: Cursor['logPosition'],
    known: Readonly<Record<RoomView, KnownRoomState>>,
  ) {
    this.#room = room
    this.#marked = marked
    this.#place = place
    this.#known = known
  }

  get detected(): DetectedChange {
    return this.#marked.detected
  }

  /** The event for subscribers of a view: the same object for all of them. */
  inView(view: RoomView): RoomEvent {
    this.#events[view] ??= createRoomEvent(this.#room, this.#marked, this.#place, this.#known[view])
    return this.#events[view]
  }
}
