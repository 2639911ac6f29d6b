import { z } from 'zod'
import { comparePositions, type Position, type Room } from '../../../domain/model.ts'
import type { RoomItem, RoomQuery } from '../../../domain/room-query.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import { toDate } from '../timestamps.ts'
import type { WireChatSummary } from '../wire.ts'
import type { ChatListEntry, ChatListPage } from './chat-pages.ts'
import {
  activityPosition,
  compareByActivity,
  fromPositionTuple,
  type PositionTuple,
  positionTuple,
  toPositionTuple,
} from './room-order.ts'

/** Resume token: page id, start and end of a section, and the last room returned of it, by activity (ms) and id. */
const resumeTokenSchema = z.tuple([
  z.string().nullable(),
  positionTuple.nullable(),
  positionTuple,
  positionTuple,
])

/** A read of closed chats. */
export interface ClosedRoomsRequest {
  readonly query: RoomQuery
  /** Reads the list from a page on; null is the first. */
  readonly readPages: (firstPageId: string | null) => AsyncGenerator<ChatListPage>
  readonly toRoom: (summary: WireChatSummary) => Room
}

/**
 * How long before it closed a thread can have started. LiveChat closes idle threads by itself, and its lists have no closing
 * time to sort by; without a limit, every query by closing time would read all closed chats.
 */
const MAX_THREAD_MS = 2 * 86_400_000

/** A section of LiveChat's list, sorted by activity as a whole: after `start`, up to and including `end`. */
interface Section {
  /** The page that it starts on; null is the first. */
  readonly pageId: string | null
  readonly start: Position | null
  readonly end: Position
}

/**
 * Reads closed chats as rooms. LiveChat sorts chats by the start of their latest thread only
 * (docs/providers/livechat.md 4). So rooms are sorted by latest activity within a page of a hundred, and pages keep
 * LiveChat's order. A page is read when it is needed. Continues after `resumeToken` even if its page id has expired.
 */
export async function* readClosedRooms(
  request: ClosedRoomsRequest,
  resumeToken: string | null,
): AsyncGenerator<RoomItem> {
  const { query, readPages } = request
  const resume = resumeToken === null ? null : decodeResumeToken(resumeToken)
  let start = resume?.start ?? null
  let end = resume?.end ?? null
  let lastReturned = resume?.lastReturned ?? null
  let pageId = resume?.pageId ?? null
  let rows: readonly ChatListEntry[] = []
  for await (const page of readPages(pageId)) {
    if (rows.length === 0) pageId = page.pageId
    rows = [...rows, ...page.rows.filter((row) => start === null || isAfter(row, start))]
    const bound = end ?? rows.at(-1)?.position ?? null
    const beyond = bound === null ? [] : rows.filter((row) => isAfter(row, bound))
    // By now a section that was returned in part may extend over two pages.
    if (!page.isLast && end !== null && beyond.length === 0) continue
    const within = rows.slice(0, rows.length - beyond.length)
    if (bound) yield* roomsOf(within, { pageId, start, end: bound }, lastReturned, request)
    const next = beyond.at(-1)?.position ?? null
    if (next) yield* roomsOf(beyond, { pageId: page.pageId, start: bound, end: next }, null, request)
    start = next ?? bound ?? start
    end = null
    lastReturned = null
    rows = []
    // All later chats are older: their latest thread started before this one's.
    if (start && isBeforeQuery(toDate(start.micros), query)) return
  }
}

/** Whether a room whose latest thread started at a time is too old for a query. */
function isBeforeQuery(startedAt: Date, { createdFrom, closedFrom }: RoomQuery): boolean {
  if (createdFrom && startedAt < createdFrom) return true
  return closedFrom !== null && startedAt.getTime() < closedFrom.getTime() - MAX_THREAD_MS
}

function* roomsOf(
  rows: readonly ChatListEntry[],
  { pageId, start, end }: Section,
  lastReturned: Position | null,
  { toRoom }: ClosedRoomsRequest,
): Generator<RoomItem> {
  const rooms = rows.map(({ summary }) => toRoom(summary)).sort(compareByActivity)
  for (const room of rooms) {
    const activity = activityPosition(room)
    if (lastReturned && comparePositions(activity, lastReturned) >= 0) continue
    const section = [pageId, start && toPositionTuple(start), toPositionTuple(end)]
    yield { room, resumeToken: JSON.stringify([...section, toPositionTuple(activity)]) }
  }
}

function isAfter(row: ChatListEntry, bound: Position): boolean {
  return comparePositions(row.position, bound) < 0
}

/** Position of the closed room after which a resume token continues. Throws INVALID_INPUT if it is none. */
export function lastClosedPosition(resumeToken: string): PositionTuple {
  return toPositionTuple(decodeResumeToken(resumeToken).lastReturned)
}

function decodeResumeToken(resumeToken: string) {
  const [pageId, start, end, lastReturned] = parseResumeToken(resumeTokenSchema, resumeToken)
  return {
    pageId,
    start: start && fromPositionTuple(start),
    end: fromPositionTuple(end),
    lastReturned: fromPositionTuple(lastReturned),
  }
}
