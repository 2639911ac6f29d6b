import type { JsonObject } from '../../domain/json.ts'
import type { CustomField } from '../../domain/model.ts'
import {
  type DocumentReader,
  fieldOf,
  readBoolean,
  readInteger,
  readList,
  readNonEmptyString,
  readNumber,
  readOptional,
  readPartialList,
  readRequired,
  readRequiredList,
  readString,
  readStringRow,
  required,
  toObject,
  type UnreadableFields,
} from '../shared/read-document.ts'
import { ResponseFormat } from '../shared/response-format.ts'
import { type RichPart, toButton } from '../shared/rich-content.ts'
import { parseMicros } from './timestamps.ts'

/** Documents and responses of v3, with the fields that the gateway reads (docs/providers/livechat.md 3.5, 3.7, 9). */

export type WireAgent = Readonly<ReturnType<typeof readAgent>>
export type WireEvent = Readonly<ReturnType<typeof readEvent>>
export type WireQueue = Readonly<ReturnType<typeof readQueue>>
export type WireUser = Readonly<ReturnType<typeof readUser>>
export type WireThread = Readonly<ReturnType<typeof readThread>>
export type WireThreadPage = Readonly<ReturnType<typeof readThreadPage>>
export type WireChat = Readonly<ReturnType<typeof readChat>>
export type WireArchivePage = Readonly<ReturnType<typeof readArchivePage>>
export type WireChatSummary = Readonly<ReturnType<typeof readChatSummary>>

/** The most rows in a page of the v3 APIs (docs/providers/livechat.md 3.2). */
const MAX_ROWS = 100

/** A chat with one of its threads or none: the response of get_chat, and a row of list_archives. */
export const chatResponse = new ResponseFormat(readChat)

/** A page of list_chats. Version 3.7 renames the list (docs/providers/livechat.md 0, 3.2). */
export const listChatsResponse = new ResponseFormat((value, unreadableFields) => {
  const document = toObject(value)
  const list = document['chats_summary'] ?? document['chats_info']
  const { rows } = readRequiredList(list, 'chats_summary', readChatSummary, unreadableFields, MAX_ROWS)
  return { chats: rows, nextPageId: nextPageIdOf(document) }
})

/** A page of list_threads; `hasUnreadable` if parts of it were left out (docs/providers/livechat.md 3.2). */
export const listThreadsResponse = new ResponseFormat(readThreadPage)

/** A page of list_archives (docs/providers/livechat.md 3.2). */
export const listArchivesResponse = new ResponseFormat(readArchivePage)

/** send_event, resume_chat and start_chat respond with ids only (docs/providers/livechat.md 3.3, 4). */
export const sendEventResponse = new ResponseFormat((value) => ({
  event_id: requiredId(toObject(value), 'event_id'),
}))
/** The address of an uploaded file (docs/providers/livechat.md 22). */
export const uploadFileResponse = new ResponseFormat((value) => requiredId(toObject(value), 'url'))
export const resumeChatResponse = new ResponseFormat((value, unreadableFields) => {
  const document = toObject(value)
  return {
    thread_id: requiredId(document, 'thread_id'),
    event_ids: readList(document['event_ids'], readStringRow, unreadableFields),
  }
})
export const startChatResponse = new ResponseFormat((value) => {
  const document = toObject(value)
  return { chat_id: requiredId(document, 'chat_id'), thread_id: requiredId(document, 'thread_id') }
})

/** get_customer of the customer API. */
export const customerResponse = new ResponseFormat((value) => ({ id: requiredId(toObject(value), 'id') }))

/** list_groups and list_agents return whole lists, without pages (docs/providers/livechat.md 8). */
export const listGroupsResponse = wholeListOf((value) => {
  const { id, name, routing_status } = toObject(value)
  return {
    id: required(readInteger(id), 'id'),
    name: readString(name),
    isAccepting: readIsAccepting(routing_status),
  }
})
export const listAgentsResponse = wholeListOf(readAgent)
export const listRoutingStatusesResponse = wholeListOf((value) => {
  const document = toObject(value)
  return { agent_id: requiredId(document, 'agent_id'), isAccepting: readIsAccepting(document['status']) }
})

const GROUP_STATUSES = ['online', 'offline', 'online_for_queue'] as const
/** Statuses by group id; an unknown status is null. */
export const listGroupStatusesResponse = new ResponseFormat((value) => {
  const statuses = toObject(fieldOf(value, 'groups_status'))
  return new Map(
    Object.entries(statuses).map(([id, status]) => [
      id,
      GROUP_STATUSES.find((known) => known === status) ?? null,
    ]),
  )
})

/** The ids of the groups with an agent online, of get_dynamic_configuration. Absent if there is none. */
export const dynamicConfigurationResponse = new ResponseFormat((value, unreadableFields) => {
  const livechat = toObject(fieldOf(value, 'livechat'))
  return readList(livechat['online_group_ids'], readGroupId, unreadableFields)
})

