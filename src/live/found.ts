import { type Cursor, hasSeen, hasSeenVersion } from '../chat/cursor.ts'
import type { GapReason, RoomChange } from '../chat/events.ts'
import { comparePositions, type Message, type Position } from '../chat/model.ts'
import { lastChangeMicros } from '../chat/version.ts'

/** A change that a read has shown. */
export interface Found {
  readonly change: RoomChange
  /** Of the message that it is about; of a gap its end. */
  readonly position: Position
  /** That message as it reads now; null where it is gone. */
  readonly message: Message | null
  /** The provider time in microseconds at which it happened; 0 where nobody knows. */
  readonly atMicros: number
}

/**
 * What a message that appeared tells. A system message (taken over, transferred, closed) also tells that the room
 * changed. One that was deleted before anybody saw it tells nothing. `newest` is the newest position told before: a
 * cursor cannot stand between what a message behind it tells, so of one before it the message itself comes last.
 */
export function appearance(message: Message, newest: Position): readonly Found[] {
  if (message.state === 'DELETED') return []
  const { position } = message
  const added: Found = {
    change: { type: 'MessageAdded', message },
    position,
    message,
    atMicros: position.micros,
  }
  const isLate = comparePositions(position, newest) < 0
  return isLate ? [...roomUpdate(message), added] : [added, ...roomUpdate(message)]
}

/** What a message that was known tells by how it reads now. */
export function alteration(message: Message): Found {
  const { position, ref, visibility } = message
  const change: RoomChange =
    message.state === 'DELETED'
      ? { type: 'MessageDeleted', ref, visibility }
      : { type: 'MessageUpdated', message }
  return { change, position, message, atMicros: lastChangeMicros(message) }
}

/** What a message that is gone tells. Nobody knows when it went. */
export function disappearance({ position, ref, visibility }: Message): Found {
  return { change: { type: 'MessageDeleted', ref, visibility }, position, message: null, atMicros: 0 }
}

/** What nobody can tell: all between two places. */
export function gap(reason: GapReason, start: Position, end: Position): Found {
  const from = new Date(Math.floor(start.micros / 1000))
  const to = new Date(Math.ceil(end.micros / 1000))
  return { change: { type: 'Gap', reason, from, to }, position: end, message: null, atMicros: 0 }
}

/** The change of the room that a system message tells of, or the first message of a conversation taken up again. */
export function roomUpdate(message: Message): readonly Found[] {
  const { kind, position, reopens = false } = message
  if (kind !== 'SYSTEM' && !reopens) return []
  return [{ change: { type: 'RoomUpdated' }, position, message, atMicros: position.micros }]
}

/**
 * The order in which changes happened, as far as known; messages that appeared stay in the order of the room. One
 * that was changed before it is told comes behind all that happened before that change: a cursor knows the changes
 * of others by their time only, and whoever is cut off behind it has then seen them up to there.
 */
export function inOrder(found: readonly Found[]): readonly Found[] {
  const sorted = [...found].sort((a, b) => a.atMicros - b.atMicros)
  const others = sorted.filter((one) => !hasOwnPlace(one))
  const ordered: Found[] = []
  for (const one of sorted.filter(hasOwnPlace)) {
    const later = others.findIndex(({ atMicros }) => atMicros > lastToldBy(one))
    ordered.push(...others.splice(0, later < 0 ? others.length : later), one)
  }
  return [...ordered, ...others]
}

/** Where it is told: a change of the room right behind the system message that tells of it. */
export function placeOf({ change, position }: Found): Position {
  return change.type === 'RoomUpdated' ? rightBehind(position) : position
}

/** Whether a cursor knows of it by its place (a gap's is its end); of all else it knows by its time. */
export function hasOwnPlace({ change }: Found): boolean {
  return change.type === 'MessageAdded' || change.type === 'RoomUpdated' || change.type === 'Gap'
}

/** Whether a change is news to whoever holds the cursor. Where nobody can tell, it is. */
export function isNews(found: Found, cursor: Cursor): boolean {
  if (comparePositions(placeOf(found), standOf(cursor)) > 0 || found.message === null) return true
  return hasOwnPlace(found) ? !hasSeen(cursor, found.message) : !hasSeenVersion(cursor, found.message)
}

/** Up to where a cursor's holder was told: a page's has all that its messages tell, an event's may be in the middle of it. */
export function standOf({ position, log }: Cursor): Position {
  return log === null ? rightBehind(position) : position
}

/** Behind all that a message at this position tells: no id stands between an id and that with the least character added. */
export function rightBehind({ micros, id }: Position): Position {
  return { micros, id: `${id}\u0000` }
}

/** The newest time of which it tells. */
function lastToldBy({ change, atMicros }: Found): number {
  return 'message' in change ? lastChangeMicros(change.message) : atMicros
}
