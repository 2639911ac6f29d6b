import { MAX_COMMIT_DELAY_MICROS } from '../../cursor/read-state.ts'
import { comparePositions, type Message, type Position } from '../../domain/model.ts'
import type { RoomSnapshot } from './room-snapshot.ts'

/** The oldest position that a read must reach: nobody's start, and nothing new, may lie below it. Null is any. */
export function earliestPositionToRead(starts: readonly Position[], window: RoomSnapshot): Position | null {
  const newest = window.messages.at(-1)?.position
  const known = newest
    ? { micros: Math.max(0, newest.micros - MAX_COMMIT_DELAY_MICROS), id: '' }
    : window.from
  const wanted = known ? [...starts, known] : starts
  return wanted.reduce<Position | null>((a, b) => (a && comparePositions(a, b) <= 0 ? a : b), null)
}

/** Milliseconds since the newest of some messages, oldest first, at a moment of the provider's clock. */
export function timeSinceNewestMs(messages: readonly Message[], nowMs: number): number {
  return Math.max(0, nowMs - (messages.at(-1)?.createdAt.getTime() ?? 0))
}
