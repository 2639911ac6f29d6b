import { newestPerType } from '../store/last-events.ts'
import { type Licence, lastThread, neighbours } from '../store/licence.ts'
import type { Chat, ChatUser, Properties, StoredEvent, Thread } from '../store/model.ts'
import { formatTimestamp } from '../store/timestamps.ts'
import { personalData } from '../v3/personal-data.ts'
import { queueView } from '../v3/queue-view.ts'

/** The names in the `routing` namespace that customers may read (docs/providers/livechat.md 17). */
const OPEN_ROUTING = new Set([
  'continuous',
  'email_follow_up',
  'offline_message',
  'start_url',
  'transcript_email',
])

/**
 * True for events that reach customers: neither agents-only nor deleted
 * (docs/providers/livechat.md 3.4 and 4).
 */
export const isForCustomers = (event: StoredEvent): boolean => event.visibility === 'all' && !event.deleted

/**
 * A thread as its customer sees it: no notes, no tags, no visit, opaque agent ids
 * (docs/providers/livechat.md 4).
 */
export function customerSideThread(licence: Licence, chat: Chat, thread: Thread): object {
  const { previous, next } = neighbours(chat, thread)
  const hidden = new Set(chat.users.filter(isHidden).map(({ id }) => id))
  return {
    id: thread.id,
    created_at: formatTimestamp(thread.createdAt),
    active: thread.active,
    user_ids: thread.userIds.filter((id) => !hidden.has(id)).map((id) => customerSideId(licence, id)),
    events: thread.events.filter(isForCustomers).map((event) => customerSideEvent(licence, event)),
    properties: openProperties(thread.properties),
    access: { group_ids: thread.groupIds },
    ...(thread.queue && { queue: queueView(thread.queue) }),
    ...(previous && { previous_thread_id: previous.id }),
    ...(next && { next_thread_id: next.id }),
  }
}

/** A chat with one of its threads, without `is_followed`. */
export function customerSideChat(licence: Licence, chat: Chat, thread: Thread | undefined): object {
  return {
    id: chat.id,
    ...(thread && { thread: customerSideThread(licence, chat, thread) }),
    users: usersOf(licence, chat),
    access: { group_ids: chat.groupIds },
    properties: openProperties(chat.properties),
  }
}

/** A chat summary: last thread's id and time in place of its summary (docs/providers/livechat.md 3.7). */
export function customerSideSummary(licence: Licence, chat: Chat): object {
  const last = lastThread(chat)
  const newest = [...newestPerType(chat, isForCustomers)].map(([type, { thread, event }]) => [
    type,
    {
      thread_id: thread.id,
      thread_created_at: formatTimestamp(thread.createdAt),
      event: customerSideEvent(licence, event),
    },
  ])
  return {
    id: chat.id,
    ...(last && { last_thread_id: last.id, last_thread_created_at: formatTimestamp(last.createdAt) }),
    last_event_per_type: Object.fromEntries(newest),
    users: usersOf(licence, chat),
    access: { group_ids: chat.groupIds },
    properties: openProperties(chat.properties),
    active: last?.active ?? false,
  }
}

/** An event as customers see it: without visibility. */
export function customerSideEvent(licence: Licence, event: StoredEvent): object {
  const { authorId, customId, properties } = event
  return {
    id: event.id,
    ...(customId !== undefined && { custom_id: customId }),
    created_at: formatTimestamp(event.createdAt),
    type: event.type,
    ...(authorId !== undefined && { author_id: customerSideId(licence, authorId) }),
    ...event.fields,
    ...(properties && { properties }),
  }
}

function usersOf(licence: Licence, chat: Chat): object[] {
  return chat.users.filter((user) => !isHidden(user)).map((user) => customerSideUser(licence, user))
}

/** A user of a chat as its customer sees it. */
export function customerSideUser(licence: Licence, { id, type, present, seenUpTo }: ChatUser): object {
  const seen = { present, ...(seenUpTo !== null && { events_seen_up_to: formatTimestamp(seenUpTo) }) }
  const customer = licence.customers.get(id)
  if (customer) return { id, type, ...personalData(customer), ...seen }
  const agent = licence.agents.get(id)
  return {
    id: customerSideId(licence, id),
    type,
    name: agent?.name ?? '',
    avatar: agent?.avatar ?? '',
    job_title: agent?.jobTitle ?? '',
    ...seen,
  }
}

/** The id of a user on the customer side: agents have another than on their own side. */
export function customerSideId(licence: Licence, id: string): string {
  return licence.agents.get(id)?.customerSideId ?? id
}

function isHidden({ type, visibility }: ChatUser): boolean {
  return type === 'agent' && visibility === 'agents'
}

/** The properties that customers may read. */
export function openProperties({ routing, ...rest }: Properties): Properties {
  const open = Object.entries(routing ?? {}).filter(([name]) => OPEN_ROUTING.has(name))
  return open.length > 0 ? { ...rest, routing: Object.fromEntries(open) } : rest
}
