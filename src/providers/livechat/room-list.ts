import { z } from 'zod'
import type { RoomItem, RoomQuery } from '../../chat/adapter.ts'
import { invalidInput } from '../../chat/errors.ts'
import { comparePositions, type Position, type Room } from '../../chat/model.ts'
import { parseJson } from '../failures.ts'
import { type ChatFilters, chatFilters } from './chat-filters.ts'
import { listThreads } from './chats.ts'
import { mapRoom } from './map-room.ts'
import type { People } from './people.ts'
import { isRefusedFor } from './refusal.ts'
import type { Side } from './side.ts'
import { dateOf } from './stamps.ts'
import { chatList, type WireSummary } from './wire.ts'

/** The most chats that a page holds (livechat.md 3.2). */
const PAGE_SIZE = 100

/** Where a chat stands in LiveChat's list: when its latest thread began, and its id. */
const place = z.tuple([z.number(), z.string()])

/**
 * Where a reader stands: in the stretch of LiveChat's list that lies behind `start` and ends with `end`, which
 * begins on page `pageId` (null is the first), and within it behind the room `at` by activity (milliseconds) and id.
 */
const resumeShape = z.tuple([z.string().nullable(), place.nullable(), place, place])

interface Stretch {
  readonly pageId: string | null
  readonly start: Position | null
  readonly end: Position
}

interface Row {
  readonly place: Position
  readonly summary: WireSummary
}

interface Page {
  readonly pageId: string | null
  readonly rows: readonly Row[]
  readonly last: boolean
}

/**
 * The agent's chats as rooms. LiveChat sorts them by the beginning of their latest thread and by nothing else
 * (livechat.md 4), so they come latest activity first within each page of a hundred, and the pages in LiveChat's
 * order.
 */
export class RoomList {
  readonly #provider: string
  readonly #people: People

  constructor(provider: string, people: People) {
    this.#provider = provider
    this.#people = people
  }

  /** Reads a page only when it is asked for; goes on behind `resumeAt` even where its page id has expired. */
  async *read(query: RoomQuery, resumeAt: string | null, side: Side): AsyncGenerator<RoomItem> {
    const filters = chatFilters(query)
    if (filters === null) return
    const resume = resumeAt === null ? null : parseResume(resumeAt)
    let start = resume?.start ?? null
    let end = resume?.end ?? null
    let at = resume?.at ?? null
    let pageId = resume?.pageId ?? null
    let rows: readonly Row[] = []
    for await (const page of pagesFrom(side, filters, pageId)) {
      if (rows.length === 0) pageId = page.pageId
      rows = [...rows, ...page.rows.filter((row) => start === null || isBehind(row, start))]
      const bound = end ?? rows.at(-1)?.place ?? null
      const beyond = bound === null ? [] : rows.filter((row) => isBehind(row, bound))
      // A stretch that was read in part may lie on two pages by now.
      if (!page.last && end !== null && beyond.length === 0) continue
      const within = rows.slice(0, rows.length - beyond.length)
      if (bound) yield* this.#emit(within, { pageId, start, end: bound }, at, query, side)
      const last = beyond.at(-1)?.place ?? null
      if (last) yield* this.#emit(beyond, { pageId: page.pageId, start: bound, end: last }, null, query, side)
      start = last ?? bound ?? start
      end = null
      at = null
      rows = []
      // Chats whose latest thread is older than that are older themselves.
      if (query.createdFrom && start && dateOf(start.micros) < query.createdFrom) return
    }
  }

  async *#emit(
    rows: readonly Row[],
    { pageId, start, end }: Stretch,
    at: Position | null,
    query: RoomQuery,
    side: Side,
  ): AsyncGenerator<RoomItem> {
    const rooms = rows
      .map(({ summary }) => this.#room(summary, side))
      .sort((a, b) => comparePositions(activityOf(b), activityOf(a)))
    for (const room of rooms) {
      const activity = activityOf(room)
      if (at && comparePositions(activity, at) >= 0) continue
      const resume = JSON.stringify([pageId, start && tuple(start), tuple(end), tuple(activity)])
      yield { room: await this.#withCreation(room, query, side), resume }
    }
  }

  #room(summary: WireSummary, side: Side): Room {
    this.#people.remember(side, summary.id, summary.users)
    return mapRoom({ ...summary, events: summary.lastEvents, createdMicros: null }, side.view, this.#provider)
  }

  /** A list tells of the latest thread only; where the query is about the first one, that is asked for. */
  async #withCreation(room: Room, { createdFrom, createdTo }: RoomQuery, side: Side): Promise<Room> {
    if (createdFrom === null && createdTo === null) return room
    const { threads } = await listThreads(side, room.nativeId, { sort_order: 'asc', limit: 1 })
    const first = threads[0]?.created_at ?? null
    return first === null ? room : { ...room, createdAt: dateOf(first) }
  }
}

/** The list from a page on; from its top where that page's id is no longer known. */
async function* pagesFrom(side: Side, filters: ChatFilters, first: string | null): AsyncGenerator<Page> {
  let pageId = first
  for (;;) {
    const { chats, nextPageId } = await readPage(side, filters, pageId).catch((error: unknown) => {
      if (pageId === null || pageId !== first || !isRefusedFor(error, 'validation')) throw error
      pageId = null
      return readPage(side, filters, null)
    })
    const rows = chats.map((summary) => ({ place: placeOf(summary), summary }))
    yield { pageId, rows, last: nextPageId === null }
    if (nextPageId === null) return
    pageId = nextPageId
  }
}

/** A later page is asked for by its id alone (livechat.md 3.1). */
function readPage(side: Side, filters: ChatFilters, pageId: string | null) {
  const body = pageId === null ? { filters, limit: PAGE_SIZE } : { page_id: pageId }
  return side.read('list_chats', body, chatList)
}

function placeOf({ id, thread }: WireSummary): Position {
  return { micros: thread?.created_at ?? 0, id }
}

function isBehind(row: Row, place: Position): boolean {
  return comparePositions(row.place, place) < 0
}

function activityOf({ lastActivityAt, nativeId }: Room): Position {
  return { micros: lastActivityAt?.getTime() ?? 0, id: nativeId }
}

function tuple({ micros, id }: Position): z.output<typeof place> {
  return [micros, id]
}

function parseResume(text: string) {
  const parsed = resumeShape.safeParse(parseJson(text))
  if (!parsed.success) throw invalidInput('after', 'This cursor is not one of this list.')
  const [pageId, start, end, at] = parsed.data
  const position = ([micros, id]: z.output<typeof place>): Position => ({ micros, id })
  return { pageId, start: start && position(start), end: position(end), at: position(at) }
}
