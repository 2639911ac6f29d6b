import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ActiveRoom, RoomActivity } from '../../../domain/adapter.ts'
import { comparePositions, type Position, type Room } from '../../../domain/model.ts'
import { parseJson } from '../../shared/json.ts'
import { mapRoom } from '../map.ts'
import type { Participants } from '../participants.ts'
import type { RoomApi } from '../room-api.ts'
import { listChatsResponse, type WireChatSummary } from '../wire.ts'
import { readChatPages } from './chat-pages.ts'

/** The most chats that a page holds (docs/providers/livechat.md 3.2). */
const PAGE_SIZE = 100
/** Pages of active chats that are read; of more, not all is told. */
const MOST_PAGES = 20
const ACTIVE = { include_chats_without_threads: false, active: true } as const

/** What is remembered of a chat: whether its latest thread was active, and all that was shown of it, shortened. */
const known = z.object({ active: z.boolean(), version: z.string() })

/** What the last call read. `end` is where its page of newest threads ended; null where that was the whole list. */
const markShape = z.object({
  chats: z.record(z.string(), known),
  end: z.object({ micros: z.number(), id: z.string() }).nullable(),
})
type Mark = z.output<typeof markShape>

interface Reading {
  readonly provider: string
  readonly people: Participants
  readonly side: RoomApi
}

/**
 * In which chats something happened since `mark`. LiveChat's list has no "since"; it sorts by the beginning of the
 * latest thread (docs/providers/livechat.md 3.2, 4) and carries the newest event of each type. So its first
 * page shows every new thread, every closing and every event of the hundred newest conversations in one call.
 * Active chats that are older than those, as far as there are any, cost a call per hundred; one that is
 * active no more was closed.
 */
export async function readRoomActivity(reading: Reading, mark: string | null): Promise<RoomActivity> {
  const before = mark === null ? null : readMark(mark)
  const filters = { include_chats_without_threads: false }
  const newest = await readPage(reading.side, { limit: PAGE_SIZE, filters })
  const end = newest.nextPageId === null ? null : endOf(newest.chats)
  const older = await readOlder(newest.chats, end, before, reading.side)
  const seen = [...newest.chats, ...older.chats].map((summary) => seenOf(summary, reading))
  const closed = before && older.complete ? gone(seen, before) : []
  const rooms = before ? [...changed(seen, before), ...closed] : []
  const chats = Object.fromEntries(seen.map(({ room, now }) => [room.nativeId, now]))
  return { rooms, syncToken: JSON.stringify({ chats, end } satisfies Mark), isComplete: older.complete }
}

interface Seen {
  readonly room: Room
  readonly place: Position
  readonly now: z.output<typeof known>
}

/** The active chats that the first page does not show, where there may be any. */
async function readOlder(
  shown: readonly WireChatSummary[],
  end: Position | null,
  before: Mark | null,
  side: RoomApi,
): Promise<{ readonly chats: readonly WireChatSummary[]; readonly complete: boolean }> {
  if (end === null) return { chats: [], complete: true }
  const ids = new Set(shown.map(({ id }) => id))
  const active = Object.entries(before?.chats ?? {}).filter(([id, { active }]) => active && !ids.has(id))
  // A chat that becomes active begins a thread, and so comes to the first page: none is active unknown.
  if (before && active.length === 0) return { chats: [], complete: true }
  const chats: WireChatSummary[] = []
  let pages = 0
  for await (const { rows, isLast: last } of readChatPages(side, ACTIVE, null)) {
    for (const { summary } of rows) {
      if (!ids.has(summary.id)) chats.push(summary)
      ids.add(summary.id)
    }
    pages += 1
    if (pages === MOST_PAGES) return { chats, complete: last }
  }
  return { chats, complete: true }
}

/** Below the end of the last page a chat is not news, only newly read: chats above it have left the list. */
function changed(seen: readonly Seen[], { chats, end }: Mark): readonly ActiveRoom[] {
  return seen
    .filter(({ room, place, now }) => {
      const before = chats[room.nativeId]
      if (before) return before.version !== now.version
      return end === null || comparePositions(place, end) > 0
    })
    .map(({ room }) => ({ roomId: room.nativeId, room }))
}

/** Chats that were active and that neither list shows any more: closed, and how they stand now is not told here. */
function gone(seen: readonly Seen[], { chats }: Mark): readonly ActiveRoom[] {
  const present = new Set(seen.map(({ room }) => room.nativeId))
  return Object.entries(chats)
    .filter(([id, { active }]) => active && !present.has(id))
    .map(([roomId]) => ({ roomId, room: null }))
}

function seenOf(summary: WireChatSummary, { provider, people, side }: Reading): Seen {
  people.remember(side, summary.id, summary.users)
  const room = mapRoom({ ...summary, events: summary.lastEvents, createdMicros: null }, side.view, provider)
  const events = summary.lastEvents.map(({ event: { id, deleted } }) => [id, deleted])
  const shown = JSON.stringify([summary.thread?.id, room, events])
  const version = createHash('sha1').update(shown).digest('base64url').slice(0, 12)
  return { room, place: placeOf(summary), now: { active: summary.thread?.active === true, version } }
}

function readPage(side: RoomApi, body: object) {
  return side.read('list_chats', body, listChatsResponse)
}

function endOf(chats: readonly WireChatSummary[]): Position | null {
  const last = chats.at(-1)
  return last ? placeOf(last) : null
}

function placeOf({ id, thread }: WireChatSummary): Position {
  return { micros: thread?.created_at ?? 0, id }
}

/** A mark that cannot be read tells nothing: it begins anew. */
function readMark(mark: string): Mark | null {
  const parsed = markShape.safeParse(parseJson(mark))
  return parsed.success ? parsed.data : null
}
