import { z } from 'zod'
import { parseJson } from '../../../domain/json.ts'
import { comparePositions, type Participant, type Position, type Room } from '../../../domain/model.ts'
import type { ActiveRoom, RoomActivity } from '../../../domain/rooms.ts'
import { shortHash } from '../../../domain/short-hash.ts'
import { Memo } from '../../shared/memo.ts'
import { PAGE_SIZE } from '../chat-requests.ts'
import { mapSummary } from '../map.ts'
import type { Participants } from '../participants.ts'
import type { RoomApi } from '../room-api.ts'
import { listChatsResponse, type WireChatSummary } from '../wire.ts'
import { readChatPages } from './chat-pages.ts'

/** Limit on the pages of active chats that are read. If there are more, the result is incomplete. */
const MAX_PAGES = 20
const ACTIVE_CHATS = { include_chats_without_threads: false, active: true } as const

/** The state of a chat: whether its latest thread was active, and a hash of everything the list showed of it. */
const chatState = z.object({ active: z.boolean(), version: z.string() })

/** What the previous call read. `end` is the last row of its first page; null if that page was the whole list. */
const syncTokenSchema = z.object({
  chats: z.record(z.string(), chatState),
  end: z.object({ micros: z.number(), id: z.string() }).nullable(),
})
type SyncToken = z.output<typeof syncTokenSchema>

interface ActivitySource {
  readonly provider: string
  readonly participants: Participants
  readonly api: RoomApi
}

/**
 * Finds the chats in which something happened since `syncToken`. LiveChat's list has no "since"; it is sorted by the
 * start of the latest thread (docs/providers/livechat.md 3.2, 4) and contains the newest event of each type. So with
 * one request its first page shows every new thread, every closing and every event of the hundred newest
 * conversations. Active chats older than those, if there are any, cost a request per hundred. An active chat that
 * neither shows any more was closed.
 */
export async function readRoomActivity(
  source: ActivitySource,
  syncToken: string | null,
): Promise<RoomActivity> {
  const previous = syncToken === null ? null : parseSyncToken(syncToken)
  const filters = { include_chats_without_threads: false }
  const newest = await source.api.read('list_chats', { limit: PAGE_SIZE, filters }, listChatsResponse)
  const end = newest.nextPageId === null ? null : lastPosition(newest.chats)
  const older = await readOlderActiveChats(newest.chats, end, previous, source.api)
  const current = [...newest.chats, ...older.chats].map((summary) => toListedRoom(summary, source))
  const closed = previous && older.isComplete ? closedRooms(current, previous) : []
  const rooms = previous ? [...changedRooms(current, previous), ...closed] : []
  for (const { roomId, room } of closed) if (room === null) source.participants.compareSummary(roomId, null)
  const chats = Object.fromEntries(current.map(({ room, state }) => [room.nativeId, state]))
  return {
    rooms,
    syncToken: JSON.stringify({ chats, end } satisfies SyncToken),
    isComplete: older.isComplete,
  }
}

interface ListedRoom {
  readonly room: Room
  readonly position: Position
  readonly state: z.output<typeof chatState>
}

/** Reads the active chats after the first page, if there can be any. */
async function readOlderActiveChats(
  firstPage: readonly WireChatSummary[],
  end: Position | null,
  previous: SyncToken | null,
  api: RoomApi,
): Promise<{ readonly chats: readonly WireChatSummary[]; readonly isComplete: boolean }> {
  if (end === null) return { chats: [], isComplete: true }
  const ids = new Set(firstPage.map(({ id }) => id))
  const active = Object.entries(previous?.chats ?? {}).filter(([id, chat]) => chat.active && !ids.has(id))
  // A chat becomes active by starting a thread, which puts it on the first page. So no unknown chat is active.
  if (previous && active.length === 0) return { chats: [], isComplete: true }
  const chats: WireChatSummary[] = []
  let pages = 0
  for await (const { rows, isLast } of readChatPages(api, ACTIVE_CHATS, null)) {
    for (const { summary } of rows) {
      if (!ids.has(summary.id)) chats.push(summary)
      ids.add(summary.id)
    }
    pages += 1
    if (pages === MAX_PAGES) return { chats, isComplete: isLast }
  }
  return { chats, isComplete: true }
}

/**
 * A chat after the previous page's end is not new: it moved up because chats before it left the list. The rows show the
 * newest event of each type only, and no counter, so they cannot show whether other events came with it
 * (docs/providers/livechat.md 8.1).
 */
function changedRooms(current: readonly ListedRoom[], { chats, end }: SyncToken): readonly ActiveRoom[] {
  return current
    .filter(({ room, position, state }) => {
      const previousState = chats[room.nativeId]
      if (previousState) return previousState.version !== state.version
      return end === null || comparePositions(position, end) > 0
    })
    .map(({ room }) => ({ roomId: room.nativeId, room }))
}

/** Chats that were active and are in neither list now. They were closed; their current state is unknown. */
function closedRooms(current: readonly ListedRoom[], { chats }: SyncToken): readonly ActiveRoom[] {
  const listed = new Set(current.map(({ room }) => room.nativeId))
  return Object.entries(chats)
    .filter(([id, { active }]) => active && !listed.has(id))
    .map(([roomId]) => ({ roomId, room: null }))
}

function toListedRoom(summary: WireChatSummary, { provider, participants, api }: ActivitySource): ListedRoom {
  participants.remember(api, summary.id, summary.users)
  participants.compareSummary(summary.id, summary)
  const room = mapSummary(summary, api.view, provider)
  return listedRooms.get(summary, [room], () => ({
    room,
    position: positionOf(summary),
    state: { active: summary.thread?.active === true, version: versionOf(summary, room) },
  }))
}

const listedRooms = new Memo<WireChatSummary, ListedRoom>()

/** Places in the queue and what participants have seen change all the time, without activity in the room. */
function versionOf({ thread, lastEvents }: WireChatSummary, room: Room): string {
  const events = lastEvents.map(({ event: { id, deleted } }) => [id, deleted])
  const state = {
    ...room,
    queue: null,
    visitor: room.visitor && withoutSeen(room.visitor),
    agents: room.agents.map(withoutSeen),
    closedBy: room.closedBy && withoutSeen(room.closedBy),
  }
  return shortHash(JSON.stringify([thread?.id, state, events]), 12)
}

function withoutSeen(participant: Participant): Participant {
  return { ...participant, seenUpTo: null }
}

function lastPosition(chats: readonly WireChatSummary[]): Position | null {
  const last = chats.at(-1)
  return last ? positionOf(last) : null
}

function positionOf({ id, thread }: WireChatSummary): Position {
  return { micros: thread?.created_at ?? 0, id }
}

/** Null for a token that cannot be parsed: the next read starts over. */
function parseSyncToken(text: string): SyncToken | null {
  const parsed = syncTokenSchema.safeParse(parseJson(text))
  return parsed.success ? parsed.data : null
}
