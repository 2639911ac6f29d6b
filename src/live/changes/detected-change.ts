import { type Cursor, hasRead, hasReadVersion } from '../../cursor/cursor.ts'
import { lastChangedMicros } from '../../cursor/message-version.ts'
import type { GapReason, RoomChange } from '../../domain/events.ts'
import { comparePositions, type Message, type Position } from '../../domain/model.ts'

/** A change that a read of a room shows, with what is needed to order it and to make a cursor of it. */
export interface DetectedChange {
  readonly change: RoomChange
  /** The position of the message; the end of a gap. */
  readonly position: Position
  /** The message in its current version; null where it is gone. */
  readonly message: Message | null
  /** Provider time of the change in microseconds; 0 where it is not known. */
  readonly changedAtMicros: number
}

/** The change of a new message. A message that was deleted before it could be delivered gives none. */
export function detectCreated(message: Message): readonly DetectedChange[] {
  if (message.state === 'DELETED') return []
  const { position } = message
  return [{ change: { type: 'MessageAdded', message }, position, message, changedAtMicros: position.micros }]
}

/** The change of a known message whose version differs. */
export function detectUpdated(message: Message): DetectedChange {
  const { position, ref, visibility } = message
  const change: RoomChange =
    message.state === 'DELETED'
      ? { type: 'MessageDeleted', ref, visibility }
      : { type: 'MessageUpdated', message }
  return { change, position, message, changedAtMicros: lastChangedMicros(message) }
}

/** The change of a known message that is gone, at an unknown time. */
export function detectDeleted({ position, ref, visibility }: Message): DetectedChange {
  return {
    change: { type: 'MessageDeleted', ref, visibility },
    position,
    message: null,
    changedAtMicros: 0,
  }
}

/** The gap between two positions, where changes are unknown. The start of the room has no time: `from` is null there. */
export function detectGap(reason: GapReason, start: Position, end: Position): DetectedChange {
  const from = start.micros > 0 ? new Date(Math.floor(start.micros / 1000)) : null
  const to = new Date(Math.ceil(end.micros / 1000))
  return { change: { type: 'Gap', reason, from, to }, position: end, message: null, changedAtMicros: 0 }
}

/**
 * Whether a change suggests that the room's own state changed: a system message (taken over, transferred, closed), or the
 * first message of a reopened conversation.
 */
export function suggestsRoomChange(change: RoomChange): boolean {
  if (change.type !== 'MessageAdded') return false
  const { kind, reopens = false } = change.message
  return kind === 'SYSTEM' || reopens
}

/**
 * Sorts changes by time, as far as it is known; new messages stay in the order of the room. A new message that was already
 * edited follows all changes that precede its edit: a cursor covers updates and deletions by time only, so a subscriber
 * that is cut off after the message must have received every earlier one.
 */
export function sortChanges(changes: readonly DetectedChange[]): readonly DetectedChange[] {
  const sorted = [...changes].sort((a, b) => a.changedAtMicros - b.changedAtMicros)
  const timed = sorted.filter((detected) => !hasPosition(detected))
  const ordered: DetectedChange[] = []
  for (const positioned of sorted.filter(hasPosition)) {
    const later = timed.findIndex(({ changedAtMicros }) => changedAtMicros > newestMicros(positioned))
    ordered.push(...timed.splice(0, later < 0 ? timed.length : later), positioned)
  }
  return [...ordered, ...timed]
}

/** Whether a cursor covers a change by its position (a new message, the end of a gap) and not by its time. */
export function hasPosition({ change }: DetectedChange): boolean {
  return change.type === 'MessageAdded' || change.type === 'Gap'
}

/**
 * Whether a change that a poll detected is new to the holder of a cursor; true where that cannot be determined. A deletion
 * without a time is always new: the holder joined on the result of the previous poll with a matching fingerprint, so its
 * cursor cannot cover the deletion.
 */
export function isNewTo(detected: DetectedChange, cursor: Cursor): boolean {
  const { position, message } = detected
  if (comparePositions(position, cursor.position) > 0 || message === null || isDeletionWithoutTime(message))
    return true
  return hasPosition(detected) ? !hasRead(cursor, message) : !hasReadVersion(cursor, message)
}

function isDeletionWithoutTime({ state, editedAt }: Message): boolean {
  return state === 'DELETED' && editedAt === null
}

/** The time of the newest change that a change includes. */
function newestMicros({ change, changedAtMicros }: DetectedChange): number {
  return 'message' in change ? lastChangedMicros(change.message) : changedAtMicros
}
