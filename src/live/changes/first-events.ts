import { type Cursor, pageEndCursor } from '../../cursor/cursor.ts'
import type { RoomEvent } from '../../domain/events.ts'
import type { RecentMessages } from '../../domain/messages.ts'
import { FIRST_POSITION, laterPosition, type Message, type Position } from '../../domain/model.ts'
import type { RoomView } from '../../domain/room-view.ts'
import type { DetectedChange } from './detected-change.ts'
import type { EventLog, KnownRoomState } from './event-log.ts'
import { extendBackwards, type MessageSnapshot, reachesSnapshot, readStateBefore, replay } from './replay.ts'
import { EMPTY_WATERMARK, watermarkAt } from './watermark.ts'

/** The start of a subscription: after a cursor, or at a time of the gateway's clock. */
export type SubscriptionStart = { readonly after: Cursor } | { readonly since: Date }

/** A subscriber that is about to start. */
export interface StartingSubscriber {
  readonly start: SubscriptionStart
  readonly view: RoomView
  /** `performance.now()` when it subscribed; its cursor is older. */
  readonly createdAt: number
}

/** The first events of a subscriber. */
export interface FirstEvents {
  readonly events: readonly RoomEvent[]
  /** What the subscriber has read where that may be more than the last read shows; else null. */
  readonly ahead: ReadAhead | null
}

/** The part of a room that one subscriber has read. */
export interface ReadAhead {
  readonly cursor: Cursor
  /** Its own read; null where it has made none. */
  readonly read: OwnRead | null
}

/** A read that was made for one subscriber. A message that it should contain and does not is gone for the subscriber. */
export interface OwnRead {
  /** The position from which it is complete. */
  readonly from: Position
  /** By message id. */
  readonly messages: ReadonlyMap<string, Message>
}

/** A subscriber's start, and what is known of the room. */
export interface HistoryForSubscriber {
  /** The cursor after which it starts. */
  readonly start: Cursor
  readonly view: RoomView
  readonly log: EventLog
  /** The messages of the last read. */
  readonly snapshot: MessageSnapshot
  readonly roomState: KnownRoomState
  /** Whether a read was applied that started after the subscriber came. */
  readonly isReadSinceCreated: boolean
}

/**
 * Gives a subscriber the events after its start, with a gap where the reads do not show all of them; null where another
 * read may show more. `ownRead` is the read that was made for the subscriber, even if a newer one was applied before its
 * response came; null where there is none. With it the result is final once any read was applied that started after the
 * subscriber came: under a rate limit a poll may always complete first.
 */
export function firstEvents(
  history: HistoryForSubscriber,
  ownRead: RecentMessages | null,
): FirstEvents | null {
  const { start, view, log, snapshot, isReadSinceCreated } = history
  const logged = log.eventsAfter(start, view)
  if (logged) return { events: logged, ahead: null }
  const isFinal = ownRead !== null && isReadSinceCreated && reachesSnapshot(ownRead, snapshot)
  if (!isFinal && (snapshot.from === null || isBehind(snapshot, start))) return null
  const extended = ownRead && isFinal ? extendBackwards(snapshot, ownRead) : snapshot
  const changes = replay(start, extended)
  if (!isFinal && changes.some((detected) => mayBeOutdated(detected, start))) return null
  return {
    events: eventsOf(changes, extended, history),
    ahead: isFinal ? null : { cursor: start, read: null },
  }
}

/**
 * The same where another process reads the room. The subscriber starts with what the log shows, and its own read only extends
 * that to older messages. Where its cursor is newer than the log, or the log may not show what the cursor lacks, it starts
 * with its own read and changes nothing for other subscribers. `completeRead` is that read with what was pushed meanwhile; null
 * where it may be older than the log, and so is the result then.
 */
export function firstEventsAhead(
  history: HistoryForSubscriber,
  ownRead: RecentMessages,
  completeRead: RecentMessages | null,
): FirstEvents | null {
  const { start, view, log, snapshot: known } = history
  const logged = log.eventsAfter(start, view)
  if (logged) return { events: logged, ahead: null }
  const snapshot = reachesSnapshot(ownRead, known) ? extendBackwards(known, ownRead) : known
  const changes = isBehind(known, start) ? null : replay(start, snapshot)
  if (snapshot.from && changes && !changes.some((detected) => mayBeOutdated(detected, start))) {
    return { events: eventsOf(changes, snapshot, history), ahead: { cursor: start, read: null } }
  }
  return completeRead && firstEventsOfRead(completeRead, history)
}

function firstEventsOfRead(
  read: RecentMessages,
  { start, log, roomState }: HistoryForSubscriber,
): FirstEvents {
  const snapshot = { messages: read.messages, from: read.from ?? FIRST_POSITION }
  const changes = replay(start, snapshot)
  const readState = readStateBefore(changes, snapshot)
  const events = log.createEventsFor(changes, start, readState, roomState, true)
  const messages = new Map(read.messages.map((message) => [message.ref.messageId, message]))
  return {
    events,
    ahead: { cursor: cursorAfterRead(start, snapshot), read: { from: snapshot.from, messages } },
  }
}

function eventsOf(
  changes: readonly DetectedChange[],
  snapshot: MessageSnapshot,
  { start, log, roomState }: HistoryForSubscriber,
): readonly RoomEvent[] {
  return log.createEventsFor(changes, start, readStateBefore(changes, snapshot), roomState)
}

/** Whether the holder of a cursor has read something newer than the last read, which then may show outdated versions. */
function isBehind({ messages }: MessageSnapshot, { position, changeMicros, fingerprint }: Cursor): boolean {
  if (fingerprint === null) return false
  const known = watermarkAt(messages, EMPTY_WATERMARK)
  return known.changeMicros < Math.max(position.micros, changeMicros)
}

/** The cursor of a subscriber that has read a snapshot from `start` on. */
function cursorAfterRead(
  start: Cursor,
  { messages, from }: { readonly messages: readonly Message[]; readonly from: Position },
): Cursor {
  const end = pageEndCursor(messages, from)
  if (!end) return start
  return {
    ...end,
    position: laterPosition(start.position, end.position),
    changeMicros: Math.max(start.changeMicros, end.changeMicros),
  }
}

/** Whether a change may be outdated: it is a gap, or not later than what the holder of the cursor has read. */
function mayBeOutdated({ change, changedAtMicros }: DetectedChange, { changeMicros }: Cursor): boolean {
  return change.type === 'Gap' || changedAtMicros <= changeMicros
}
