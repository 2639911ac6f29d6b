import {
  type Cursor,
  cursorAtPosition,
  hasRead,
  hasReadVersion,
  requiredReadStart,
} from '../../cursor/cursor.ts'
import { hashMessageIds, type ReadMessage } from '../../cursor/fingerprint.ts'
import { isInFingerprint, ReadState } from '../../cursor/read-state.ts'
import type { RecentMessages } from '../../domain/adapter.ts'
import {
  comparePositions,
  FIRST_POSITION,
  type Message,
  type Position,
  positionAt,
} from '../../domain/model.ts'
import {
  type DetectedChange,
  detectCreated,
  detectGap,
  detectUpdated,
  sortChanges,
} from './detected-change.ts'
import type { RoomSnapshot } from './room-snapshot.ts'

/** The newest messages of a room as they were read: all of them from a position on; null before the first read. */
export interface MessageSnapshot {
  readonly messages: readonly Message[]
  readonly from: Position | null
}

/** A window with what another read shows of the time before it. */
export function extendBackwards(
  window: MessageSnapshot,
  { messages, from }: RecentMessages,
): MessageSnapshot {
  const { from: start } = window
  const end = from ?? FIRST_POSITION
  if (start === null || comparePositions(start, end) <= 0) return window
  const older = messages.filter(({ position }) => comparePositions(position, start) < 0)
  return { messages: [...older, ...window.messages], from: end }
}

/**
 * What a window holds behind a cursor, in the order it happened: each message in its present version. It begins with
 * a gap where that may not be all.
 */
export function replay(cursor: Cursor, window: MessageSnapshot): readonly DetectedChange[] {
  const found = sortChanges(window.messages.flatMap((message) => tellings(message, cursor)))
  return [...gapBefore(cursor, window, found), ...found]
}

/**
 * What a read tells those who watch, and what they have seen before that. What was deleted before anybody saw it is
 * told to nobody, and is nothing to miss later.
 */
export function applyRead(
  window: RoomSnapshot,
  recent: RecentMessages,
): { readonly found: readonly DetectedChange[]; readonly before: ReadState } {
  const before = readStateBefore([], window)
  const found = window.diff(recent)
  const told = new Set(found.map(({ message }) => message))
  for (const message of window.messages) {
    if (message.state === 'DELETED' && !told.has(message)) before.add(message)
  }
  return { found, before }
}

/** What a reader has seen of a window who is still to be told of this. */
export function readStateBefore(untold: readonly DetectedChange[], window: MessageSnapshot): ReadState {
  return new ReadState(window.from ?? FIRST_POSITION, without(untold, window))
}

function without(untold: readonly DetectedChange[], window: MessageSnapshot): readonly ReadMessage[] {
  const added = new Set<Message | null>()
  const altered = new Set<Message | null>()
  for (const { change, message } of untold) {
    if (change.type === 'MessageAdded') added.add(message)
    if (change.type === 'MessageUpdated' || change.type === 'MessageDeleted') altered.add(message)
  }
  return window.messages
    .filter((message) => !added.has(message))
    .map((message) => ({ message, isOutdated: altered.has(message) }))
}

/** The cursor of a moment: all that happened at or after it is behind it. */
export function cursorAtTime(time: Date): Cursor {
  const position = positionAt(time)
  return cursorAtPosition(position, position.micros - 1)
}

function tellings(message: Message, cursor: Cursor): readonly DetectedChange[] {
  if (!hasRead(cursor, message)) return detectCreated(message)
  return hasReadVersion(cursor, message) ? [] : [detectUpdated(message)]
}

/**
 * The gap in what can be told behind a cursor: where the provider could not be read back to it, or where what the
 * holder had seen is not what is there now. A message that is gone without a trace is no more to be told of.
 */
function gapBefore(
  cursor: Cursor,
  window: MessageSnapshot,
  found: readonly DetectedChange[],
): readonly DetectedChange[] {
  const { position, fingerprint: print } = cursor
  const { from } = window
  if (from === null) return []
  if (comparePositions(from, position) > 0) return [detectGap('HISTORY_LIMIT', position, from)]
  if (print === null) return []
  const isWhole = comparePositions(from, requiredReadStart(cursor)) <= 0
  return isWhole && print.idsHash === idsSeen(cursor, without(found, window))
    ? []
    : [detectGap('CURSOR_EXPIRED', print.from, position)]
}

/** The hash of what a reader has seen where its cursor's print covers it. */
function idsSeen({ position, fingerprint: print }: Cursor, seen: readonly ReadMessage[]): string {
  const covered = seen.filter(
    (one) =>
      isInFingerprint(one) &&
      comparePositions(one.message.position, print?.from ?? position) >= 0 &&
      comparePositions(one.message.position, position) <= 0,
  )
  const messages = covered.map(({ message }) => message)
  return hashMessageIds(messages.sort((a, b) => comparePositions(a.position, b.position)))
}
