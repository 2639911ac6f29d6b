import { newestPerType } from '../store/last-events.ts'
import { type Licence, lastThread, neighbours } from '../store/licence.ts'
import type { Agent, AgentRole, Chat, StoredEvent, Thread } from '../store/model.ts'
import { formatTimestamp } from '../store/timestamps.ts'
import { queueView } from '../v3/queue-view.ts'
import { agentSideUser } from './user-views.ts'

/** The viewing agent. The role decides what is shown of deleted events. */
export interface AgentView {
  readonly licence: Licence
  readonly role: AgentRole
  /** Absent for webhooks, which no agent receives. */
  readonly agentId?: string
}

/**
 * An event as agents see it; of a deleted one, role `normal` sees only a tombstone (docs/providers/livechat.md
 * 3.4).
 */
export function agentSideEvent(event: StoredEvent, role: AgentRole): object {
  const head = {
    id: event.id,
    ...(event.customId !== undefined && { custom_id: event.customId }),
    type: event.type,
    created_at: formatTimestamp(event.createdAt),
    ...(event.authorId !== undefined && { author_id: event.authorId }),
    visibility: event.visibility,
  }
  if (event.deleted && role === 'normal') return { ...head, deleted: true }
  const { properties } = event
  return {
    ...head,
    ...event.fields,
    ...(properties && { properties }),
    ...(event.deleted && { deleted: true }),
  }
}

/** A thread with all its events, or with `restricted_access` in their place (docs/providers/livechat.md 9). */
export function agentSideThread(chat: Chat, thread: Thread, role: AgentRole): object {
  const { previous, next } = neighbours(chat, thread)
  return {
    ...threadHead(thread),
    ...(thread.restrictedAccess === undefined
      ? { events: thread.events.map((event) => agentSideEvent(event, role)) }
      : { restricted_access: thread.restrictedAccess }),
    ...(previous && { previous_thread_id: previous.id }),
    ...(next && { next_thread_id: next.id }),
  }
}

/** The view of an agent. */
export function viewOf(licence: Licence, { id, role }: Agent): AgentView {
  return { licence, role, agentId: id }
}

/** A chat with one of its threads; without, if it has none. */
export function agentSideChat(view: AgentView, chat: Chat, thread: Thread | undefined): object {
  const { licence, role } = view
  return {
    id: chat.id,
    ...(thread && { thread: agentSideThread(chat, thread, role) }),
    users: chat.users.map((user) => agentSideUser(licence, chat, user)),
    properties: chat.properties,
    access: { group_ids: chat.groupIds },
    is_followed: isFollowed(view, chat),
  }
}

/** A chat summary, in the field names of 3.6 or of 3.7 (docs/providers/livechat.md 0 and 3.7). */
export function chatSummary(view: AgentView, chat: Chat, names: '3.6' | '3.7'): object {
  const { licence, role } = view
  const last = lastThread(chat)
  const newest = { last_event_per_type: lastEventPerType(chat, role) }
  const thread = last && threadHead(last)
  return {
    id: chat.id,
    ...(names === '3.6' && { ...(thread && { last_thread_summary: thread }), ...newest }),
    ...(names === '3.7' && thread && { last_thread_info: { ...thread, ...newest } }),
    users: chat.users.map((user) => agentSideUser(licence, chat, user)),
    properties: chat.properties,
    access: { group_ids: chat.groupIds },
    is_followed: isFollowed(view, chat),
  }
}

function isFollowed({ agentId }: AgentView, chat: Chat): boolean {
  return agentId !== undefined && chat.followerIds.has(agentId)
}

function threadHead(thread: Thread): object {
  const { queue } = thread
  return {
    id: thread.id,
    created_at: formatTimestamp(thread.createdAt),
    active: thread.active,
    user_ids: thread.userIds,
    properties: thread.properties,
    access: { group_ids: thread.groupIds },
    ...(thread.tags.length > 0 && { tags: thread.tags }),
    ...(queue && { queue: queueView(queue) }),
  }
}

function lastEventPerType(chat: Chat, role: AgentRole): object {
  const rows = [...newestPerType(chat, () => true)].map(([type, { thread, event }]) => [
    type,
    {
      thread_id: thread.id,
      thread_created_at: formatTimestamp(thread.createdAt),
      ...(thread.restrictedAccess === undefined
        ? { event: agentSideEvent(event, role) }
        : { restricted_access: thread.restrictedAccess }),
    },
  ])
  return Object.fromEntries(rows)
}
