import type { RecentMessages } from '../chat/adapter.ts'
import { type Cursor, cursorBefore, hasSeen, hasSeenVersion, reachOf } from '../chat/cursor.ts'
import { BEGINNING, comparePositions, type Message, type Position, positionAt } from '../chat/model.ts'
import { isCovered, Seen } from '../chat/seen.ts'
import { hashOfIds, type SeenMessage } from '../chat/seen-print.ts'
import { alteration, appearance, type Found, gap, inOrder } from './found.ts'
import type { KnownWindow } from './known-window.ts'

/** The newest messages of a room as they were read: all of them from a position on; null before the first read. */
export interface ReadWindow {
  readonly messages: readonly Message[]
  readonly from: Position | null
}

/** A window with what another read shows of the time before it. */
export function withOlder(window: ReadWindow, { messages, from }: RecentMessages): ReadWindow {
  const { from: start } = window
  const end = from ?? BEGINNING
  if (start === null || comparePositions(start, end) <= 0) return window
  const older = messages.filter(({ position }) => comparePositions(position, start) < 0)
  return { messages: [...older, ...window.messages], from: end }
}

/**
 * What a window holds behind a cursor, in the order it happened: each message in its present version. It begins with
 * a gap where that may not be all.
 */
export function replay(cursor: Cursor, window: ReadWindow): readonly Found[] {
  const found = inOrder(window.messages.flatMap((message) => tellings(message, cursor)))
  return [...gapBefore(cursor, window, found), ...found]
}

/**
 * What a read tells those who watch, and what they have seen before that. What was deleted before anybody saw it is
 * told to nobody, and is nothing to miss later.
 */
export function takeRead(
  window: KnownWindow,
  recent: RecentMessages,
): { readonly found: readonly Found[]; readonly before: Seen } {
  const before = seenBefore([], window)
  const found = window.compare(recent)
  const told = new Set(found.map(({ message }) => message))
  for (const message of window.messages) {
    if (message.state === 'DELETED' && !told.has(message)) before.see(message)
  }
  return { found, before }
}

/** What a reader has seen of a window who is still to be told of this. */
export function seenBefore(untold: readonly Found[], window: ReadWindow): Seen {
  return new Seen(window.from ?? BEGINNING, without(untold, window))
}

function without(untold: readonly Found[], window: ReadWindow): readonly SeenMessage[] {
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
export function cursorAt(time: Date): Cursor {
  const position = positionAt(time)
  return cursorBefore(position, position.micros - 1)
}

function tellings(message: Message, cursor: Cursor): readonly Found[] {
  if (!hasSeen(cursor, message)) return appearance(message)
  return hasSeenVersion(cursor, message) ? [] : [alteration(message)]
}

/**
 * The gap in what can be told behind a cursor: where the provider could not be read back to it, or where what the
 * holder had seen is not what is there now. A message that is gone without a trace is no more to be told of.
 */
function gapBefore(cursor: Cursor, window: ReadWindow, found: readonly Found[]): readonly Found[] {
  const { position, print } = cursor
  const { from } = window
  if (from === null) return []
  if (comparePositions(from, position) > 0) return [gap('HISTORY_LIMIT', position, from)]
  if (print === null) return []
  const isWhole = comparePositions(from, reachOf(cursor)) <= 0
  return isWhole && print.ids === idsSeen(cursor, without(found, window))
    ? []
    : [gap('CURSOR_EXPIRED', print.from, position)]
}

/** The hash of what a reader has seen where its cursor's print covers it. */
function idsSeen({ position, print }: Cursor, seen: readonly SeenMessage[]): string {
  const covered = seen.filter(
    (one) =>
      isCovered(one) &&
      comparePositions(one.message.position, print?.from ?? position) >= 0 &&
      comparePositions(one.message.position, position) <= 0,
  )
  const messages = covered.map(({ message }) => message)
  return hashOfIds(messages.sort((a, b) => comparePositions(a.position, b.position)))
}
