import type { Position } from '../../../domain/model.ts'
import { walkPages } from '../../shared/page-walk.ts'
import { hasErrorType } from '../errors.ts'
import type { RoomApi } from '../room-api.ts'
import { listChatsResponse, type WireChatSummary } from '../wire.ts'
import type { ChatListFilters } from './room-list-filters.ts'

/** The most chats in a page (docs/providers/livechat.md 3.2). */
export const PAGE_SIZE = 100

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

/** Reads the list page by page, starting with the page `firstPageId`, or at its top if that id has expired. */
export async function* readChatPages(
  api: RoomApi,
  filters: ChatListFilters,
  firstPageId: string | null,
): AsyncGenerator<ChatListPage> {
  const readPage = async (pageId: string | null) => {
    try {
      return { pageId, ...(await requestPage(api, filters, pageId)) }
    } catch (error) {
      if (pageId === null || pageId !== firstPageId || !hasErrorType(error, 'validation')) throw error
      return { pageId: null, ...(await requestPage(api, filters, null)) }
    }
  }
  const pages = walkPages({
    firstPage: firstPageId,
    readPage,
    idsOf: ({ chats }) => chats.map(({ id }) => id),
    nextPage: ({ nextPageId }) => nextPageId ?? undefined,
  })
  let lastPosition: Position | null = null
  for await (const { pageId, chats, nextPageId } of pages) {
    const rows = withPositions(chats, lastPosition)
    lastPosition = rows.at(-1)?.position ?? lastPosition
    yield { pageId, rows, isLast: nextPageId === null }
  }
}

/** Requests a page. Every page but the first is requested by its id alone (docs/providers/livechat.md 3.1). */
function requestPage(api: RoomApi, filters: ChatListFilters, pageId: string | null) {
  const body = pageId === null ? { filters, limit: PAGE_SIZE } : { page_id: pageId }
  return api.read('list_chats', body, listChatsResponse)
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
