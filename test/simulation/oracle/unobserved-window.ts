import type { Cursor } from '../../../src/cursor/cursor.ts'
import { comparePositions, type Position } from '../../../src/domain/model.ts'
import { type Commit, positionOf } from './ledger.ts'

/** A time in which nobody may have looked at the room for a subscriber. */
export interface UnobservedWindow {
  readonly from: number
  readonly until: number
  /** Up to where the subscriber had seen the room; null for one who began now. */
  readonly cursor: Cursor | null
  /** The place of the last addition that it had been told of; null before any. */
  readonly lastDelivered: Position | null
}

/** Whether it was committed in that time. */
export function isWithin(
  { at, message }: Commit,
  { from, until, lastDelivered: told }: UnobservedWindow,
): boolean {
  // What one look has shown is told in the order of the room: of that, all behind the last may have been cut off.
  const isCutOff = told !== null && comparePositions(positionOf(message), told) > 0
  return (at >= from || isCutOff) && at <= until
}

/** Whether it stands before all of which the subscriber's cursor tells more than that it was seen. */
export function isBelowFingerprint({ message }: Commit, { cursor: seen }: UnobservedWindow): boolean {
  return seen !== null && comparePositions(positionOf(message), seen.fingerprint?.from ?? seen.position) < 0
}
