import {
  type Cursor,
  cursorAtPosition,
  hasRead,
  hasReadVersion,
  requiredReadStart,
} from '../../cursor/cursor.ts'
import { hashMessageIds, type ReadMessage } from '../../cursor/fingerprint.ts'
import { isInFingerprint, MAX_COMMIT_DELAY_MICROS, ReadState } from '../../cursor/read-state.ts'
import type { RecentMessages } from '../../domain/messages.ts'
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

/** The newest messages of a room as they were read, complete from a position on; null before the first read. */
export interface MessageSnapshot {
  readonly messages: readonly Message[]
  readonly from: Position | null
}

/**
 * Whether a read that is older than a snapshot shows all messages before the snapshot: what was committed after the read stands
 * at most the commit delay before its end. So does a read that shows nothing before the snapshot, which may be the one that the
 * snapshot was made of.
 */
export function reachesSnapshot(
  { messages, from: readFrom }: RecentMessages,
  { from }: MessageSnapshot,
): boolean {
  if (from === null || (readFrom !== null && comparePositions(from, readFrom) <= 0)) return true
  const end = messages.at(-1)?.position.micros ?? 0
  return from.micros <= Math.max(0, end - MAX_COMMIT_DELAY_MICROS)
}

/** Extends a snapshot by the older messages of another read, which reaches it. */
export function extendBackwards(
  snapshot: MessageSnapshot,
  { messages, from }: RecentMessages,
): MessageSnapshot {
  const { from: start } = snapshot
  const end = from ?? FIRST_POSITION
  if (start === null || comparePositions(start, end) <= 0) return snapshot
  const older = messages.filter(({ position }) => comparePositions(position, start) < 0)
  return { messages: [...older, ...snapshot.messages], from: end }
}

/**
 * Replays what a snapshot contains after a cursor, in the order in which it happened, with each message in its current
 * version. It starts with a gap where that may be incomplete.
 */
export function replay(cursor: Cursor, snapshot: MessageSnapshot): readonly DetectedChange[] {
  const changes = sortChanges(snapshot.messages.flatMap((message) => changesOf(message, cursor)))
  return [...gapBefore(cursor, snapshot, changes), ...changes]
}

/**
 * Applies a read to a snapshot. Returns the changes for current subscribers, and what they have read before. A message that
 * was deleted before it could be delivered counts as read, so that its deletion is not missed later. `deletedIds` are
 * messages that are certainly deleted.
 */
export function applyRead(
  snapshot: RoomSnapshot,
  recent: RecentMessages,
  deletedIds?: ReadonlySet<string>,
): { readonly changes: readonly DetectedChange[]; readonly readState: ReadState } {
  const readState = readStateBefore([], snapshot)
  const changes = snapshot.diff(recent, deletedIds)
  const changed = new Set(changes.map(({ message }) => message))
  for (const message of snapshot.messages) {
    if (message.state === 'DELETED' && !changed.has(message)) readState.add(message)
  }
  return { changes, readState }
}

/** What a subscriber has read of a snapshot before it receives `changes`. */
export function readStateBefore(changes: readonly DetectedChange[], snapshot: MessageSnapshot): ReadState {
  return new ReadState(snapshot.from ?? FIRST_POSITION, readMessagesBefore(changes, snapshot))
}

function readMessagesBefore(
  changes: readonly DetectedChange[],
  snapshot: MessageSnapshot,
): readonly ReadMessage[] {
  const created = new Set<Message | null>()
  const updated = new Set<Message | null>()
  for (const { change, message } of changes) {
    if (change.type === 'MessageAdded') created.add(message)
    if (change.type === 'MessageUpdated' || change.type === 'MessageDeleted') updated.add(message)
  }
  return snapshot.messages
    .filter((message) => !created.has(message))
    .map((message) => ({ message, isOutdated: updated.has(message) }))
}

/** The cursor at a point in time: everything at or after it follows the cursor. */
export function cursorAtTime(time: Date): Cursor {
  const position = positionAt(time)
  return cursorAtPosition(position, position.micros - 1)
}

function changesOf(message: Message, cursor: Cursor): readonly DetectedChange[] {
  if (!hasRead(cursor, message)) return detectCreated(message)
  return hasReadVersion(cursor, message) ? [] : [detectUpdated(message)]
}

/**
 * The gap before a replay: the provider could not be read back to the cursor, or the messages that the holder has read are
 * not those that are there now. The deletion of a message that left no trace cannot be delivered otherwise.
 */
function gapBefore(
  cursor: Cursor,
  snapshot: MessageSnapshot,
  changes: readonly DetectedChange[],
): readonly DetectedChange[] {
  const { position, fingerprint } = cursor
  const { from } = snapshot
  if (from === null) return []
  if (comparePositions(from, position) > 0) return [detectGap('HISTORY_LIMIT', position, from)]
  if (fingerprint === null) return []
  const isComplete = comparePositions(from, requiredReadStart(cursor)) <= 0
  return isComplete && fingerprint.idsHash === coveredIdsHash(cursor, readMessagesBefore(changes, snapshot))
    ? []
    : [detectGap('CURSOR_EXPIRED', fingerprint.from, position)]
}

/** Hashes the ids of those messages that the cursor's fingerprint covers. */
function coveredIdsHash({ position, fingerprint }: Cursor, read: readonly ReadMessage[]): string {
  const covered = read.filter(
    (one) =>
      isInFingerprint(one) &&
      comparePositions(one.message.position, fingerprint?.from ?? position) >= 0 &&
      comparePositions(one.message.position, position) <= 0,
  )
  const messages = covered.map(({ message }) => message)
  return hashMessageIds(messages.sort((a, b) => comparePositions(a.position, b.position)))
}
