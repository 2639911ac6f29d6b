import { notFound } from '../../domain/errors.ts'
import { walkPages } from '../shared/page-walk.ts'
import type { RoomApi } from './room-api.ts'
import {
  chatResponse,
  listArchivesResponse,
  listThreadsResponse,
  type WireArchivePage,
  type WireChat,
  type WireThreadPage,
} from './wire.ts'

/** The most threads that list_archives accepts by id (docs/providers/livechat.md 3.2). */
const MAX_THREAD_IDS = 20
/** The most rows in a page of a list of chats or threads (docs/providers/livechat.md 3.2). */
export const PAGE_SIZE = 100

/**
 * Reads a chat with one of its threads, the latest unless another is named (docs/providers/livechat.md 3.2).
 * Throws `not_found`.
 */
export async function getChat(api: RoomApi, chatId: string, threadId: string | null): Promise<WireChat> {
  assertNotEmpty(chatId)
  if (threadId !== null) assertNotEmpty(threadId)
  const body = { chat_id: chatId, ...(threadId === null ? {} : { thread_id: threadId }) }
  return api.read('get_chat', body, chatResponse)
}

/** Which threads of a chat the first page contains. */
export interface FirstThreadPage {
  readonly limit?: number
  readonly min_events_count?: number
  readonly sort_order?: 'asc' | 'desc'
  readonly filters?: { readonly to: string }
}

/** A first page with its arguments, or a later one by its id alone (docs/providers/livechat.md 3.1). */
export type ThreadQuery = FirstThreadPage | { readonly page_id: string }

/** Reads whole threads of a chat, newest first unless the query says otherwise. */
export async function listThreads(api: RoomApi, chatId: string, query: ThreadQuery): Promise<WireThreadPage> {
  assertNotEmpty(chatId)
  return api.read('list_threads', { chat_id: chatId, ...query }, listThreadsResponse)
}

/**
 * Reads the closed ones of some threads, in no order, twenty a request: a query by ids has no pages
 * (docs/providers/livechat.md 3.2).
 */
export async function listArchivedChats(
  api: RoomApi,
  threadIds: readonly string[],
): Promise<readonly WireChat[]> {
  const requests = Array.from({ length: Math.ceil(threadIds.length / MAX_THREAD_IDS) }, (_, index) => {
    const thread_ids = threadIds.slice(index * MAX_THREAD_IDS, (index + 1) * MAX_THREAD_IDS)
    return api.read('list_archives', { filters: { thread_ids } }, listArchivesResponse)
  })
  return (await Promise.all(requests)).flatMap(({ chats }) => chats)
}

/** Returns the body for a page of a list. Every page but the first is requested by its id alone (docs/providers/livechat.md 3.1). */
export function pageBody(filters: object, pageId: string | null) {
  return pageId === null ? { filters, limit: PAGE_SIZE } : { page_id: pageId }
}

/** Reads list_archives page by page, newest thread first, as needed. */
export function walkArchives(api: RoomApi, filters: object): AsyncGenerator<WireArchivePage> {
  return walkPages({
    firstPage: null as string | null,
    readPage: (pageId) => api.read('list_archives', pageBody(filters, pageId), listArchivesResponse),
    idsOf: archivedIds,
    nextPage: ({ nextPageId }) => nextPageId ?? undefined,
  })
}

/** The ids of the rows of list_archives, which are threads. */
export function archivedIds({ chats }: WireArchivePage): readonly string[] {
  return chats.map(({ id, thread }) => thread?.id ?? id)
}

/** The id of a LiveChat group for a department's id; null if it cannot be one. */
export function parseGroupId(departmentId: string): number | null {
  return /^\d{1,9}$/.test(departmentId) ? Number(departmentId) : null
}

/** LiveChat treats an empty id as a malformed request; for a caller it is the id of nothing. */
function assertNotEmpty(id: string): void {
  if (id === '') throw notFound('id')
}
