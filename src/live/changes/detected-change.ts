import { type Cursor, hasRead, hasReadVersion } from '../../cursor/cursor.ts'
import { lastChangedMicros } from '../../cursor/message-version.ts'
import type { GapReason, RoomChange } from '../../domain/events.ts'
import { comparePositions, type Message, type Position } from '../../domain/model.ts'

/** A change that a read has shown. */
export interface DetectedChange {
  readonly change: RoomChange
  /** Of the message that it is about; of a gap its end. */
  readonly position: Position
  /** That message as it reads now; null where it is gone. */
  readonly message: Message | null
  /** The provider time in microseconds at which it happened; 0 where nobody knows. */
  readonly changedAtMicros: number
}

/** What a message that appeared tells. One that was deleted before anybody saw it tells nothing. */
export function detectCreated(message: Message): readonly DetectedChange[] {
  if (message.state === 'DELETED') return []
  const { position } = message
  return [{ change: { type: 'MessageAdded', message }, position, message, changedAtMicros: position.micros }]
}

/** What a message that was known tells by how it reads now. */
export function detectUpdated(message: Message): DetectedChange {
  const { position, ref, visibility } = message
  const change: RoomChange =
    message.state === 'DELETED'
      ? { type: 'MessageDeleted', ref, visibility }
      : { type: 'MessageUpdated', message }
  return { change, position, message, changedAtMicros: lastChangedMicros(message) }
}

/** What a message that is gone tells. Nobody knows when it went. */
export function detectDeleted({ position, ref, visibility }: Message): DetectedChange {
  return { change: { type: 'MessageDeleted', ref, visibility }, position, message: null, changedAtMicros: 0 }
}

/** What nobody can tell: all between two places. The room's beginning has no time: `from` is null there. */
export function detectGap(reason: GapReason, start: Position, end: Position): DetectedChange {
  const from = start.micros > 0 ? new Date(Math.floor(start.micros / 1000)) : null
  const to = new Date(Math.ceil(end.micros / 1000))
  return { change: { type: 'Gap', reason, from, to }, position: end, message: null, changedAtMicros: 0 }
}

/**
 * Whether a change suggests that the room's own state changed: a system message (taken over, transferred, closed), or
 * the first message of a conversation that is taken up again.
 */
export function suggestsRoomChange(change: RoomChange): boolean {
  if (change.type !== 'MessageAdded') return false
  const { kind, reopens = false } = change.message
  return kind === 'SYSTEM' || reopens
}

/**
 * The order in which changes happened, as far as known; messages that appeared stay in the order of the room. One
 * that was changed before it is told comes behind all that happened before that change: a cursor knows the changes
 * of others by their time only, and whoever is cut off behind it has then seen them up to there.
 */
export function sortChanges(found: readonly DetectedChange[]): readonly DetectedChange[] {
  const sorted = [...found].sort((a, b) => a.changedAtMicros - b.changedAtMicros)
  const others = sorted.filter((one) => !hasPosition(one))
  const ordered: DetectedChange[] = []
  for (const one of sorted.filter(hasPosition)) {
    const later = others.findIndex(({ changedAtMicros: atMicros }) => atMicros > lastToldBy(one))
    ordered.push(...others.splice(0, later < 0 ? others.length : later), one)
  }
  return [...ordered, ...others]
}

/** Whether a cursor knows of it by its place (a gap's is its end); of all else it knows by its time. */
export function hasPosition({ change }: DetectedChange): boolean {
  return change.type === 'MessageAdded' || change.type === 'Gap'
}

/**
 * Whether a change that a poll found is news to the holder of a cursor. Where nobody can tell, it is: a deletion without
 * a time is one that the poll found and the cursor cannot know, because the holder joined on what the poll before it had
 * shown, and its fingerprint said the same.
 */
export function isNewTo(found: DetectedChange, cursor: Cursor): boolean {
  const { position, message } = found
  if (comparePositions(position, cursor.position) > 0 || message === null || isTimelessDeletion(message))
    return true
  return hasPosition(found) ? !hasRead(cursor, message) : !hasReadVersion(cursor, message)
}

/** Whether a message was deleted and its provider does not say when. */
function isTimelessDeletion({ state, editedAt }: Message): boolean {
  return state === 'DELETED' && editedAt === null
}

/** The newest time of which it tells. */
function lastToldBy({ change, changedAtMicros: atMicros }: DetectedChange): number {
  return 'message' in change ? lastChangedMicros(change.message) : atMicros
}
