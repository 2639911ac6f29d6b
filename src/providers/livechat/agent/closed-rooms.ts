import { z } from 'zod'
import type { RoomItem } from '../../../domain/adapter.ts'
import { comparePositions, type Position } from '../../../domain/model.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import { toDate } from '../timestamps.ts'
import { type ChatListEntry, readChatPages } from './chat-pages.ts'
import type { RoomListRequest } from './room-list-filters.ts'
import {
  activityPosition,
  compareByActivity,
  fromPositionTuple,
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
  request: RoomListRequest,
  resumeToken: string | null,
): AsyncGenerator<RoomItem> {
  const { api, filters, query } = request
  const resume = resumeToken === null ? null : decodeResumeToken(resumeToken)
  let start = resume?.start ?? null
  let end = resume?.end ?? null
  let lastReturned = resume?.lastReturned ?? null
  let pageId = resume?.pageId ?? null
  let rows: readonly ChatListEntry[] = []
  for await (const page of readChatPages(api, filters, pageId)) {
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
    if (query.createdFrom && start && toDate(start.micros) < query.createdFrom) return
  }
}

function* roomsOf(
  rows: readonly ChatListEntry[],
  { pageId, start, end }: Section,
  lastReturned: Position | null,
  { toRoom }: RoomListRequest,
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

function decodeResumeToken(resumeToken: string) {
  const [pageId, start, end, lastReturned] = parseResumeToken(resumeTokenSchema, resumeToken)
  return {
    pageId,
    start: start && fromPositionTuple(start),
    end: fromPositionTuple(end),
    lastReturned: fromPositionTuple(lastReturned),
  }
}
