import { ApiError } from '../api-error.ts'
import type { Chat, Thread } from '../store/model.ts'
import { integerBetween, type Schema, text } from './input.ts'
import { type PageIds, type PageInput, pageArguments } from './paging.ts'

/** The arguments of list_threads in both APIs, without filters (docs/providers/livechat.md 3.2 and 4). */
export interface ThreadListInput extends PageInput {
  readonly chat_id: string
  readonly min_events_count?: number
}

/** The arguments of list_threads, for `shape`. */
export const threadListArguments: Readonly<Record<string, Schema>> = {
  ...pageArguments(100),
  'chat_id!': text,
  min_events_count: integerBetween(1, 100),
}

/**
 * A page of a chat's threads, 3 by default. With `min_events_count` as many of the newest as hold so many events;
 * it excludes limit and filters. Throws validation.
 */
export function pageOfThreads<Filters>(
  pageIds: PageIds,
  side: 'agent' | 'customer',
  chat: Chat,
  input: ThreadListInput,
  filters: { read(value: unknown): Filters; pass(thread: Thread, filters: Filters): boolean },
) {
  const { min_events_count, limit } = input
  if (min_events_count !== undefined && (limit !== undefined || input.filters !== undefined)) {
    throw new ApiError('validation', '`min_events_count` cannot be used with `limit` or `filters`')
  }
  const counted = min_events_count === undefined ? 3 : threadsHolding(chat, min_events_count)
  return pageIds.page({
    list: `${side}/list_threads/${chat.id}`,
    input,
    defaultLimit: counted,
    readFilters: filters.read,
    select: (given) => chat.threads.filter((thread) => filters.pass(thread, given)),
    position: (thread: Thread) => [thread.createdAt, thread.id],
  })
}

function threadsHolding(chat: Chat, events: number): number {
  let missing = events
  const needed = chat.threads.toReversed().findIndex((thread) => {
    missing -= thread.events.length
    return missing <= 0
  })
  return Math.min(100, needed < 0 ? Math.max(1, chat.threads.length) : needed + 1)
}
