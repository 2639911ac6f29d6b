import { z } from 'zod'
import { countedList, lenient, lenientList, partialList, requiredList } from '../shared/response.ts'
import { timestamp } from './timestamps.ts'

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
const field = z.object({ label: lenient(z.string()), answer: lenient(answer), answers: lenientList(answer) })

/** An event of a thread. */
export const eventSchema = z.object({
  id: z.string().min(1),
  created_at: timestamp,
  type: z.string().catch(''),
  custom_id: lenient(z.string()),
  author_id: lenient(z.string()),
  text: lenient(z.string()),
  /** True for a note; `recipients` is the older word (docs/providers/livechat.md 3.5). */
  visibility: forAgents,
  recipients: forAgents,
  deleted: mark,
  name: lenient(z.string()),
  url: lenient(z.string()),
  content_type: lenient(z.string()),
  size: lenient(z.number()),
  alternative_text: lenient(z.string()),
  elements: lenientList(z.object({ title: lenient(z.string()) })),
  fields: lenientList(field),
  subtype: lenient(z.string()),
  system_message_type: lenient(z.string()),
})
export type WireEvent = z.output<typeof eventSchema>

const user = z.object({
  id: z.string().min(1),
  type: lenient(z.string()),
  name: lenient(z.string()),
  email: lenient(z.string()),
  avatar: lenient(z.string()),
  present: lenient(z.boolean()),
  visibility: forAgents,
})
export type WireUser = z.output<typeof user>

const access = z.object({ group_ids: lenientList(z.number().int()) })

/** A thread, whole or in summary. */
export const threadSchema = z.object({
  id: z.string().min(1),
  created_at: lenient(timestamp),
  active: lenient(z.boolean()),
  user_ids: lenientList(z.string()),
  /** Absent where the plan does not reach so far back. */
  events: partialList(eventSchema),
  tags: lenientList(z.string()),
  queue: mark,
  access: lenient(access),
  properties: lenient(z.object({ routing: lenient(z.object({ offline_message: lenient(z.boolean()) })) })),
  previous_thread_id: lenient(z.string()),
})
export type WireThread = z.output<typeof threadSchema>

/** A chat with one of its threads, or with none: get_chat, and a row of list_archives. */
export const chatSchema = z.object({
  id: z.string().min(1),
  thread: lenient(threadSchema),
  users: lenientList(user),
  access: lenient(access),
})
export type WireChat = z.output<typeof chatSchema>

const lastEvents = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((byType) => {
    // What the plan does not reach has `restricted_access` in the event's place
    // (docs/providers/livechat.md 9).
    const told = Object.values(byType).filter(
      (row) => typeof row === 'object' && row !== null && 'event' in row,
    )
    return lenientList(z.object({ thread_id: z.string(), event: eventSchema })).parse(told)
  })

/**
 * A chat in list_chats. 3.7 renames the thread and moves the events into it (docs/providers/livechat.md 0).
 */
const summary = z
  .object({
    id: z.string().min(1),
    users: lenientList(user),
    access: lenient(access),
    last_thread_summary: lenient(threadSchema),
    last_event_per_type: lastEvents,
    last_thread_info: lenient(threadSchema.extend({ last_event_per_type: lastEvents })),
  })
  .transform(({ last_thread_summary, last_thread_info, last_event_per_type, ...rest }) => ({
    ...rest,
    thread: last_thread_summary ?? last_thread_info,
    lastEvents: last_thread_info?.last_event_per_type ?? last_event_per_type,
  }))
export type WireChatSummary = z.output<typeof summary>

const page = { next_page_id: lenient(z.string().min(1)) }
/** The most rows that a page of the v3 APIs holds (docs/providers/livechat.md 3.2). */
const MOST_ROWS = 100

/** A page of list_chats; 3.7 names its rows otherwise (docs/providers/livechat.md 0, 3.2). */
export const listChatsResponse = z
  .object({
    chats_summary: requiredList(summary, MOST_ROWS).optional(),
    chats_info: requiredList(summary, MOST_ROWS).optional(),
    ...page,
  })
  .refine(({ chats_summary, chats_info }) => chats_summary || chats_info)
  .transform(({ chats_summary, chats_info, next_page_id }) => ({
    chats: chats_summary ?? chats_info ?? [],
    nextPageId: next_page_id ?? null,
  }))

/** A page of list_threads; `unreadable` where some of it was left out (docs/providers/livechat.md 3.2). */
export const listThreadsResponse = z
  .object({ threads: countedList(threadSchema, MOST_ROWS), ...page })
  .transform(({ threads: { rows, rowCount }, next_page_id }) => ({
    threads: rows,
    nextPageId: next_page_id ?? null,
    unreadable: rows.length < rowCount || rows.some(({ events }) => events.isIncomplete),
  }))

/** A page of list_archives (docs/providers/livechat.md 3.2). */
export const listArchivesResponse = z
  .object({ chats: requiredList(chatSchema, MOST_ROWS), ...page })
  .transform(({ chats, next_page_id }) => ({ chats, nextPageId: next_page_id ?? null }))

/**
 * What send_event, resume_chat and start_chat answer (docs/providers/livechat.md 3.3, 3.6): ids and no more.
 */
export const sendEventResponse = z.object({ event_id: z.string().min(1) })
export const resumeChatResponse = z.object({
  thread_id: z.string().min(1),
  event_ids: lenientList(z.string()),
})
export const startChatResponse = z.object({ chat_id: z.string().min(1), thread_id: z.string().min(1) })

/** list_groups and list_agents, whole (docs/providers/livechat.md 8). */
export const listGroupsResponse = requiredList(z.object({ id: z.number().int(), name: lenient(z.string()) }))
export const listAgentsResponse = requiredList(
  z.object({ id: z.string().min(1), account_id: lenient(z.string()) }),
)
/** By group id; a word that is not known is null. */
export const listGroupStatusesResponse = z.object({
  groups_status: z.record(z.string(), lenient(z.enum(['online', 'offline', 'online_for_queue']))),
})
