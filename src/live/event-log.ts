import { randomUUID } from 'node:crypto'
import { type Cursor, encodeCursor } from '../chat/cursor.ts'
import type { RoomEvent } from '../chat/events.ts'
import type { Message } from '../chat/model.ts'
import type { Seen } from '../chat/seen.ts'
import { type Found, rightBehind, standOf } from './found.ts'
import { type Marked, markBehind, marked, nothingSeen } from './mark.ts'

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
    const { position, seenMicros } = markBehind(messages, this.#mark)
    this.#mark = { position: rightBehind(position), seenMicros }
  }

  /** Appends changes in the order they are to be told, to readers who have seen `before`; gives each its place. */
  append(changes: readonly Found[], before: Seen): readonly Told[] {
    return marked(changes, this.#mark, before).map((change) => {
      this.#mark = change.mark
      this.#sequence += 1
      const event = this.#eventAt(change, this.#here())
      this.#events.push(event)
      if (this.#events.length > EVENTS_KEPT) this.#events.shift()
      return { found: change.found, event }
    })
  }

  /**
   * Changes for one reader only, who stood at `start`, has seen `before`, and behind the last of them stands where the
   * log stands.
   */
  beside(changes: readonly Found[], start: Cursor, before: Seen): readonly RoomEvent[] {
    const mark = { position: standOf(start), seenMicros: start.seenMicros }
    return marked(changes, mark, before).map((change, index) =>
      this.#eventAt(change, index === changes.length - 1 ? this.#here() : NOWHERE),
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

  #eventAt({ found, mark, print }: Marked, log: Place): RoomEvent {
    const { position, seenMicros } = mark
    return { ...this.#room, cursor: encodeCursor({ position, seenMicros, log, print }), change: found.change }
  }
}
