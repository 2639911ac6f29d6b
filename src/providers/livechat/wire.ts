import { z } from 'zod'
import { countedRowsOf, listOf, maybe, rowsOf, tornListOf } from '../wire.ts'
import { stamp } from './stamps.ts'

/**
 * What the v3 APIs send, as far as the gateway reads it (docs/providers/livechat.md 3.5, 3.7, 9). Unknown
 * fields pass.
 */

/** Only what is said to be for all is: a word that is not known hides an event, it never shows one. */
const forAgents = z
  .unknown()
  .optional()
  .transform((value) => value !== undefined && value !== null && value !== 'all')

const mark = z
  .unknown()
  .optional()
  .transform((value) => value !== undefined && value !== null && value !== false)

const answer = z.union([z.string(), z.object({ label: z.string() }).transform(({ label }) => label)])
const field = z.object({ label: maybe(z.string()), answer: maybe(answer), answers: listOf(answer) })

/** An event of a thread. */
export const event = z.object({
  id: z.string().min(1),
  created_at: stamp,
  type: z.string().catch(''),
  custom_id: maybe(z.string()),
  author_id: maybe(z.string()),
  text: maybe(z.string()),
  /** True for a note; `recipients` is the older word (docs/providers/livechat.md 3.5). */
  visibility: forAgents,
  recipients: forAgents,
  deleted: mark,
  name: maybe(z.string()),
  url: maybe(z.string()),
  content_type: maybe(z.string()),
  size: maybe(z.number()),
  alternative_text: maybe(z.string()),
  elements: listOf(z.object({ title: maybe(z.string()) })),
  fields: listOf(field),
  subtype: maybe(z.string()),
  system_message_type: maybe(z.string()),
})
export type WireEvent = z.output<typeof event>

const user = z.object({
  id: z.string().min(1),
  type: maybe(z.string()),
  name: maybe(z.string()),
  email: maybe(z.string()),
  avatar: maybe(z.string()),
  present: maybe(z.boolean()),
  visibility: forAgents,
})
export type WireUser = z.output<typeof user>

const access = z.object({ group_ids: listOf(z.number().int()) })

/** A thread, whole or in summary. */
export const thread = z.object({
  id: z.string().min(1),
  created_at: maybe(stamp),
  active: maybe(z.boolean()),
  user_ids: listOf(z.string()),
  /** Absent where the plan does not reach so far back. */
  events: tornListOf(event),
  tags: listOf(z.string()),
  queue: mark,
  access: maybe(access),
  properties: maybe(z.object({ routing: maybe(z.object({ offline_message: maybe(z.boolean()) })) })),
  previous_thread_id: maybe(z.string()),
})
export type WireThread = z.output<typeof thread>

/** A chat with one of its threads, or with none: get_chat, and a row of list_archives. */
export const chat = z.object({
  id: z.string().min(1),
  thread: maybe(thread),
  users: listOf(user),
  access: maybe(access),
})
export type WireChat = z.output<typeof chat>

const lastEvents = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((byType) => {
    // What the plan does not reach has `restricted_access` in the event's place
    // (docs/providers/livechat.md 9).
    const told = Object.values(byType).filter(
      (row) => typeof row === 'object' && row !== null && 'event' in row,
    )
    return listOf(z.object({ thread_id: z.string(), event })).parse(told)
  })

/**
 * A chat in list_chats. 3.7 renames the thread and moves the events into it (docs/providers/livechat.md 0).
 */
const summary = z
  .object({
    id: z.string().min(1),
    users: listOf(user),
    access: maybe(access),
    last_thread_summary: maybe(thread),
    last_event_per_type: lastEvents,
    last_thread_info: maybe(thread.extend({ last_event_per_type: lastEvents })),
  })
  .transform(({ last_thread_summary, last_thread_info, last_event_per_type, ...rest }) => ({
    ...rest,
    thread: last_thread_summary ?? last_thread_info,
    lastEvents: last_thread_info?.last_event_per_type ?? last_event_per_type,
  }))
export type WireSummary = z.output<typeof summary>

const page = { next_page_id: maybe(z.string().min(1)) }
/** The most rows that a page of the v3 APIs holds (docs/providers/livechat.md 3.2). */
const MOST_ROWS = 100

/** A page of list_chats; 3.7 names its rows otherwise (docs/providers/livechat.md 0, 3.2). */
export const chatList = z
  .object({
    chats_summary: rowsOf(summary, MOST_ROWS).optional(),
    chats_info: rowsOf(summary, MOST_ROWS).optional(),
    ...page,
  })
  .refine(({ chats_summary, chats_info }) => chats_summary || chats_info)
  .transform(({ chats_summary, chats_info, next_page_id }) => ({
    chats: chats_summary ?? chats_info ?? [],
    nextPageId: next_page_id ?? null,
  }))

/** A page of list_threads; `unreadable` where some of it was left out (docs/providers/livechat.md 3.2). */
export const threadList = z
  .object({ threads: countedRowsOf(thread, MOST_ROWS), ...page })
  .transform(({ threads: { rows, size }, next_page_id }) => ({
    threads: rows,
    nextPageId: next_page_id ?? null,
    unreadable: rows.length < size || rows.some(({ events }) => events.torn),
  }))

/** A page of list_archives (docs/providers/livechat.md 3.2). */
export const archive = z
  .object({ chats: rowsOf(chat, MOST_ROWS), ...page })
  .transform(({ chats, next_page_id }) => ({ chats, nextPageId: next_page_id ?? null }))

/**
 * What send_event, resume_chat and start_chat answer (docs/providers/livechat.md 3.3, 3.6): ids and no more.
 */
export const sentEvent = z.object({ event_id: z.string().min(1) })
export const startedThread = z.object({ thread_id: z.string().min(1), event_ids: listOf(z.string()) })
export const startedChat = z.object({ chat_id: z.string().min(1), thread_id: z.string().min(1) })

/** list_groups and list_agents, whole (docs/providers/livechat.md 8). */
export const groups = rowsOf(z.object({ id: z.number().int(), name: maybe(z.string()) }))
export const agents = rowsOf(z.object({ id: z.string().min(1), account_id: maybe(z.string()) }))
/** By group id; a word that is not known is null. */
export const groupStatuses = z.object({
  groups_status: z.record(z.string(), maybe(z.enum(['online', 'offline', 'online_for_queue']))),
})
