import { z } from 'zod'
import { comparePositions, type Room } from '../../../domain/model.ts'
import { matchesRoomQuery, type RoomItem, type RoomQuery } from '../../../domain/room-query.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import { listThreads } from '../chat-requests.ts'
import { mapSummary } from '../map.ts'
import type { Participants } from '../participants.ts'
import type { RoomApi } from '../room-api.ts'
import { toDate } from '../timestamps.ts'
import type { WireChatSummary } from '../wire.ts'
import { type ChatListPage, readArchivePages, readChatPages } from './chat-pages.ts'
import { type ClosedRoomsRequest, lastClosedPosition, readClosedRooms } from './closed-rooms.ts'
import { toRoomListFilters } from './room-list-filters.ts'
import {
  activityPosition,
  compareByActivity,
  fromPositionTuple,
  positionTuple,
  toPositionTuple,
} from './room-order.ts'

/**
 * Resume token: when the read started (epoch ms), the last open room returned (null before the first, true after the
 * last), and the resume token of the closed rooms.
 */
const resumeTokenSchema = z.tuple([
  z.number(),
  z.union([positionTuple, z.literal(true), z.null()]),
  z.string().nullable(),
])
type OpenRoomsPosition = z.output<typeof resumeTokenSchema>[1]

/**
 * Lists the agent's chats as rooms, latest activity first. LiveChat sorts by the start of the latest thread only
 * (docs/providers/livechat.md 4), and an open thread may last long. So all open chats are read and sorted here: there
 * are only as many as agents can serve. The closed ones are merged in page by page.
 */
export class RoomList {
  readonly #provider: string
  readonly #participants: Participants

  constructor(provider: string, participants: Participants) {
    this.#provider = provider
    this.#participants = participants
  }

  /** Continues after `resumeToken`, or starts at the top if it is null. Reads one page of LiveChat at a time. */
  async *read(query: RoomQuery, resumeToken: string | null, api: RoomApi): AsyncGenerator<RoomItem> {
    const { open: openFilters, closed: closedFilters, archived } = toRoomListFilters(query, this.#provider)
    const resume = resumeToken === null ? null : parseResumeToken(resumeTokenSchema, resumeToken)
    let [, openPosition, closedResumeToken] = resume ?? [0, null, null]
    const toRoom = (summary: WireChatSummary) => this.#toRoom(summary, api)
    const readClosed = (readPages: ClosedRoomsRequest['readPages']) =>
      readClosedRooms({ query, readPages, toRoom }, closedResumeToken)
    const closedRooms = closedFilters
      ? readClosed((pageId) => readChatPages(api, closedFilters, pageId))
      : archived
        ? readClosed((pageId) => readArchivePages(api, archived, pageId))
        : empty()
    // If only closed rooms were returned, open ones above the last of them have become active since.
    const openAfter =
      openPosition ?? (closedResumeToken === null ? null : lastClosedPosition(closedResumeToken))
    // Not in parallel: if LiveChat rejects the first request, the second need not be paid for.
    const open = openFilters
      ? await readOpenRooms(readChatPages(api, openFilters, null), { query, toRoom }, openAfter)
      : []
    let closed = await closedRooms.next()
    const startedMs = resume?.[0] ?? currentTimeMs([open[0], closed.done ? undefined : closed.value.room])
    if (open.length === 0) openPosition = true
    const encodeResumeToken = () => JSON.stringify([startedMs, openPosition, closedResumeToken])
    for (let returnedOpen = 0; ; ) {
      const next = open[returnedOpen]
      if (next && (closed.done || compareByActivity(next, closed.value.room) < 0)) {
        returnedOpen += 1
        openPosition = returnedOpen === open.length ? true : toPositionTuple(activityPosition(next))
        yield { room: await this.#withCreationTime(next, query, api), resumeToken: encodeResumeToken() }
        continue
      }
      if (closed.done) return
      const { room } = closed.value
      closedResumeToken = closed.value.resumeToken
      // A room that closed after the read started was open then, so it is returned as one of the open rooms.
      const wasOpen = openFilters !== null && activityPosition(room).micros > startedMs
      if (!wasOpen) {
        yield { room: await this.#withCreationTime(room, query, api), resumeToken: encodeResumeToken() }
      }
      closed = await closedRooms.next()
    }
  }

  /**
   * Counts the rooms of a query with one request; null if that is not possible. LiveChat's own count is an estimate
   * (docs/providers/livechat.md 18), so only open chats that fit into one page can be counted.
   */
  async count(query: RoomQuery, api: RoomApi): Promise<number | null> {
    const { open, closed, archived } = toRoomListFilters(query, this.#provider)
    if (closed || archived) return null
    if (!open) return 0
    // The list does not contain the time at which a chat with several threads was created.
    if (query.createdFrom || query.createdTo) return null
    for await (const { rows, isLast } of readChatPages(api, open, null)) {
      if (!isLast) return null
      return rows.filter(({ summary }) => matchesRoomQuery(this.#toRoom(summary, api), query)).length
    }
    return null
  }

  #toRoom(summary: WireChatSummary, api: RoomApi): Room {
    this.#participants.remember(api, summary.id, summary.users)
    return mapSummary(summary, api.view, this.#provider)
  }

  /** The list contains the latest thread only. If the query filters by creation time, the first thread is read too. */
  async #withCreationTime(room: Room, { createdFrom, createdTo }: RoomQuery, api: RoomApi): Promise<Room> {
    if (createdFrom === null && createdTo === null) return room
    const { threads } = await listThreads(api, room.nativeId, { sort_order: 'asc', limit: 1 })
    const createdMicros = threads[0]?.created_at ?? null
    return createdMicros === null ? room : { ...room, createdAt: toDate(createdMicros) }
  }
}

/** Reads all open rooms after a position, latest activity first. A room is at least as old as its latest thread. */
async function readOpenRooms(
  pages: AsyncGenerator<ChatListPage>,
  { query, toRoom }: Pick<ClosedRoomsRequest, 'query' | 'toRoom'>,
  position: OpenRoomsPosition,
): Promise<readonly Room[]> {
  if (position === true) return []
  const { createdFrom } = query
  const rooms: Room[] = []
  for await (const page of pages) {
    const rows = page.rows.filter((row) => !createdFrom || toDate(row.position.micros) >= createdFrom)
    rooms.push(...rows.map(({ summary }) => toRoom(summary)))
  }
  const bound = position && fromPositionTuple(position)
  return rooms
    .filter((room) => bound === null || comparePositions(activityPosition(room), bound) < 0)
    .sort(compareByActivity)
}

/** The current time by this process's clock, or by LiveChat's if that is ahead. */
function currentTimeMs(rooms: readonly (Room | undefined)[]): number {
  return Math.max(Date.now(), ...rooms.map((room) => room?.lastActivityAt?.getTime() ?? 0))
}

async function* empty(): AsyncGenerator<RoomItem> {}
