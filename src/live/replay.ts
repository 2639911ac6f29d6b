import { type Cursor, lastChangeMicros } from '../chat/cursor.ts'
import type { RoomChange, RoomEvent } from '../chat/events.ts'
import { comparePositions, type Message } from '../chat/model.ts'
import type { EventLog, Mark } from './event-log.ts'
import type { KnownWindow } from './known-window.ts'
import type { Start } from './watcher.ts'

/**
 * What a watcher gets first, out of a window that was just read: what came behind its cursor (each message in
 * its present version), or since it came.
 */
export function replay(start: Start, window: KnownWindow, log: EventLog): readonly RoomEvent[] {
  const changes = 'after' in start ? behind(start.after, window) : since(start.since, window)
  const mark: { -readonly [K in keyof Mark]: Mark[K] } =
    'after' in start ? { ...start.after } : { position: { micros: 0, id: '' }, seenMicros: 0 }
  return changes.map((change, index) => {
    if ('message' in change) {
      const { position } = change.message
      if (comparePositions(position, mark.position) > 0) mark.position = position
      mark.seenMicros = Math.max(mark.seenMicros, lastChangeMicros(change.message))
    }
    // Only the last one stands where the log stands: in the middle of a replay, a position is all there is.
    const sequence = index === changes.length - 1 ? log.sequence : null
    return log.eventAt(change, mark, sequence)
  })
}

function behind(cursor: Cursor, window: KnownWindow): readonly RoomChange[] {
  const edits: Message[] = []
  const additions: Message[] = []
  for (const message of window.messages) {
    if (comparePositions(message.position, cursor.position) > 0) additions.push(message)
    else if (lastChangeMicros(message) > cursor.seenMicros) edits.push(message)
  }
  edits.sort((a, b) => lastChangeMicros(a) - lastChangeMicros(b))
  return [...gapBefore(cursor, window), ...edits.map(asEdit), ...additions.map(asAddition)]
}

/** The provider could not be read back to the cursor: what lies between may be missing, and the client is told. */
function gapBefore(cursor: Cursor, window: KnownWindow): readonly RoomChange[] {
  if (window.from === null || comparePositions(window.from, cursor.position) <= 0) return []
  const from = new Date(Math.floor(cursor.position.micros / 1000))
  const to = new Date(Math.floor(window.from.micros / 1000))
  return [{ type: 'Gap', reason: 'HISTORY_LIMIT', from, to }]
}

function since(start: Date, window: KnownWindow): readonly RoomChange[] {
  return window.messages.filter((message) => message.createdAt >= start).map(asAddition)
}

function asAddition(message: Message): RoomChange {
  return { type: 'MessageAdded', message }
}

function asEdit(message: Message): RoomChange {
  if (message.state !== 'DELETED') return { type: 'MessageUpdated', message }
  return { type: 'MessageDeleted', ref: message.ref, visibility: message.visibility }
}
