import { z } from 'zod'
import { countedList, lenient, lenientList, partialList, requiredList } from '../shared/response.ts'
import { timestamp } from './timestamps.ts'

/** Schemas of the v3 responses, with the fields that the gateway reads (docs/providers/livechat.md 3.5, 3.7, 9). */

/** True unless the value is absent or `all`: an unknown value hides an event from visitors, and never shows one. */
const agentsOnlyFlag = z
  .unknown()
  .optional()
  .transform((value) => value !== undefined && value !== null && value !== 'all')

const flag = z
  .unknown()
  .optional()
  .transform((value) => value !== undefined && value !== null && value !== false)

const answerSchema = z.union([z.string(), z.object({ label: z.string() }).transform(({ label }) => label)])
const formFieldSchema = z.object({
  label: lenient(z.string()),
  answer: lenient(answerSchema),
  answers: lenientList(answerSchema),
})

/** An event of a thread. */
const eventSchema = z.object({
  id: z.string().min(1),
  created_at: timestamp,
  type: z.string().catch(''),
  custom_id: lenient(z.string()),
  author_id: lenient(z.string()),
  text: lenient(z.string()),
  /** True for a note; `recipients` is the older name (docs/providers/livechat.md 3.5). */
  visibility: agentsOnlyFlag,
  recipients: agentsOnlyFlag,
  deleted: flag,
  name: lenient(z.string()),
  url: lenient(z.string()),
  content_type: lenient(z.string()),
  size: lenient(z.number()),
  alternative_text: lenient(z.string()),
  elements: lenientList(z.object({ title: lenient(z.string()) })),
  fields: lenientList(formFieldSchema),
  subtype: lenient(z.string()),
  system_message_type: lenient(z.string()),
})
export type WireEvent = z.output<typeof eventSchema>

const userSchema = z.object({
  id: z.string().min(1),
  type: lenient(z.string()),
  name: lenient(z.string()),
  email: lenient(z.string()),
  avatar: lenient(z.string()),
  present: lenient(z.boolean()),
  visibility: agentsOnlyFlag,
})
export type WireUser = z.output<typeof userSchema>

const accessSchema = z.object({ group_ids: lenientList(z.number().int()) })

/** A thread, whole or summarized. */
const threadSchema = z.object({
  id: z.string().min(1),
  created_at: lenient(timestamp),
  active: lenient(z.boolean()),
  user_ids: lenientList(z.string()),
  /** Absent if the plan does not cover threads this old. */
  events: partialList(eventSchema),
  tags: lenientList(z.string()),
  queue: flag,
  access: lenient(accessSchema),
  properties: lenient(z.object({ routing: lenient(z.object({ offline_message: lenient(z.boolean()) })) })),
  previous_thread_id: lenient(z.string()),
})
export type WireThread = z.output<typeof threadSchema>

/** A chat with one of its threads or none: the response of get_chat, and a row of list_archives. */
export const chatSchema = z.object({
  id: z.string().min(1),
  thread: lenient(threadSchema),
  users: lenientList(userSchema),
  access: lenient(accessSchema),
})
export type WireChat = z.output<typeof chatSchema>

/** The latest events of a chat, one of each type. */
const lastEventsSchema = z
  .record(z.string(), z.unknown())
  .catch({})
  // Beyond the plan's history there is `restricted_access` instead of an event (docs/providers/livechat.md 9).
  .transform((byType): unknown[] =>
    Object.values(byType).filter((row) => typeof row === 'object' && row !== null && 'event' in row),
  )
  .pipe(lenientList(z.object({ thread_id: z.string(), event: eventSchema })))

/** A chat in list_chats. 3.7 renames the thread and moves the events into it (docs/providers/livechat.md 0). */
const chatSummarySchema = z
  .object({
    id: z.string().min(1),
    users: lenientList(userSchema),
    access: lenient(accessSchema),
    last_thread_summary: lenient(threadSchema),
    last_event_per_type: lastEventsSchema,
    last_thread_info: lenient(threadSchema.extend({ last_event_per_type: lastEventsSchema })),
  })
  .transform(({ last_thread_summary, last_thread_info, last_event_per_type, ...rest }) => ({
    ...rest,
    thread: last_thread_summary ?? last_thread_info,
    lastEvents: last_thread_info?.last_event_per_type ?? last_event_per_type,
  }))
export type WireChatSummary = z.output<typeof chatSummarySchema>

const pageFields = { next_page_id: lenient(z.string().min(1)) }
/** The most rows in a page of the v3 APIs (docs/providers/livechat.md 3.2). */
const MAX_ROWS = 100

/** A page of list_chats. Version 3.7 renames the list (docs/providers/livechat.md 0, 3.2). */
export const listChatsResponse = z
  .object({
    chats_summary: requiredList(chatSummarySchema, MAX_ROWS).optional(),
    chats_info: requiredList(chatSummarySchema, MAX_ROWS).optional(),
    ...pageFields,
  })
  .refine(({ chats_summary, chats_info }) => chats_summary || chats_info)
  .transform(({ chats_summary, chats_info, next_page_id }) => ({
    chats: chats_summary ?? chats_info ?? [],
    nextPageId: next_page_id ?? null,
  }))

/** A page of list_threads; `hasUnreadable` if parts of it were dropped (docs/providers/livechat.md 3.2). */
export const listThreadsResponse = z
  .object({ threads: countedList(threadSchema, MAX_ROWS), ...pageFields })
  .transform(({ threads: { rows, rowCount }, next_page_id }) => ({
    threads: rows,
    nextPageId: next_page_id ?? null,
    hasUnreadable: rows.length < rowCount || rows.some(({ events }) => events.isIncomplete),
  }))

/** A page of list_archives (docs/providers/livechat.md 3.2). */
export const listArchivesResponse = z
  .object({ chats: requiredList(chatSchema, MAX_ROWS), ...pageFields })
  .transform(({ chats, next_page_id }) => ({ chats, nextPageId: next_page_id ?? null }))

/** send_event, resume_chat and start_chat respond with ids only (docs/providers/livechat.md 3.3, 4). */
export const sendEventResponse = z.object({ event_id: z.string().min(1) })
export const resumeChatResponse = z.object({
  thread_id: z.string().min(1),
  event_ids: lenientList(z.string()),
})
export const startChatResponse = z.object({ chat_id: z.string().min(1), thread_id: z.string().min(1) })

/** list_groups and list_agents return whole lists, without pages (docs/providers/livechat.md 8). */
export const listGroupsResponse = requiredList(z.object({ id: z.number().int(), name: lenient(z.string()) }))
export const listAgentsResponse = requiredList(
  z.object({ id: z.string().min(1), account_id: lenient(z.string()) }),
)
/** Statuses by group id; an unknown status is null. */
export const listGroupStatusesResponse = z.object({
  groups_status: z.record(z.string(), lenient(z.enum(['online', 'offline', 'online_for_queue']))),
})
