import { randomUUID } from 'node:crypto'
import { type Cursor, encodeCursor } from '../chat/cursor.ts'
import type { RoomChange, RoomEvent } from '../chat/events.ts'
import type { Message } from '../chat/model.ts'
import type { Found } from './found.ts'
import { type Mark, markBehind, marked, nothingSeen } from './mark.ts'

const EVENTS_KEPT = 500

type Place = NonNullable<Cursor['log']>

/** The place of an event that no log holds: its cursor resumes by position only. */
const NOWHERE: Place = { epoch: '', sequence: 0 }

/** A change that was told, as the event that tells it. */
export interface Told {
  readonly found: Found
  readonly event: RoomEvent
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
  #mark = nothingSeen

  constructor(room: { readonly provider: string; readonly roomId: string }) {
    this.#room = room
  }

  /** Takes the messages as seen without telling of them: they were there before the log was. */
  begin(messages: readonly Message[]): void {
    this.#mark = markBehind(messages, this.#mark)
  }

  /** Appends changes in the order they are to be told, and gives each its place. */
  append(changes: readonly Found[]): readonly Told[] {
    return marked(changes, this.#mark).map(({ found, mark }) => {
      this.#mark = mark
      this.#sequence += 1
      const event = this.#eventAt(found.change, mark, this.#here())
      this.#events.push(event)
      if (this.#events.length > EVENTS_KEPT) this.#events.shift()
      return { found, event }
    })
  }

  /** Changes for one reader only, who stood at `start` and behind the last of them stands where the log stands. */
  beside(changes: readonly Found[], start: Mark): readonly RoomEvent[] {
    return marked(changes, start).map(({ found, mark }, index) =>
      this.#eventAt(found.change, mark, index === changes.length - 1 ? this.#here() : NOWHERE),
    )
  }

  /** The events behind a cursor, or null where they are no longer (or never were) kept here. */
  after({ log }: Cursor): readonly RoomEvent[] | null {
    if (log?.epoch !== this.#epoch || log.sequence > this.#sequence) return null
    const behind = this.#sequence - log.sequence
    return behind > this.#events.length ? null : this.#events.slice(this.#events.length - behind)
  }

  #here(): Place {
    return { epoch: this.#epoch, sequence: this.#sequence }
  }

  #eventAt(change: RoomChange, { position, seenMicros }: Mark, log: Place): RoomEvent {
    return { ...this.#room, cursor: encodeCursor({ position, seenMicros, log }), change }
  }
}
