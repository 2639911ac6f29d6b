import { queuePosition, unixSeconds } from '../agent/change-payload.ts'
import type { ChatChange } from '../store/chat-changes.ts'
import type { Licence } from '../store/licence.ts'
import { presentAgents } from '../store/members.ts'
import type { Properties } from '../store/model.ts'
import { formatTimestamp } from '../store/timestamps.ts'
import { queueView } from '../v3/queue-view.ts'
import {
  customerSideChat,
  customerSideEvent,
  customerSideId,
  customerSideUser,
  isForCustomers,
  openProperties,
} from './views.ts'

/** A push: its name and its payload. */
export interface Push {
  readonly action: string
  readonly payload: object
}

/**
 * The push of a change to the chat's customer; null for a change that customers do not see
 * (docs/providers/livechat.md 12.3, 24 and 25.2).
 */
export function customerSidePush(licence: Licence, change: ChatChange): Push | null {
  if (change.action === 'queue_positions_updated') {
    return { action: 'queue_position_updated', payload: queuePosition(change.chat, change.thread) }
  }
  const payload = payloadOf(licence, change)
  return payload && { action: change.action, payload }
}

function payloadOf(licence: Licence, change: ChatChange): object | null {
  const { chat, thread } = change
  const ids = { chat_id: chat.id, thread_id: thread.id }
  const idOf = (id: string) => customerSideId(licence, id)
  switch (change.action) {
    case 'incoming_chat': {
      const requester = change.requesterId !== null && { requester_id: idOf(change.requesterId) }
      return { ...requester, chat: customerSideChat(licence, chat, thread) }
    }
    case 'incoming_event':
    case 'event_updated':
      return isForCustomers(change.event) ? { ...ids, event: customerSideEvent(licence, change.event) } : null
    case 'event_deleted':
      return change.event.visibility === 'all' ? { ...ids, event_id: change.event.id } : null
    case 'chat_deactivated':
      return { ...ids, ...(change.userId !== null && { user_id: idOf(change.userId) }) }
    case 'user_added_to_chat': {
      const user = chat.users.find(({ id }) => id === change.userId)
      if (!user || change.visibility === 'agents') return null
      const shown = customerSideUser(licence, user)
      return { ...ids, user: shown, reason: 'manual', requester_id: idOf(change.requesterId) }
    }
    case 'user_removed_from_chat':
      if (change.visibility === 'agents') return null
      return {
        ...ids,
        user_id: idOf(change.userId),
        reason: 'manual',
        requester_id: idOf(change.requesterId),
      }
    case 'chat_transferred': {
      const target = { group_ids: chat.groupIds, agent_ids: presentAgents(chat).map(({ id }) => idOf(id)) }
      const queue = thread.queue && { queue: queueView(thread.queue) }
      return { ...ids, requester_id: idOf(change.requesterId), transferred_to: target, ...queue }
    }
    case 'thread_properties_updated':
      return withOpen(change.properties, (properties) => ({ ...ids, properties }))
    case 'thread_properties_deleted':
      return { ...ids, properties: change.names }
    case 'events_marked_as_seen': {
      const user = chat.users.find(({ id }) => id === change.userId)
      if (user?.visibility === 'agents') return null
      const seenUpTo = formatTimestamp(change.seenUpTo)
      return { user_id: idOf(change.userId), chat_id: chat.id, seen_up_to: seenUpTo }
    }
    case 'incoming_typing_indicator': {
      const { authorId, visibility, at, isTyping } = change
      if (visibility === 'agents') return null
      const indicator = {
        author_id: idOf(authorId),
        recipients: visibility,
        timestamp: unixSeconds(at),
        is_typing: isTyping,
      }
      return { ...ids, typing_indicator: indicator }
    }
    default:
      return null
  }
}

function withOpen(properties: Properties, payload: (open: Properties) => object): object | null {
  const open = openProperties(properties)
  return Object.keys(open).length > 0 ? payload(open) : null
}
