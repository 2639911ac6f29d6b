import { randomUUID } from 'node:crypto'
import { type Cursor, encodeCursor, laterPosition } from '../chat/cursor.ts'
import type { RoomChange, RoomEvent } from '../chat/events.ts'
import type { Position } from '../chat/model.ts'

const EVENTS_KEPT = 500

/** How far a reader of a room has seen. */
export interface Mark {
  readonly position: Position
  readonly seenMicros: number
}

/**
 * The last events of one room, numbered. A cursor of this log resumes exactly while the event behind it is
 * kept; its mark resumes by position afterwards, and in another process.
 */
export class EventLog {
  readonly #room: { readonly provider: string; readonly roomId: string }
  readonly #epoch = randomUUID()
  readonly #events: RoomEvent[] = []
  #sequence = 0
  #mark: Mark = { position: { micros: 0, id: '' }, seenMicros: 0 }

  constructor(room: { readonly provider: string; readonly roomId: string }) {
    this.#room = room
  }

  /** The number of the newest event. */
  get sequence(): number {
    return this.#sequence
  }

  /** Moves the mark without an event: what is known from the start has been seen. */
  advance({ position, seenMicros }: Mark): void {
    this.#mark = {
      position: laterPosition(this.#mark.position, position),
      seenMicros: Math.max(this.#mark.seenMicros, seenMicros),
    }
  }

  /** Appends a change that moved the mark to `mark`, and gives it its place. */
  append(change: RoomChange, mark: Mark): RoomEvent {
    this.advance(mark)
    this.#sequence += 1
    const event = this.eventAt(change, this.#mark, this.#sequence)
    this.#events.push(event)
    if (this.#events.length > EVENTS_KEPT) this.#events.shift()
    return event
  }

  /** An event with a cursor at `mark`; with the number of a logged event it also resumes exactly. */
  eventAt(change: RoomChange, { position, seenMicros }: Mark, sequence: number | null): RoomEvent {
    const log = sequence === null ? null : { epoch: this.#epoch, sequence }
    return { ...this.#room, cursor: encodeCursor({ position, seenMicros, log }), change }
  }

  /** The events behind a cursor, or null where they are no longer (or never were) kept here. */
  after({ log }: Cursor): readonly RoomEvent[] | null {
    if (log?.epoch !== this.#epoch || log.sequence > this.#sequence) return null
    const behind = this.#sequence - log.sequence
    return behind > this.#events.length ? null : this.#events.slice(this.#events.length - behind)
  }
}