/** Reads an agent of list_agents. `groups` and `max_chats_count` are present if the request names them. */
function readAgent(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  const avatar = readNonEmptyString(document['avatar_path'])
  const maxRooms = readInteger(document['max_chats_count'])
  return {
    id: requiredId(document, 'id'),
    account_id: readString(document['account_id']),
    name: readNonEmptyString(document['name']),
    /** The path begins with the host: it lacks only the scheme. */
    avatarUrl: avatar === null || avatar.startsWith('http') ? avatar : `https://${avatar}`,
    isAccepting: readIsAccepting(document['login_status']),
    maxRooms: maxRooms !== null && maxRooms > 0 ? maxRooms : null,
    groupIds: readList(document['groups'], readGroupReference, unreadableFields),
  }
}

function readGroupReference(value: unknown): number {
  return required(readInteger(fieldOf(value, 'id')), 'id')
}

/**
 * Whether a status says that new chats are routed; null if it is absent or unknown. Some documents spell the words with
 * underscores, others with spaces (docs/providers/livechat.md 13).
 */
function readIsAccepting(status: unknown): boolean | null {
  switch (readString(status)?.replaceAll(' ', '_')) {
    case 'accepting_chats':
      return true
    case 'not_accepting_chats':
    case 'offline':
      return false
    default:
      return null
  }
}

/** Reads an event of a thread. */
export function readEvent(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  return {
    id: requiredId(document, 'id'),
    /** Microseconds. */
    created_at: required(readMicros(document['created_at']), 'created_at'),
    type: readString(document['type']) ?? '',
    custom_id: readString(document['custom_id']),
    author_id: readString(document['author_id']),
    text: readString(document['text']),
    /** `commonmark` for a text with Markdown (docs/providers/livechat.md 3.5). */
    formatting: readString(fieldOf(fieldOf(document['properties'], 'chats'), 'formatting')),
    /** Whether it is a note; `recipients` is the older name (docs/providers/livechat.md 3.5). */
    isForAgentsOnly: isForAgentsOnly(document['visibility']) || isForAgentsOnly(document['recipients']),
    deleted: isSet(document['deleted']),
    name: readString(document['name']),
    url: readString(document['url']),
    content_type: readString(document['content_type']),
    size: readNumber(document['size']),
    alternative_text: readString(document['alternative_text']),
    elements: readList(document['elements'], readElement, unreadableFields),
    fields: readList(document['fields'], readFormField, unreadableFields),
    subtype: readString(document['subtype']),
    system_message_type: readString(document['system_message_type']),
    /** Name of the agent that a system message is about. */
    systemMessageAgent: readString(fieldOf(document['text_vars'], 'agent')),
  }
}

/** Reads a thread, whole or summarized. */
function readThread(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  const routing = fieldOf(document['properties'], 'routing')
  return {
    id: requiredId(document, 'id'),
    /** Microseconds. */
    created_at: readMicros(document['created_at']),
    active: readBoolean(document['active']),
    user_ids: readList(document['user_ids'], readStringRow, unreadableFields),
    /** Absent if the plan does not cover threads this old. */
    events: readPartialList(document['events'], readEvent, unreadableFields),
    tags: readList(document['tags'], readStringRow, unreadableFields),
    /** Null unless the thread is queued. */
    queue: isSet(document['queue']) ? readQueue(document['queue']) : null,
    groupIds: readOptional(document['access'], readGroupIds, unreadableFields),
    isOfflineMessage: readBoolean(fieldOf(routing, 'offline_message')),
    transcriptEmail: readString(fieldOf(routing, 'transcript_email')),
    rating: readOptional(fieldOf(document['properties'], 'rating'), readRating, unreadableFields),
    previous_thread_id: readString(document['previous_thread_id']),
    next_thread_id: readString(document['next_thread_id']),
  }
}

/** Reads a rating: score 1 is good, 0 is bad (docs/providers/livechat.md 16). */
function readRating(value: unknown) {
  const { score, comment } = toObject(value)
  return { score: readInteger(score), comment: readString(comment) }
}

function readThreadPage(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  const list = document['threads']
  const { rows, rowCount } = readRequiredList(list, 'threads', readThread, unreadableFields, MAX_ROWS)
  return {
    threads: rows,
    nextPageId: nextPageIdOf(document),
    hasUnreadable: rows.length < rowCount || rows.some(({ events }) => events.isIncomplete),
  }
}

function readArchivePage(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  const { rows } = readRequiredList(document['chats'], 'chats', readChat, unreadableFields, MAX_ROWS)
  return { chats: rows, nextPageId: nextPageIdOf(document) }
}

export function readChat(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  return {
    id: requiredId(document, 'id'),
    thread: readOptional(document['thread'], readThread, unreadableFields),
    users: readList(document['users'], readUser, unreadableFields),
    groupIds: readOptional(document['access'], readGroupIds, unreadableFields),
  }
}

