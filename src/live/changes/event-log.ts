import { randomUUID } from 'node:crypto'
import { type Cursor, encodeCursor } from '../../cursor/cursor.ts'
import type { ReadState } from '../../cursor/read-state.ts'
import type { RoomStateVersion, RoomView } from '../../cursor/room-state-version.ts'
import type { RoomEvent } from '../../domain/events.ts'
import type { Message } from '../../domain/model.ts'
import type { DetectedChange } from './detected-change.ts'
import { createRoomEvent, type KnownRoomState, LoggedEvent, type RoomKey } from './logged-event.ts'
import { addWatermarks, EMPTY_WATERMARK, watermarkAt } from './watermark.ts'

const EVENTS_KEPT = 500

type Place = NonNullable<Cursor['logPosition']>

/** The place of an event that no log holds: its cursor resumes by position only. */
const NOWHERE: Place = { epoch: '', sequence: 0 }

/**
 * The last events of one room, numbered. A cursor of this log resumes exactly while the event behind it is
 * kept; its mark resumes by position afterwards, and in another process.
 */
export class EventLog {
  readonly #room: RoomKey
  readonly #epoch = randomUUID()
  readonly #events: LoggedEvent[] = []
  #sequence = 0
  #mark = EMPTY_WATERMARK

  constructor(room: RoomKey) {
    this.#room = room
  }

  /** Takes the messages as seen without telling of them: they were there before the log was. */
  start(messages: readonly Message[]): void {
    this.#mark = watermarkAt(messages, this.#mark)
  }

  /**
   * Appends changes in the order they are to be told, to readers who have seen `before`; gives each its place. `known` is
   * what is known of the room's own state by then.
   */
  append(
    changes: readonly DetectedChange[],
    before: ReadState,
    known: Readonly<Record<RoomView, KnownRoomState>>,
  ): readonly LoggedEvent[] {
    return addWatermarks(changes, this.#mark, before).map((change) => {
      this.#mark = change.watermark
      this.#sequence += 1
      const event = new LoggedEvent(this.#room, change, this.#here(), known)
      this.#events.push(event)
      if (this.#events.length > EVENTS_KEPT) this.#events.shift()
      return event
    })
  }

  /**
   * Changes for one reader only, who stood at `start`, has seen `before`, and behind the last of them stands where the
   * log stands. `known` is what is known of the room's own state.
   */
  createEventsFor(
    changes: readonly DetectedChange[],
    start: Cursor,
    before: ReadState,
    known: KnownRoomState,
  ): readonly RoomEvent[] {
    const { position, changeMicros: seenMicros } = start
    return addWatermarks(changes, { position, changeMicros: seenMicros }, before).map((change, index) =>
      createRoomEvent(this.#room, change, index === changes.length - 1 ? this.#here() : NOWHERE, known),
    )
  }

  /** The cursor of a reader who has received all that the log ever held, has seen `seen`, and knows `room`. */
  endCursor(seen: ReadState, room: RoomStateVersion): string {
    const { position, changeMicros: seenMicros } = this.#mark
    return encodeCursor({
      position,
      changeMicros: seenMicros,
      logPosition: this.#here(),
      fingerprint: seen.fingerprint(seenMicros),
      roomState: room,
    })
  }

  /** The events behind a cursor as a view sees them, or null where they are no longer (or never were) kept here. */
  eventsAfter({ logPosition: log }: Cursor, view: RoomView): readonly RoomEvent[] | null {
    if (log?.epoch !== this.#epoch || log.sequence > this.#sequence) return null
    const behind = this.#sequence - log.sequence
    if (behind > this.#events.length) return null
    return this.#events.slice(this.#events.length - behind).map((event) => event.inView(view))
  }

  #here(): Place {
    return { epoch: this.#epoch, sequence: this.#sequence }
  }
}
