import type { Position } from '../../../domain/model.ts'
import { Memo } from '../../shared/memo.ts'
import { walkPages } from '../../shared/page-walk.ts'
import { archivedIds, pageBody } from '../chat-requests.ts'
import { hasErrorType } from '../errors.ts'
import type { RoomApi } from '../room-api.ts'
import { listArchivesResponse, listChatsResponse, type WireChat, type WireChatSummary } from '../wire.ts'
import type { ArchiveFilters, ChatListFilters } from './room-list-filters.ts'

/** A chat and its position in LiveChat's list: when its latest thread started, in microseconds, and its id. */
export interface ChatListEntry {
  readonly position: Position
  readonly summary: WireChatSummary
}

export interface ChatListPage {
  /** The id that the page was requested by; null for the first. */
  readonly pageId: string | null
  readonly rows: readonly ChatListEntry[]
  readonly isLast: boolean
}

/** A page as it was requested, with the ids of all its rows. */
interface RequestedPage {
  readonly chats: readonly WireChatSummary[]
  readonly rowIds: readonly string[]
  readonly nextPageId: string | null
}

/** Reads list_chats page by page, starting with the page `firstPageId`, or at its top if that id has expired. */
export function readChatPages(
  api: RoomApi,
  filters: ChatListFilters,
  firstPageId: string | null,
): AsyncGenerator<ChatListPage> {
  return readPages(firstPageId, async (pageId) => {
    const page = await api.read('list_chats', pageBody(filters, pageId), listChatsResponse)
    return { ...page, rowIds: page.chats.map(({ id }) => id) }
  })
}

/**
 * Reads list_archives page by page, as `readChatPages` does. It has a row per thread; a row about a chat's latest thread is
 * the chat, and the others are left out (docs/providers/livechat.md 3.2, 9).
 */
export function readArchivePages(
  api: RoomApi,
  filters: ArchiveFilters,
  firstPageId: string | null,
): AsyncGenerator<ChatListPage> {
  return readPages(firstPageId, async (pageId) => {
    const page = await api.read('list_archives', pageBody(filters, pageId), listArchivesResponse)
    const latest = page.chats.filter(({ thread }) => thread !== null && thread.next_thread_id === null)
    return { chats: latest.map(toSummary), rowIds: archivedIds(page), nextPageId: page.nextPageId }
  })
}

async function* readPages(
  firstPageId: string | null,
  request: (pageId: string | null) => Promise<RequestedPage>,
): AsyncGenerator<ChatListPage> {
  const readPage = async (pageId: string | null) => {
    try {
      return { pageId, ...(await request(pageId)) }
    } catch (error) {
      if (pageId === null || pageId !== firstPageId || !hasErrorType(error, 'validation')) throw error
      return { pageId: null, ...(await request(null)) }
    }
  }
  const pages = walkPages({
    firstPage: firstPageId,
    readPage,
    idsOf: ({ rowIds }) => rowIds,
    nextPage: ({ nextPageId }) => nextPageId ?? undefined,
  })
  let lastPosition: Position | null = null
  for await (const { pageId, chats, nextPageId } of pages) {
    const rows = withPositions(chats, lastPosition)
    lastPosition = rows.at(-1)?.position ?? lastPosition
    yield { pageId, rows, isLast: nextPageId === null }
  }
}

const summaries = new Memo<WireChat, WireChatSummary>()

/** Converts a row of list_archives to one of list_chats, whose newest events are those of the thread. */
function toSummary(chat: WireChat): WireChatSummary {
  return summaries.get(chat, [], () => {
    const { id, users, groupIds, thread } = chat
    const lastEvents = (thread?.events.rows ?? []).map((event) => ({ thread_id: thread?.id ?? '', event }))
    return { id, users, groupIds, thread, lastEvents, active: thread?.active ?? null }
  })
}

/** The list is sorted, so a chat whose thread has no readable start time takes its neighbor's position. */
function withPositions(
  chats: readonly WireChatSummary[],
  lastPosition: Position | null,
): readonly ChatListEntry[] {
  const first = chats.find(({ thread }) => thread?.created_at)
  let position = lastPosition ?? (first ? positionOf(first) : null) ?? { micros: 0, id: '' }
  return chats.map((summary) => {
    position = positionOf(summary) ?? position
    return { position, summary }
  })
}

function positionOf({ id, thread }: WireChatSummary): Position | null {
  return thread?.created_at ? { micros: thread.created_at, id } : null
}
