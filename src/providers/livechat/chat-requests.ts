import type { z } from 'zod'
import { notFound } from '../../domain/errors.ts'
import type { RoomApi } from './room-api.ts'
import { chatSchema, listArchivesResponse, listThreadsResponse, type WireChat } from './wire.ts'

/** The most threads that list_archives takes by their ids (docs/providers/livechat.md 3.2). */
const THREADS_A_CALL = 20

/**
 * A chat with one of its threads, the latest unless another is named (docs/providers/livechat.md 3.2). Throws
 * not_found.
 */
export async function getChat(side: RoomApi, chatId: string, threadId: string | null): Promise<WireChat> {
  demandId(chatId)
  if (threadId !== null) demandId(threadId)
  const body = { chat_id: chatId, ...(threadId === null ? {} : { thread_id: threadId }) }
  return side.read('get_chat', body, chatSchema)
}

/** Which threads of a chat a first page holds. */
export interface FirstThreadPage {
  readonly limit?: number
  readonly min_events_count?: number
  readonly sort_order?: 'asc' | 'desc'
  readonly filters?: { readonly to: string }
}

/** A first page with its arguments, or a later one by its id alone (docs/providers/livechat.md 3.1). */
export type ThreadQuery = FirstThreadPage | { readonly page_id: string }

/** Whole threads of a chat, newest first unless asked otherwise. */
export async function listThreads(
  side: RoomApi,
  chatId: string,
  query: ThreadQuery,
): Promise<z.output<typeof listThreadsResponse>> {
  demandId(chatId)
  return side.read('list_threads', { chat_id: chatId, ...query }, listThreadsResponse)
}

/**
 * The closed ones among some threads, in no order, twenty a call: by ids there are no pages
 * (docs/providers/livechat.md 3.2).
 */
export async function listArchivedChats(
  side: RoomApi,
  threadIds: readonly string[],
): Promise<readonly WireChat[]> {
  const calls = Array.from({ length: Math.ceil(threadIds.length / THREADS_A_CALL) }, (_, call) => {
    const thread_ids = threadIds.slice(call * THREADS_A_CALL, (call + 1) * THREADS_A_CALL)
    return side.read('list_archives', { filters: { thread_ids } }, listArchivesResponse)
  })
  return (await Promise.all(calls)).flatMap(({ chats }) => chats)
}

/** LiveChat calls an empty id a request of the wrong shape; it names nothing. */
function demandId(id: string): void {
  if (id === '') throw notFound('id')
}
