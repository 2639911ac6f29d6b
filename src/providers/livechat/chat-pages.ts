import type { Position } from '../../chat/model.ts'
import { walkPages } from '../walk-pages.ts'
import type { ChatFilters } from './chat-filters.ts'
import { isRefusedFor } from './refusal.ts'
import type { Side } from './side.ts'
import { chatList, type WireSummary } from './wire.ts'

/** The most chats that a page holds (docs/providers/livechat.md 3.2). */
const PAGE_SIZE = 100

/** A chat and where it stands in LiveChat's list: when its latest thread began, in microseconds, and its id. */
export interface Row {
  readonly place: Position
  readonly summary: WireSummary
}

/** A page of the list, with the id that it was asked for by. */
export interface ChatPage {
  /** Null is the first. */
  readonly pageId: string | null
  readonly rows: readonly Row[]
  readonly last: boolean
}

/** The list from a page on, page by page; from its top where that page's id is no longer known. */
export async function* readChatPages(
  side: Side,
  filters: ChatFilters,
  first: string | null,
): AsyncGenerator<ChatPage> {
  const read = async (pageId: string | null) => {
    try {
      return { pageId, ...(await readPage(side, filters, pageId)) }
    } catch (error) {
      if (pageId === null || pageId !== first || !isRefusedFor(error, 'validation')) throw error
      return { pageId: null, ...(await readPage(side, filters, null)) }
    }
  }
  const pages = walkPages({
    first,
    read,
    idsOf: ({ chats }) => chats.map(({ id }) => id),
    next: ({ nextPageId }) => nextPageId ?? undefined,
  })
  let before: Position | null = null
  for await (const { pageId, chats, nextPageId } of pages) {
    const rows = placed(chats, before)
    before = rows.at(-1)?.place ?? before
    yield { pageId, rows, last: nextPageId === null }
  }
}

/** A later page is asked for by its id alone (docs/providers/livechat.md 3.1). */
function readPage(side: Side, filters: ChatFilters, pageId: string | null) {
  const body = pageId === null ? { filters, limit: PAGE_SIZE } : { page_id: pageId }
  return side.read('list_chats', body, chatList)
}

/** A chat of which the thread's beginning cannot be read stands where its neighbour does: the list is in order. */
function placed(chats: readonly WireSummary[], before: Position | null): readonly Row[] {
  const first = chats.find(({ thread }) => thread?.created_at)
  let place = before ?? (first ? ownPlace(first) : null) ?? { micros: 0, id: '' }
  return chats.map((summary) => {
    place = ownPlace(summary) ?? place
    return { place, summary }
  })
}

function ownPlace({ id, thread }: WireSummary): Position | null {
  return thread?.created_at ? { micros: thread.created_at, id } : null
}
