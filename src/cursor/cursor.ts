import { z } from 'zod'
import { comparePositions, type Message, type Position } from '../domain/model.ts'
import { decodeToken, encodeToken } from '../domain/opaque-token.ts'
import { type Fingerprint, findVersion, idsHashText, recentVersionsText } from './fingerprint.ts'
import { lastChangedMicros } from './message-version.ts'
import { ReadState } from './read-state.ts'
import { encodeRoomStateVersion, type RoomStateVersion, roomStateVersionText } from './room-state-version.ts'

/** A position in the event log of one room in one process. */
export interface LogPosition {
  /** Identifies the log. */
  readonly epoch: string
  readonly sequence: number
}

/**
 * A position in a room, with what its holder has read before it. Pages and events have the same kind of cursor, so that a
 * client can read a page and then subscribe after it.
 */
export interface Cursor {
  readonly position: Position
  /** Provider time in microseconds up to which the holder knows all edits. */
  readonly changeMicros: number
  /** The holder's position in an event log, as long as that log exists; null where it comes from no log. */
  readonly logPosition: LogPosition | null
  /** What the holder has read up to the position; null where it has read nothing of the room. */
  readonly fingerprint: Fingerprint | null
  /** The version of the room's own state that the holder knows; null where it knows none. */
  readonly roomState: RoomStateVersion | null
}

const FORMAT = 3
/** Cursors without a room state keep the format from before it existed. */
const FORMAT_WITHOUT_ROOM_STATE = 2

const micros = z.int().nonnegative()
const logPositionTuple = z.tuple([z.string(), micros]).nullable()
const fingerprintTuple = z.tuple([micros, z.string(), idsHashText, micros, recentVersionsText]).nullable()
const commonParts = [micros, z.string(), micros, logPositionTuple, fingerprintTuple] as const
const cursorTuple = z.union([
  z.tuple([z.literal(FORMAT), ...commonParts, roomStateVersionText]),
  z.tuple([z.literal(FORMAT_WITHOUT_ROOM_STATE), ...commonParts]),
])

/** Encodes a cursor: opaque to clients, versioned and canonical. */
export function encodeCursor(cursor: Cursor): string {
  const { position, changeMicros, logPosition, fingerprint, roomState } = cursor
  const parts = [
    position.micros,
    position.id,
    changeMicros,
    logPosition && [logPosition.epoch, logPosition.sequence],
    fingerprint && [
      fingerprint.from.micros,
      fingerprint.from.id,
      fingerprint.idsHash,
      fingerprint.recentFromMicros,
      fingerprint.recentVersions,
    ],
  ]
  if (roomState === null) return encodeToken([FORMAT_WITHOUT_ROOM_STATE, ...parts])
  return encodeToken([FORMAT, ...parts, encodeRoomStateVersion(roomState)])
}

/** Decodes a cursor; null for any text that `encodeCursor` does not make. Never throws. */
export function decodeCursor(text: string): Cursor | null {
  const cursor = fromParts(decodeToken(text))
  return cursor && encodeCursor(cursor) === text ? cursor : null
}

/** Replaces the room state of an encoded cursor. Any other text is returned unchanged. */
export function withRoomState(text: string, roomState: RoomStateVersion): string {
  const cursor = decodeCursor(text)
  return cursor ? encodeCursor({ ...cursor, roomState }) : text
}

/**
 * Gives each message of a page, oldest first, with the cursor after it: its holder has read all messages from `from` up to
 * there and knows `roomState`. The last cursor equals `pageEndCursor`.
 */
export function pageCursors(
  page: readonly Message[],
  from: Position,
  roomState: RoomStateVersion | null = null,
): readonly { readonly message: Message; readonly cursor: Cursor }[] {
  const readState = new ReadState(from)
  let changeMicros = 0
  return page.map((message) => {
    readState.add(message)
    changeMicros = Math.max(changeMicros, lastChangedMicros(message))
    return { message, cursor: cursorAfter(message.position, changeMicros, readState, roomState) }
  })
}

/**
 * Gives the cursor at the end of a page, oldest first, that contains all messages from `from` on: after its newest message,
 * with all edits read. `roomState` is what the page's reader knows of the room. Null for an empty page.
 */
export function pageEndCursor(
  page: readonly Message[],
  from: Position,
  roomState: RoomStateVersion | null = null,
): Cursor | null {
  const last = page.at(-1)
  if (!last) return null
  const changeMicros = page.reduce((newest, message) => Math.max(newest, lastChangedMicros(message)), 0)
  const read = page.map((message) => ({ message, isOutdated: false }))
  return cursorAfter(last.position, changeMicros, new ReadState(from, read), roomState)
}

/** Gives the cursor at a position whose holder has read no messages. */
export function cursorAtPosition(
  position: Position,
  changeMicros: number,
  roomState: RoomStateVersion | null = null,
): Cursor {
  return { position, changeMicros, logPosition: null, fingerprint: null, roomState }
}

/** The position from which messages must be read to determine what follows the cursor. */
export function requiredReadStart({ position, fingerprint }: Cursor): Position {
  return fingerprint && comparePositions(fingerprint.from, position) < 0 ? fingerprint.from : position
}

/** Whether the holder has read the message, in whatever version. */
export function hasRead({ position, fingerprint }: Cursor, message: Message): boolean {
  if (comparePositions(message.position, position) > 0) return false
  if (fingerprint === null || message.position.micros < fingerprint.recentFromMicros) return true
  // The fingerprint says nothing about messages before its start.
  if (comparePositions(message.position, fingerprint.from) < 0) return true
  return findVersion(fingerprint, message) !== 'absent'
}

/** Whether the holder has read the message in its current version. */
export function hasReadVersion({ position, changeMicros, fingerprint }: Cursor, message: Message): boolean {
  if (comparePositions(message.position, position) > 0) return false
  const changedMicros = lastChangedMicros(message)
  const recentFrom = fingerprint?.recentFromMicros ?? Number.POSITIVE_INFINITY
  const found = fingerprint && changedMicros >= recentFrom ? findVersion(fingerprint, message) : 'absent'
  if (found !== 'absent') return found === 'same'
  return message.state === 'ACTIVE' || changedMicros <= Math.min(changeMicros, recentFrom - 1)
}

function cursorAfter(
  position: Position,
  changeMicros: number,
  readState: ReadState,
  roomState: RoomStateVersion | null,
): Cursor {
  const fingerprint = readState.fingerprint(changeMicros)
  return { position, changeMicros, logPosition: null, fingerprint, roomState }
}

function fromParts(parts: readonly unknown[]): Cursor | null {
  const { data } = cursorTuple.safeParse(parts)
  if (!data) return null
  const [, micros, id, changeMicros, log, read, roomState = null] = data
  const logPosition = log && { epoch: log[0], sequence: log[1] }
  const fingerprint = read && {
    from: { micros: read[0], id: read[1] },
    idsHash: read[2],
    recentFromMicros: read[3],
    recentVersions: read[4],
  }
  return { position: { micros, id }, changeMicros, logPosition, fingerprint, roomState }
}
