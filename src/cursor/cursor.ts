import { z } from 'zod'
import { comparePositions, type Message, type Position } from '../domain/model.ts'
import { decodeToken, encodeToken } from '../domain/opaque-token.ts'
import { type Fingerprint, findVersion, idsHashText, recentVersionsText } from './fingerprint.ts'
import { lastChangedMicros } from './message-version.ts'
import { ReadState } from './read-state.ts'
import { encodeRoomStateVersion, type RoomStateVersion, roomStateVersionText } from './room-state-version.ts'

/**
 * A place in a room: the newest message seen, and up to when its changes were seen. A page's cursors and an
 * event's cursors are the same thing, so that a client can page and then subscribe behind the page.
 */
export interface Cursor {
  readonly position: Position
  /** Provider time in microseconds up to which edits are known to the holder. */
  readonly changeMicros: number
  /** Where in the hub's memory the holder stood, while that lives. */
  readonly logPosition: { readonly epoch: string; readonly sequence: number } | null
  /** What the holder had seen below the position; null where it had seen nothing of the room. */
  readonly fingerprint: Fingerprint | null
  /** What the holder knows of the room's own state; null where nothing is known of that. */
  readonly roomState: RoomStateVersion | null
}

const VERSION = 3
/** Cursors that say nothing of the room are spelt as before they could. */
const WITHOUT_ROOM = 2

const micros = z.int().nonnegative()
const logShape = z.tuple([z.string(), micros]).nullable()
const printShape = z.tuple([micros, z.string(), idsHashText, micros, recentVersionsText]).nullable()
const placeShape = [micros, z.string(), micros, logShape, printShape] as const
const shape = z.union([
  z.tuple([z.literal(VERSION), ...placeShape, roomStateVersionText]),
  z.tuple([z.literal(WITHOUT_ROOM), ...placeShape]),
])

/** Encodes a cursor: opaque to clients, versioned, one spelling per place. */
export function encodeCursor({
  position,
  changeMicros: seenMicros,
  logPosition: log,
  fingerprint: print,
  roomState: room,
}: Cursor): string {
  const place = log && [log.epoch, log.sequence]
  const seen = print && [
    print.from.micros,
    print.from.id,
    print.idsHash,
    print.recentFromMicros,
    print.recentVersions,
  ]
  const parts = [position.micros, position.id, seenMicros, place, seen]
  return encodeToken(room ? [VERSION, ...parts, encodeRoomStateVersion(room)] : [WITHOUT_ROOM, ...parts])
}

/** Decodes a cursor; null for anything that `encodeCursor` does not give. Never throws. */
export function decodeCursor(text: string): Cursor | null {
  const cursor = fromParts(decodeToken(text))
  return cursor && encodeCursor(cursor) === text ? cursor : null
}

/** The same cursor with another mark of the room. A text that is no cursor is given back as it is. */
export function withRoomState(text: string, room: RoomStateVersion): string {
  const cursor = decodeCursor(text)
  return cursor ? encodeCursor({ ...cursor, roomState: room }) : text
}

/**
 * Each message of a page, oldest first, with the cursor behind it: of one who has read up to there all from `from` on,
 * and knows this of the room. The last one's is that of the page's end.
 */
export function pageCursors(
  page: readonly Message[],
  from: Position,
  room: RoomStateVersion | null = null,
): readonly { readonly message: Message; readonly cursor: Cursor }[] {
  const seen = new ReadState(from)
  let seenMicros = 0
  return page.map((message) => {
    seen.add(message)
    seenMicros = Math.max(seenMicros, lastChangedMicros(message))
    return { message, cursor: cursorBehind(message.position, seenMicros, seen, room) }
  })
}

/**
 * The cursor at the end of a page, oldest first: after its newest message, with all of its edits seen. The page has all
 * messages from `from` on; `room` is what its reader knows of the room. Null for an empty page.
 */
export function pageEndCursor(
  page: readonly Message[],
  from: Position,
  room: RoomStateVersion | null = null,
): Cursor | null {
  const last = page.at(-1)
  if (!last) return null
  const seenMicros = page.reduce((seen, message) => Math.max(seen, lastChangedMicros(message)), 0)
  const seen = new ReadState(
    from,
    page.map((message) => ({ message, isOutdated: false })),
  )
  return cursorBehind(last.position, seenMicros, seen, room)
}

/** The cursor of a place behind which nothing was seen. */
export function cursorAtPosition(
  position: Position,
  seenMicros: number,
  room: RoomStateVersion | null = null,
): Cursor {
  return { position, changeMicros: seenMicros, logPosition: null, fingerprint: null, roomState: room }
}

/** How far back a read must reach to tell what is behind the cursor. */
export function requiredReadStart({ position, fingerprint: print }: Cursor): Position {
  return print && comparePositions(print.from, position) < 0 ? print.from : position
}

/** Whether the holder has seen the message, be it in another version. */
export function hasRead({ position, fingerprint: print }: Cursor, message: Message): boolean {
  if (comparePositions(message.position, position) > 0) return false
  if (print === null || message.position.micros < print.recentFromMicros) return true
  // What stands before all that was read is not of what was read.
  if (comparePositions(message.position, print.from) < 0) return true
  return findVersion(print, message) !== 'none'
}

/** Whether the holder has seen the message as it reads now. */
export function hasReadVersion(
  { position, changeMicros: seenMicros, fingerprint: print }: Cursor,
  message: Message,
): boolean {
  if (comparePositions(message.position, position) > 0) return false
  const changed = lastChangedMicros(message)
  const tracesFrom = print?.recentFromMicros ?? Number.POSITIVE_INFINITY
  const trace = print && changed >= tracesFrom ? findVersion(print, message) : 'none'
  if (trace !== 'none') return trace === 'same version'
  return message.state === 'ACTIVE' || changed <= Math.min(seenMicros, tracesFrom - 1)
}

function cursorBehind(
  position: Position,
  seenMicros: number,
  seen: ReadState,
  room: RoomStateVersion | null,
): Cursor {
  return {
    position,
    changeMicros: seenMicros,
    logPosition: null,
    fingerprint: seen.fingerprint(seenMicros),
    roomState: room,
  }
}

/** The later of two positions. */
export function laterPosition(a: Position, b: Position): Position {
  return comparePositions(a, b) < 0 ? b : a
}

function fromParts(parts: readonly unknown[]): Cursor | null {
  const { data } = shape.safeParse(parts)
  if (!data) return null
  const [, micros, id, seenMicros, place, seen, room = null] = data
  const log = place && { epoch: place[0], sequence: place[1] }
  const print = seen && {
    from: { micros: seen[0], id: seen[1] },
    idsHash: seen[2],
    recentFromMicros: seen[3],
    recentVersions: seen[4],
  }
  return {
    position: { micros, id },
    changeMicros: seenMicros,
    logPosition: log,
    fingerprint: print,
    roomState: room,
  }
}
