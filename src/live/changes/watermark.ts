import { laterPosition } from '../../cursor/cursor.ts'
import type { Fingerprint } from '../../cursor/fingerprint.ts'
import { lastChangedMicros } from '../../cursor/message-version.ts'
import type { ReadState } from '../../cursor/read-state.ts'
import type { Message, Position } from '../../domain/model.ts'
import { type DetectedChange, hasPosition } from './detected-change.ts'

/** How far a reader of a room has seen: the newest message, and the provider time of the newest change. */
export interface Watermark {
  readonly position: Position
  readonly changeMicros: number
}

/** The mark of a reader who has seen nothing. */
export const EMPTY_WATERMARK: Watermark = { position: { micros: 0, id: '' }, changeMicros: 0 }

/** The mark of a reader who has seen these messages as they are, and before that had seen `start`. */
export function watermarkAt(messages: readonly Message[], start: Watermark): Watermark {
  return messages.reduce(
    ({ position, changeMicros: seenMicros }, message) => ({
      position: laterPosition(position, message.position),
      changeMicros: Math.max(seenMicros, lastChangedMicros(message)),
    }),
    start,
  )
}

/** A change, and the mark of a reader who was told of it, and what that has seen. */
export interface WatermarkedChange {
  readonly detected: DetectedChange
  readonly watermark: Watermark
  readonly fingerprint: Fingerprint
}

/**
 * Gives changes that are told in this order their marks. A mark never covers a change that is still to be told:
 * a message may have been edited after the next one's edit, and both be told at its own place. `seen` is what the
 * reader has seen before, and sees all of it.
 */
export function addWatermarks(
  changes: readonly DetectedChange[],
  start: Watermark,
  seen: ReadState,
): readonly WatermarkedChange[] {
  const untold = earliestBehind(changes)
  let told = start
  return changes.map((found, index) => {
    if ('message' in found.change) told = watermarkAt([found.change.message], told)
    const position = hasPosition(found) ? laterPosition(told.position, found.position) : told.position
    told = { position, changeMicros: Math.max(told.changeMicros, found.changedAtMicros) }
    const limit = (untold[index] ?? Number.POSITIVE_INFINITY) - 1
    const seenMicros = Math.max(start.changeMicros, Math.min(told.changeMicros, limit))
    tell(found, seen)
    return {
      detected: found,
      watermark: { ...told, changeMicros: seenMicros },
      fingerprint: seen.fingerprint(seenMicros),
    }
  })
}

function tell({ change, message }: DetectedChange, seen: ReadState): void {
  if (change.type === 'MessageDeleted' && message === null) seen.remove(change)
  else if (message !== null) seen.add(message)
}

/** For each change the earliest time of those behind it of which a cursor knows by their time only. */
function earliestBehind(changes: readonly DetectedChange[]): readonly number[] {
  const times: number[] = []
  let earliest = Number.POSITIVE_INFINITY
  for (const found of [...changes].reverse()) {
    times.push(earliest)
    if (!hasPosition(found) && found.changedAtMicros > 0) earliest = Math.min(earliest, found.changedAtMicros)
  }
  return times.reverse()
}
