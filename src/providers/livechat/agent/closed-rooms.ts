import { z } from 'zod'
import type { RoomItem } from '../../../domain/adapter.ts'
import { comparePositions, type Position, type Room } from '../../../domain/model.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import { toDate } from '../timestamps.ts'
import { type ChatListEntry, readChatPages } from './chat-pages.ts'
import type { RoomListRequest } from './room-list.ts'

/** Microseconds or milliseconds, and an id. */
export const positionTuple = z.tuple([z.number(), z.string()])

/**
 * Where a reader stands: in the stretch of LiveChat's list that lies behind `start` and ends with `end`, which
 * begins on page `pageId` (null is the first), and within it behind the room `at` by activity (milliseconds) and id.
 */
const resumeShape = z.tuple([z.string().nullable(), positionTuple.nullable(), positionTuple, positionTuple])

interface Stretch {
  readonly pageId: string | null
  readonly start: Position | null
  readonly end: Position
}

/**
 * Closed chats as rooms. LiveChat sorts chats by the beginning of their latest thread and by nothing else
 * (docs/providers/livechat.md 4), so they come latest activity first within each page of a hundred, and the
 * pages in LiveChat's order. Reads a page only when it is asked for; goes on behind `resumeAt` even where its
 * page id has expired.
 */
export async function* readClosedRooms(
  listing: RoomListRequest,
  resumeAt: string | null,
): AsyncGenerator<RoomItem> {
  const { api: side, filters, query } = listing
  const resume = resumeAt === null ? null : parseResume(resumeAt)
  let start = resume?.start ?? null
  let end = resume?.end ?? null
  let at = resume?.at ?? null
  let pageId = resume?.pageId ?? null
  let rows: readonly ChatListEntry[] = []
  for await (const page of readChatPages(side, filters, pageId)) {
    if (rows.length === 0) pageId = page.pageId
    rows = [...rows, ...page.rows.filter((row) => start === null || isBehind(row, start))]
    const bound = end ?? rows.at(-1)?.position ?? null
    const beyond = bound === null ? [] : rows.filter((row) => isBehind(row, bound))
    // A stretch that was read in part may lie on two pages by now.
    if (!page.isLast && end !== null && beyond.length === 0) continue
    const within = rows.slice(0, rows.length - beyond.length)
    if (bound) yield* emit(within, { pageId, start, end: bound }, at, listing)
    const last = beyond.at(-1)?.position ?? null
    if (last) yield* emit(beyond, { pageId: page.pageId, start: bound, end: last }, null, listing)
    start = last ?? bound ?? start
    end = null
    at = null
    rows = []
    // Chats whose latest thread is older than that are older themselves.
    if (query.createdFrom && start && toDate(start.micros) < query.createdFrom) return
  }
}

function* emit(
  rows: readonly ChatListEntry[],
  { pageId, start, end }: Stretch,
  at: Position | null,
  { toRoom: roomOf }: RoomListRequest,
): Generator<RoomItem> {
  const rooms = rows.map(({ summary }) => roomOf(summary)).sort(compareByActivity)
  for (const room of rooms) {
    const activity = activityPosition(room)
    if (at && comparePositions(activity, at) >= 0) continue
    yield {
      room,
      resumeToken: JSON.stringify([
        pageId,
        start && toPositionTuple(start),
        toPositionTuple(end),
        toPositionTuple(activity),
      ]),
    }
  }
}

function isBehind(row: ChatListEntry, bound: Position): boolean {
  return comparePositions(row.position, bound) < 0
}

/** When something last happened in a room, in milliseconds, and its id: what rooms are sorted by. */
export function activityPosition({ lastActivityAt, nativeId }: Room): Position {
  return { micros: lastActivityAt?.getTime() ?? 0, id: nativeId }
}

/** Sorts latest activity first. */
export function compareByActivity(a: Room, b: Room): number {
  return comparePositions(activityPosition(b), activityPosition(a))
}

/** A position in a cursor. */
export function toPositionTuple({ micros, id }: Position): z.output<typeof positionTuple> {
  return [micros, id]
}

function parseResume(text: string) {
  const [pageId, start, end, at] = parseResumeToken(resumeShape, text)
  const position = ([micros, id]: z.output<typeof positionTuple>): Position => ({ micros, id })
  return { pageId, start: start && position(start), end: position(end), at: position(at) }
}
