import type { Fingerprint } from '../../cursor/fingerprint.ts'
import { lastChangedMicros } from '../../cursor/message-version.ts'
import type { ReadState } from '../../cursor/read-state.ts'
import { FIRST_POSITION, laterPosition, type Message, type Position } from '../../domain/model.ts'
import { type DetectedChange, hasPosition } from './detected-change.ts'

/** How far a reader of a room has read: the newest message, and the provider time of the newest change. */
export interface Watermark {
  readonly position: Position
  readonly changeMicros: number
}

/** The watermark of a reader that has read nothing. */
export const EMPTY_WATERMARK: Watermark = { position: FIRST_POSITION, changeMicros: 0 }

/** The watermark after these messages in their current versions, starting from `start`. */
export function watermarkAt(messages: readonly Message[], start: Watermark): Watermark {
  return messages.reduce(
    ({ position, changeMicros }, message) => ({
      position: laterPosition(position, message.position),
      changeMicros: Math.max(changeMicros, lastChangedMicros(message)),
    }),
    start,
  )
}

/** A change with the watermark and the fingerprint of a reader that has received it. */
export interface WatermarkedChange {
  readonly detected: DetectedChange
  readonly watermark: Watermark
  readonly fingerprint: Fingerprint
}

/**
 * Adds watermarks to changes that are delivered in this order, and adds the changes to `readState`. A watermark never covers
 * a change that is still to be delivered: a message may have been edited later than the one after it in the order.
 */
export function addWatermarks(
  changes: readonly DetectedChange[],
  start: Watermark,
  readState: ReadState,
): readonly WatermarkedChange[] {
  const earliestFollowing = earliestTimesAfter(changes)
  let delivered = start
  return changes.map((detected, index) => {
    if ('message' in detected.change) delivered = watermarkAt([detected.change.message], delivered)
    const position = hasPosition(detected)
      ? laterPosition(delivered.position, detected.position)
      : delivered.position
    delivered = { position, changeMicros: Math.max(delivered.changeMicros, detected.changedAtMicros) }
    const limit = (earliestFollowing[index] ?? Number.POSITIVE_INFINITY) - 1
    const changeMicros = Math.max(start.changeMicros, Math.min(delivered.changeMicros, limit))
    applyChange(detected, readState)
    return {
      detected,
      watermark: { position, changeMicros },
      fingerprint: readState.fingerprint(changeMicros),
    }
  })
}

function applyChange({ change, message }: DetectedChange, readState: ReadState): void {
  if (change.type === 'MessageDeleted' && message === null) readState.remove(change)
  else if (message !== null) readState.add(message)
}

/** For each change, the earliest time of the following changes that cursors cover by time only. */
function earliestTimesAfter(changes: readonly DetectedChange[]): readonly number[] {
  const times: number[] = []
  let earliest = Number.POSITIVE_INFINITY
  for (const detected of [...changes].reverse()) {
    times.push(earliest)
    const { changedAtMicros } = detected
    if (!hasPosition(detected) && changedAtMicros > 0) earliest = Math.min(earliest, changedAtMicros)
  }
  return times.reverse()
}
