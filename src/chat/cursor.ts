import { comparePositions, type Message, type Position } from './model.ts'

/**
 * A place in a room: the newest message seen, and up to when its changes were seen. A page's cursors and an
 * event's cursors are the same thing, so that a client can page and then subscribe behind the page.
 */
export interface Cursor {
  readonly position: Position
  /** Provider time in microseconds up to which edits are known to the holder. */
  readonly seenMicros: number
  /** Where in the hub's memory the holder stood, while that lives: exact, where a position only bounds. */
  readonly log: { readonly epoch: string; readonly sequence: number } | null
}

const VERSION = 1
const LONGEST = 1024

/** Encodes a cursor: opaque to clients, versioned, one spelling per place. */
export function encodeCursor({ position, seenMicros, log }: Cursor): string {
  const parts = [VERSION, position.micros, position.id, seenMicros, ...(log ? [log.epoch, log.sequence] : [])]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Decodes a cursor; null for anything that `encodeCursor` does not give. Never throws. */
export function decodeCursor(text: string): Cursor | null {
  if (text.length > LONGEST) return null
  const cursor = fromParts(parseParts(text))
  return cursor && encodeCursor(cursor) === text ? cursor : null
}

/** The cursor behind a message that was read in a page. */
export function cursorOf(message: Message): Cursor {
  return { position: message.position, seenMicros: lastChangeMicros(message), log: null }
}

/** The cursor at the end of a page: behind its newest message, with all of its edits seen. */
export function endCursorOf(messages: readonly Message[]): Cursor | null {
  const last = messages.at(-1)
  if (!last) return null
  return {
    position: last.position,
    seenMicros: messages.reduce((seen, message) => Math.max(seen, lastChangeMicros(message)), 0),
    log: null,
  }
}

/** When a message was last changed, in provider time. */
export function lastChangeMicros(message: Message): number {
  return Math.max(message.position.micros, (message.editedAt?.getTime() ?? 0) * 1000)
}

/** The later of two positions. */
export function laterPosition(a: Position, b: Position): Position {
  return comparePositions(a, b) < 0 ? b : a
}

function parseParts(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

function fromParts([version, micros, id, seenMicros, epoch, sequence]: readonly unknown[]): Cursor | null {
  if (version !== VERSION || typeof id !== 'string') return null
  if (!isMicros(micros) || !isMicros(seenMicros)) return null
  const position = { micros, id }
  if (epoch === undefined) return { position, seenMicros, log: null }
  if (typeof epoch !== 'string' || !isMicros(sequence)) return null
  return { position, seenMicros, log: { epoch, sequence } }
}

function isMicros(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
