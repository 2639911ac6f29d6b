import { type AgentView, agentSideChat, agentSideEvent } from '../agent/chat-views.ts'
import { agentSideUser } from '../agent/user-views.ts'
import type { ChatChange } from '../store/chat-changes.ts'
import type { Licence } from '../store/licence.ts'
import { presentAgents } from '../store/members.ts'
import { queueView } from '../v3/queue-view.ts'
import type { Registration } from './registry.ts'

/**
 * The body of a webhook (docs/providers/livechat.md 7.1). The secret travels in it; there is no signature.
 */
export function webhookBody(licence: Licence, change: ChatChange, registration: Registration): object {
  return {
    webhook_id: registration.id,
    secret_key: registration.secretKey,
    action: change.action,
    organization_id: licence.organizationId,
    payload: payloadOf({ licence, role: 'administrator' }, change),
    additional_data: additionalData(change, registration.additionalData),
  }
}

function payloadOf(view: AgentView, change: ChatChange): object {
  const { chat, thread } = change
  const ids = { chat_id: chat.id, thread_id: thread.id }
  switch (change.action) {
    case 'incoming_chat':
      return { chat: agentSideChat(view, chat, thread) }
    case 'incoming_event':
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
  }
}

function additionalData({ chat }: ChatChange, wanted: readonly string[]): object {
  const present = chat.users.filter((user) => user.present).map(({ id }) => id)
  return {
    ...(wanted.includes('chat_properties') && { chat_properties: chat.properties }),
    ...(wanted.includes('chat_presence_user_ids') && { chat_presence_user_ids: present }),
  }
}
