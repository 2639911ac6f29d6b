import type { Cursor } from '../../../src/cursor/cursor.ts'
import { comparePositions, type Position } from '../../../src/domain/model.ts'
import { type Commit, positionOf } from './ledger.ts'

/** A time in which no poll may have read the room for a subscriber. */
export interface UnobservedWindow {
  readonly from: number
  readonly until: number
  /** The cursor that the subscriber resumed from; null where it started now. */
  readonly cursor: Cursor | null
  /** The position of the last addition that it received; null before any. */
  readonly lastDelivered: Position | null
}

/** Whether a commit falls into the window. */
export function isWithin({ at, message }: Commit, { from, until, lastDelivered }: UnobservedWindow): boolean {
  // The events of one poll are delivered in the order of the room: the later ones may have been cut off.
  const isCutOff = lastDelivered !== null && comparePositions(positionOf(message), lastDelivered) > 0
  return (at >= from || isCutOff) && at <= until
}

/** Whether a message is older than all that the cursor's fingerprint covers. */
export function isBelowFingerprint({ message }: Commit, { cursor }: UnobservedWindow): boolean {
  return (
    cursor !== null && comparePositions(positionOf(message), cursor.fingerprint?.from ?? cursor.position) < 0
  )
}