/** Reads a chat of list_chats. 3.7 renames the thread and moves the events into it (docs/providers/livechat.md 0). */
export function readChatSummary(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  const { last_thread_info: info, last_event_per_type: events } = document
  const infoThread = readOptional(info, readThread, unreadableFields)
  return {
    id: requiredId(document, 'id'),
    users: readList(document['users'], readUser, unreadableFields),
    groupIds: readOptional(document['access'], readGroupIds, unreadableFields),
    thread: readOptional(document['last_thread_summary'], readThread, unreadableFields) ?? infoThread,
    /** For customers only, who receive no thread (docs/providers/livechat.md 4). */
    active: readBoolean(document['active']),
    lastEvents: readLastEvents(infoThread ? fieldOf(info, 'last_event_per_type') : events, unreadableFields),
  }
}

export function readUser(value: unknown, unreadableFields: UnreadableFields) {
  const document = toObject(value)
  return {
    id: requiredId(document, 'id'),
    type: readString(document['type']),
    name: readString(document['name']),
    email: readString(document['email']),
    avatar: readString(document['avatar']),
    present: readBoolean(document['present']),
    isForAgentsOnly: isForAgentsOnly(document['visibility']),
    phone: readNonEmptyString(document['phone_number']),
    sessionFields: readList(document['session_fields'], readSessionFields, unreadableFields).flat(),
    /** Microseconds. */
    seenUpTo: readMicros(document['events_seen_up_to']),
  }
}

/** Each entry of the list is an object with one field or more. */
function readSessionFields(value: unknown): readonly CustomField[] {
  return Object.entries(toObject(value)).flatMap(([key, field]) =>
    typeof field === 'string' ? [{ key, value: field }] : [],
  )
}

/** Reads a thread's place in the queue. A part that cannot be read is null: the thread is queued all the same. */
export function readQueue(value: unknown) {
  return {
    position: readInteger(fieldOf(value, 'position')),
    /** Seconds, an estimate. */
    waitSeconds: readNumber(fieldOf(value, 'wait_time')),
    /** Microseconds. */
    queuedAt: readMicros(fieldOf(value, 'queued_at')),
  }
}

/** Reads the newest event of each type. Beyond the plan's history there is `restricted_access` instead of an event. */
function readLastEvents(value: unknown, unreadableFields: UnreadableFields) {
  const byType = typeof value === 'object' && value !== null ? Object.values(value) : []
  const rows: readonly unknown[] = byType.filter((row) => fieldOf(row, 'event') !== undefined)
  return readList(rows, readLastEvent, unreadableFields)
}

function readLastEvent(value: unknown, unreadableFields: UnreadableFields) {
  const { thread_id, event } = toObject(value)
  return {
    thread_id: required(readString(thread_id), 'thread_id'),
    event: readRequired(event, 'event', readEvent, unreadableFields),
  }
}

function readGroupIds(value: unknown, unreadableFields: UnreadableFields): readonly number[] {
  return readList(toObject(value)['group_ids'], readGroupId, unreadableFields)
}

function readGroupId(value: unknown): number {
  return required(readInteger(value), '')
}

/** Reads an element of a rich message: a card, or the question of quick replies (docs/providers/livechat.md 24). */
function readElement(value: unknown, unreadableFields: UnreadableFields): RichPart {
  const { title, subtitle, buttons } = toObject(value)
  return {
    texts: [readString(title) ?? '', readString(subtitle) ?? ''],
    buttons: readList(buttons, readButton, unreadableFields),
  }
}

/** A button of another type opens no page: its value is a text to send or a number to call. */
function readButton(document: unknown) {
  const { text, type, value } = toObject(document)
  const isLink = type === 'url' || type === 'webview'
  return toButton(readString(text), isLink ? readString(value) : null)
}

function readFormField(value: unknown, unreadableFields: UnreadableFields) {
  const { type, label, answer, answers } = toObject(value)
  return {
    type: readString(type),
    label: readString(label),
    answer: readOptional(answer, readAnswer, unreadableFields),
    answers: readList(answers, readAnswer, unreadableFields),
  }
}

function readAnswer(value: unknown): string {
  return required(readString(value) ?? readString(fieldOf(value, 'label')), '')
}

/** True unless the value is absent or `all`: an unknown value hides an event from visitors, and never shows one. */
export function isForAgentsOnly(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 'all'
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false
}

export function readMicros(value: unknown): number | null {
  return typeof value === 'string' ? parseMicros(value) : null
}

function requiredId(document: JsonObject, field: string): string {
  return required(readNonEmptyString(document[field]), field)
}

function nextPageIdOf(document: JsonObject): string | null {
  return readNonEmptyString(document['next_page_id'])
}

function wholeListOf<T>(readRow: DocumentReader<T>): ResponseFormat<readonly T[]> {
  return new ResponseFormat(
    (value, unreadableFields) => readRequiredList(value, '', readRow, unreadableFields).rows,
  )
}
