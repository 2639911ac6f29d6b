import type { Cursor } from '../chat/cursor.ts'
import { comparePositions, type Message, positionAt } from '../chat/model.ts'
import { alteration, appearance, type Found, inOrder, isNews, roomUpdate } from './found.ts'
import type { KnownWindow } from './known-window.ts'

/**
 * What a window holds behind a cursor, in the order it happened: each message in its present version. What was
 * deleted without a trace since then, nobody can tell any more.
 */
export function replay(cursor: Cursor, window: KnownWindow): readonly Found[] {
  const found = window.messages
    .flatMap((message) => tellings(message, cursor))
    .filter((one) => isNews(one, cursor))
  return [...gapBefore(cursor, window), ...inOrder(found)]
}

/** The cursor of a moment: all that happened at or after it is behind it. */
export function cursorAt(time: Date): Cursor {
  const position = positionAt(time)
  return { position, seenMicros: position.micros - 1, log: null }
}

function tellings(message: Message, { position }: Cursor): readonly Found[] {
  if (comparePositions(message.position, position) > 0) return appearance(message)
  const altered = message.state === 'ACTIVE' ? [] : [alteration(message)]
  return [...roomUpdate(message), ...altered]
}

/** The provider could not be read back to the cursor: what lies between may be missing, and the client is told. */
function gapBefore({ position }: Cursor, window: KnownWindow): readonly Found[] {
  if (window.from === null || comparePositions(window.from, position) <= 0) return []
  const from = new Date(Math.floor(position.micros / 1000))
  const to = new Date(Math.floor(window.from.micros / 1000))
  return [{ change: { type: 'Gap', reason: 'HISTORY_LIMIT', from, to }, position, atMicros: 0 }]
}
