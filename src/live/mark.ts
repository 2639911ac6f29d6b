import { laterPosition } from '../chat/cursor.ts'
import type { Message, Position } from '../chat/model.ts'
import type { Seen } from '../chat/seen.ts'
import type { SeenPrint } from '../chat/seen-print.ts'
import { lastChangeMicros } from '../chat/version.ts'
import { type Found, hasOwnPlace } from './found.ts'

/** How far a reader of a room has seen: the newest message, and the provider time of the newest change. */
export interface Mark {
  readonly position: Position
  readonly seenMicros: number
}

/** The mark of a reader who has seen nothing. */
export const nothingSeen: Mark = { position: { micros: 0, id: '' }, seenMicros: 0 }

/** The mark of a reader who has seen these messages as they are, and before that had seen `start`. */
export function markBehind(messages: readonly Message[], start: Mark): Mark {
  return messages.reduce(
    ({ position, seenMicros }, message) => ({
      position: laterPosition(position, message.position),
      seenMicros: Math.max(seenMicros, lastChangeMicros(message)),
    }),
    start,
  )
}

/** A change, and the mark of a reader who was told of it, and what that has seen. */
export interface Marked {
  readonly found: Found
  readonly mark: Mark
  readonly print: SeenPrint
}

/**
 * Gives changes that are told in this order their marks. A mark never covers a change that is still to be told:
 * a message may have been edited after the next one's edit, and both be told at its own place. `seen` is what the
 * reader has seen before, and sees all of it.
 */
export function marked(changes: readonly Found[], start: Mark, seen: Seen): readonly Marked[] {
  const untold = earliestBehind(changes)
  let told = start
  return changes.map((found, index) => {
    if ('message' in found.change) told = markBehind([found.change.message], told)
    const position = hasOwnPlace(found) ? laterPosition(told.position, found.position) : told.position
    told = { position, seenMicros: Math.max(told.seenMicros, found.atMicros) }
    const limit = (untold[index] ?? Number.POSITIVE_INFINITY) - 1
    const seenMicros = Math.max(start.seenMicros, Math.min(told.seenMicros, limit))
    tell(found, seen)
    return { found, mark: { ...told, seenMicros }, print: seen.print(seenMicros) }
  })
}

function tell({ change, message }: Found, seen: Seen): void {
  if (change.type === 'MessageDeleted' && message === null) seen.lose(change)
  else if (message !== null) seen.see(message)
}

/** For each change the earliest time of those behind it of which a cursor knows by their time only. */
function earliestBehind(changes: readonly Found[]): readonly number[] {
  const times: number[] = []
  let earliest = Number.POSITIVE_INFINITY
  for (const found of [...changes].reverse()) {
    times.push(earliest)
    if (!hasOwnPlace(found) && found.atMicros > 0) earliest = Math.min(earliest, found.atMicros)
  }
  return times.reverse()
}
