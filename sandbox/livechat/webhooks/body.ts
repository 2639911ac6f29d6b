import { type AgentView, agentSideChat, agentSideEvent } from '../agent/chat-views.ts'
import { agentSideUser } from '../agent/user-views.ts'
import type { ChatChange } from '../store/chat-changes.ts'
import type { Licence } from '../store/licence.ts'
import { presentAgents } from '../store/members.ts'
import type { Registration } from './registry.ts'

/**
 * The body of a webhook (docs/providers/livechat.md 7.1). The secret travels in it; there is no signature.
 */
export function webhookBody(licence: Licence, happening: ChatChange, registration: Registration): object {
  return {
    webhook_id: registration.id,
    secret_key: registration.secretKey,
    action: happening.action,
    organization_id: licence.organizationId,
    payload: payloadOf({ licence, role: 'administrator' }, happening),
    additional_data: additionalData(happening, registration.additionalData),
  }
}

function payloadOf(view: AgentView, happening: ChatChange): object {
  const { chat, thread } = happening
  const place = { chat_id: chat.id, thread_id: thread.id }
  switch (happening.action) {
    case 'incoming_chat':
      return { chat: agentSideChat(view, chat, thread) }
    case 'incoming_event':
      return { ...place, event: agentSideEvent(happening.event, view.role) }
    case 'event_deleted':
      return { ...place, event_id: happening.event.id }
    case 'chat_deactivated':
      return { ...place, ...(happening.userId !== null && { user_id: happening.userId }) }
    case 'user_added_to_chat': {
      const user = chat.users.find(({ id }) => id === happening.userId)
      const shown = user && agentSideUser(view.licence, chat, user)
      return { ...place, user: shown, reason: 'manual', requester_id: happening.requesterId }
    }
    case 'chat_transferred': {
      const agentIds = presentAgents(chat).map(({ id }) => id)
      const target = { group_ids: chat.groupIds, agent_ids: agentIds }
      return { ...place, requester_id: happening.requesterId, reason: 'manual', transferred_to: target }
    }
    case 'thread_tagged':
    case 'thread_untagged':
      return { ...place, tag: happening.tag }
  }
}

function additionalData({ chat }: ChatChange, wanted: readonly string[]): object {
  const present = chat.users.filter((user) => user.present).map(({ id }) => id)
  return {
    ...(wanted.includes('chat_properties') && { chat_properties: chat.properties }),
    ...(wanted.includes('chat_presence_user_ids') && { chat_presence_user_ids: present }),
  }
}
