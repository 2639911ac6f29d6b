import { type Cursor, lastChangeMicros } from '../chat/cursor.ts'
import type { RoomChange } from '../chat/events.ts'
import { comparePositions, type Message, type Position } from '../chat/model.ts'

/** A change that a read has shown. */
export interface Found {
  readonly change: RoomChange
  /** Of the message that it is about. */
  readonly position: Position
  /** The provider time in microseconds at which it happened; 0 where nobody knows. */
  readonly atMicros: number
}

/**
 * What a message that appeared tells. A system message (taken over, transferred, closed) also tells that the room
 * changed. One that was deleted before anybody saw it tells nothing.
 */
export function appearance(message: Message): readonly Found[] {
  if (message.state === 'DELETED') return []
  const { position } = message
  const added: Found = { change: { type: 'MessageAdded', message }, position, atMicros: position.micros }
  return [added, ...roomUpdate(message)]
}

/** What a message that was known tells by how it reads now. */
export function alteration(message: Message): Found {
  const { position, ref, visibility } = message
  const change: RoomChange =
    message.state === 'DELETED'
      ? { type: 'MessageDeleted', ref, visibility }
      : { type: 'MessageUpdated', message }
  return { change, position, atMicros: lastChangeMicros(message) }
}

/** What a message that is gone tells. Nobody knows when it went. */
export function disappearance({ position, ref, visibility }: Message): Found {
  return { change: { type: 'MessageDeleted', ref, visibility }, position, atMicros: 0 }
}

/** The change of the room that a system message tells of: its place is right behind the message. */
export function roomUpdate({ kind, position }: Message): readonly Found[] {
  if (kind !== 'SYSTEM') return []
  return [{ change: { type: 'RoomUpdated' }, position, atMicros: position.micros }]
}

/** The order in which changes happened, as far as known; messages that appeared stay in the order of the room. */
export function inOrder(found: readonly Found[]): readonly Found[] {
  return [...found].sort((a, b) => a.atMicros - b.atMicros)
}

/** Whether a change is news to whoever holds the cursor. Where nobody can tell, it is. */
export function isNews({ change, position, atMicros }: Found, cursor: Cursor): boolean {
  if (comparePositions(position, cursor.position) > 0) return true
  if (change.type === 'MessageAdded') return false
  // A page's cursor stands behind all that its messages tell; an event's may stand in the middle of it.
  if (change.type === 'RoomUpdated' && cursor.log === null) return false
  return atMicros === 0 || atMicros > cursor.seenMicros
}
