import { z } from 'zod'
import type { RoomItem, RoomQuery } from '../../../domain/adapter.ts'
import { comparePositions, type Position, type Room } from '../../../domain/model.ts'
import { parseResumeToken } from '../../shared/resume-token.ts'
import { listThreads } from '../chat-requests.ts'
import { mapRoom } from '../map.ts'
import type { Participants } from '../participants.ts'
import type { RoomApi } from '../room-api.ts'
import { toDate } from '../timestamps.ts'
import type { WireChatSummary } from '../wire.ts'
import { readChatPages } from './chat-pages.ts'
import {
  activityPosition,
  compareByActivity,
  positionTuple,
  readClosedRooms,
  toPositionTuple,
} from './closed-rooms.ts'
import { type ChatListFilters, toChatListFilters } from './room-list-filters.ts'

/** One reading of a list: for whom, of which chats, and how they are shown. */
export interface RoomListRequest {
  readonly api: RoomApi
  readonly filters: ChatListFilters
  readonly query: RoomQuery
  readonly toRoom: (summary: WireChatSummary) => Room
}

/**
 * Where a reader stands: when reading began (epoch ms), behind which open room by activity (null is before the
 * first, true behind the last), and where among the closed ones.
 */
const resumeShape = z.tuple([
  z.number(),
  z.union([positionTuple, z.literal(true), z.null()]),
  z.string().nullable(),
])
type OpenPlace = z.output<typeof resumeShape>[1]

/**
 * The agent's chats as rooms, latest activity first. LiveChat sorts by the beginning of the latest thread only
 * (docs/providers/livechat.md 4), and an open one may go on for long. So the open chats, of which there are
 * as many as agents can serve, are all read and sorted here; the closed ones are merged in, a page at a time.
 */
export class RoomList {
  readonly #provider: string
  readonly #people: Participants

  constructor(provider: string, people: Participants) {
    this.#provider = provider
    this.#people = people
  }

  /** Reads on behind `resumeAt`, a page of LiveChat's at a time; null begins at the top. */
  async *read(query: RoomQuery, resumeAt: string | null, side: RoomApi): AsyncGenerator<RoomItem> {
    const filters = toChatListFilters(query)
    const resume = resumeAt === null ? null : parseResumeToken(resumeShape, resumeAt)
    let [, openAt, closedAt] = resume ?? [0, null, null]
    const listing = (asked: ChatListFilters): RoomListRequest => ({
      api: side,
      filters: asked,
      query,
      toRoom: (summary) => this.#room(summary, side),
    })
    const closedRooms = filters.closed ? readClosedRooms(listing(filters.closed), closedAt) : nothing()
    // One after the other: where LiveChat refuses the first there is no second refusal to pay for.
    const open = filters.open ? await readOpenRooms(listing(filters.open), openAt) : []
    let closed = await closedRooms.next()
    const began = resume?.[0] ?? newestOf([open[0], closed.done ? undefined : closed.value.room])
    if (open.length === 0) openAt = true
    const at = () => JSON.stringify([began, openAt, closedAt])
    for (let given = 0; ; ) {
      const next = open[given]
      if (next && (closed.done || compareByActivity(next, closed.value.room) < 0)) {
        given += 1
        openAt = given === open.length ? true : toPositionTuple(activityPosition(next))
        yield { room: await this.#withCreation(next, query, side), resumeToken: at() }
        continue
      }
      if (closed.done) return
      const { room, resumeToken: behind } = closed.value
      closedAt = behind
      // What closed since reading began was an open room then, and is given as one, or was.
      const wasOpen = filters.open !== null && activityPosition(room).micros > began
      if (!wasOpen) yield { room: await this.#withCreation(room, query, side), resumeToken: at() }
      closed = await closedRooms.next()
    }
  }

  #room(summary: WireChatSummary, side: RoomApi): Room {
    this.#people.remember(side, summary.id, summary.users)
    return mapRoom({ ...summary, events: summary.lastEvents, createdMicros: null }, side.view, this.#provider)
  }

  /** A list tells of the latest thread only; where the query is about the first one, that is asked for. */
  async #withCreation(room: Room, { createdFrom, createdTo }: RoomQuery, side: RoomApi): Promise<Room> {
    if (createdFrom === null && createdTo === null) return room
    const { threads } = await listThreads(side, room.nativeId, { sort_order: 'asc', limit: 1 })
    const first = threads[0]?.created_at ?? null
    return first === null ? room : { ...room, createdAt: toDate(first) }
  }
}

/** All open rooms behind a place, latest activity first. One whose thread began too early did so itself. */
async function readOpenRooms(
  { api: side, filters, query, toRoom: roomOf }: RoomListRequest,
  at: OpenPlace,
): Promise<readonly Room[]> {
  if (at === true) return []
  const rooms: Room[] = []
  for await (const { rows } of readChatPages(side, filters, null)) {
    const { createdFrom } = query
    const young = rows.filter((row) => !createdFrom || toDate(row.position.micros) >= createdFrom)
    rooms.push(...young.map(({ summary }) => roomOf(summary)))
  }
  const bound: Position | null = at && { micros: at[0], id: at[1] }
  return rooms
    .filter((room) => bound === null || comparePositions(activityPosition(room), bound) < 0)
    .sort(compareByActivity)
}

/** When reading begins: by the clock here, or by LiveChat's where that is ahead. */
function newestOf(rooms: readonly (Room | undefined)[]): number {
  return Math.max(Date.now(), ...rooms.map((room) => room?.lastActivityAt?.getTime() ?? 0))
}

async function* nothing(): AsyncGenerator<RoomItem> {}
