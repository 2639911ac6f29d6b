import type { ChatChange } from '../store/chat-changes.ts'
import { presentAgents } from '../store/members.ts'
import type { Chat, Thread } from '../store/model.ts'
import { formatTimestamp } from '../store/timestamps.ts'
import { queueView } from '../v3/queue-view.ts'
import { type AgentView, agentSideChat, agentSideEvent } from './chat-views.ts'
import { agentSideUser } from './user-views.ts'

/** The payload of a change in webhooks and in agents' pushes (docs/providers/livechat.md 7.1, 12.3 and 24). */
export function agentSidePayload(view: AgentView, change: ChatChange): object {
  const { chat, thread } = change
  const ids = { chat_id: chat.id, thread_id: thread.id }
  switch (change.action) {
    case 'incoming_chat':
      return { chat: agentSideChat(view, chat, thread) }
    case 'incoming_event':
    case 'event_updated':
      return { ...ids, event: agentSideEvent(change.event, view.role) }
    case 'event_deleted':
      return { ...ids, event_id: change.event.id }
    case 'chat_deactivated':
      return { ...ids, ...(change.userId !== null && { user_id: change.userId }) }
    case 'user_added_to_chat': {
      const user = chat.users.find(({ id }) => id === change.userId)
      const shown = user && agentSideUser(view.licence, chat, user)
      return { ...ids, user: shown, reason: 'manual', requester_id: change.requesterId }
    }
    case 'user_removed_from_chat':
      return { ...ids, user_id: change.userId, reason: 'manual', requester_id: change.requesterId }
    case 'chat_transferred': {
      const agentIds = presentAgents(chat).map(({ id }) => id)
      const target = { group_ids: chat.groupIds, agent_ids: agentIds }
      const queue = thread.queue && { queue: queueView(thread.queue) }
      return { ...ids, requester_id: change.requesterId, reason: 'manual', transferred_to: target, ...queue }
    }
    case 'chat_access_updated':
      return { id: chat.id, access: { group_ids: chat.groupIds } }
    case 'thread_tagged':
    case 'thread_untagged':
      return { ...ids, tag: change.tag }
    case 'thread_properties_updated':
      return { ...ids, properties: change.properties }
    case 'thread_properties_deleted':
      return { ...ids, properties: change.names }
    case 'events_marked_as_seen':
      return { user_id: change.userId, chat_id: chat.id, seen_up_to: formatTimestamp(change.seenUpTo) }
    case 'queue_positions_updated':
      return [queuePosition(chat, thread)]
    case 'incoming_typing_indicator': {
      const { authorId, visibility, at, isTyping } = change
      const indicator = {
        author_id: authorId,
        visibility,
        timestamp: unixSeconds(at),
        is_typing: isTyping,
      }
      return { ...ids, typing_indicator: indicator }
    }
    case 'incoming_sneak_peek': {
      const { authorId, text, at } = change
      return { ...ids, sneak_peek: { author_id: authorId, text, timestamp: unixSeconds(at) } }
    }
  }
}

/** The place in the queue as pushes show it, without `queued_at` (docs/providers/livechat.md 12.3). */
export function queuePosition(chat: Chat, thread: Thread): object {
  const { position = 0, waitSeconds = 0 } = thread.queue ?? {}
  return { chat_id: chat.id, thread_id: thread.id, queue: { position, wait_time: waitSeconds } }
}

/** Indicators are dated in seconds (docs/providers/livechat.md 24). */
export function unixSeconds(micros: number): number {
  return Math.floor(micros / 1_000_000)
}
