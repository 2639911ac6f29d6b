import { z } from 'zod'
import { comparePositions, type Position, type Room } from '../../../domain/model.ts'

/** Schema of a position in a resume token: microseconds or milliseconds, and an id. */
export const positionTuple = z.tuple([z.number(), z.string()])
export type PositionTuple = z.output<typeof positionTuple>

export function toPositionTuple({ micros, id }: Position): PositionTuple {
  return [micros, id]
}

export function fromPositionTuple([micros, id]: PositionTuple): Position {
  return { micros, id }
}

/** The position that rooms are sorted by: last activity, in milliseconds despite the field's name, and id. */
export function activityPosition({ lastActivityAt, nativeId }: Room): Position {
  return { micros: lastActivityAt?.getTime() ?? 0, id: nativeId }
}

/** Sorts latest activity first. */
export function compareByActivity(a: Room, b: Room): number {
  return comparePositions(activityPosition(b), activityPosition(a))
}
