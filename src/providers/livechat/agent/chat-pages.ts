import type { Position } from '../../../domain/model.ts'
import { walkPages } from '../../shared/page-walk.ts'
import { hasErrorType } from '../api-error.ts'
import type { RoomApi } from '../room-api.ts'
import { listChatsResponse, type WireChatSummary } from '../wire.ts'
import type { ChatListFilters } from './room-list-filters.ts'

/** The most chats that a page holds (docs/providers/livechat.md 3.2). */
const PAGE_SIZE = 100

/** A chat and where it stands in LiveChat's list: when its latest thread began, in microseconds, and its id. */
export interface ChatListEntry {
  readonly position: Position
  readonly summary: WireChatSummary
}

/** A page of the list, with the id that it was asked for by. */
export interface ChatListPage {
  /** Null is the first. */
  readonly pageId: string | null
  readonly rows: readonly ChatListEntry[]
  readonly isLast: boolean
}

/** The list from a page on, page by page; from its top where that page's id is no longer known. */
export async function* readChatPages(
  side: RoomApi,
  filters: ChatListFilters,
  first: string | null,
): AsyncGenerator<ChatListPage> {
  const read = async (pageId: string | null) => {
    try {
      return { pageId, ...(await readPage(side, filters, pageId)) }
    } catch (error) {
      if (pageId === null || pageId !== first || !hasErrorType(error, 'validation')) throw error
      return { pageId: null, ...(await readPage(side, filters, null)) }
    }
  }
  const pages = walkPages({
    firstPage: first,
    readPage: read,
    idsOf: ({ chats }) => chats.map(({ id }) => id),
    nextPage: ({ nextPageId }) => nextPageId ?? undefined,
  })
  let before: Position | null = null
  for await (const { pageId, chats, nextPageId } of pages) {
    const rows = placed(chats, before)
    before = rows.at(-1)?.position ?? before
    yield { pageId, rows, isLast: nextPageId === null }
  }
}

/** A later page is asked for by its id alone (docs/providers/livechat.md 3.1). */
function readPage(side: RoomApi, filters: ChatListFilters, pageId: string | null) {
  const body = pageId === null ? { filters, limit: PAGE_SIZE } : { page_id: pageId }
  return side.read('list_chats', body, listChatsResponse)
}

/** A chat of which the thread's beginning cannot be read stands where its neighbour does: the list is in order. */
function placed(chats: readonly WireChatSummary[], before: Position | null): readonly ChatListEntry[] {
  const first = chats.find(({ thread }) => thread?.created_at)
  let position = before ?? (first ? ownPlace(first) : null) ?? { micros: 0, id: '' }
  return chats.map((summary) => {
    position = ownPlace(summary) ?? position
    return { position, summary }
  })
}

function ownPlace({ id, thread }: WireChatSummary): Position | null {
  return thread?.created_at ? { micros: thread.created_at, id } : null
}
