import { ApiError } from '../api-error.ts'
import { emitChatChange } from './chat-changes.ts'
import { appendSystemMessage, setRouting } from './events.ts'
import { presentAgents, requireActiveThread, seat } from './members.ts'
import type { Agent, Chat } from './model.ts'
import { lastPosition, leavingQueue, setPosition } from './queue.ts'
import { type Rules, routeToAgent } from './routing.ts'
import type { MicrosTimestamp } from './timestamps.ts'

/** The transfer of a chat. */
export interface Transfer {
  readonly by: Agent
  /** An agent, a group by its id, or null for the groups that the chat has. */
  readonly to: Agent | number | null
  /** Whether the chat goes to an agent who takes no chats, or into the queue where nobody does. */
  readonly force: boolean
}

/**
 * Transfers an active chat to an agent, or to groups, whose routing then picks one. Throws chat_inactive, and agent_offline or
 * group_offline where nobody takes chats, unless `force` (docs/providers/livechat.md 12.1).
 */
export function transferChat(
  { licence }: Rules,
  chat: Chat,
  { by, to, force }: Transfer,
  at: MicrosTimestamp,
): void {
  const thread = requireActiveThread(chat)
  const isAgent = typeof to === 'object' && to !== null
  const groupIds = typeof to === 'number' ? [to] : chat.groupIds
  const agent = isAgent ? to : routeToAgent(licence, groupIds)
  if (!force && agent?.routingStatus !== 'accepting_chats') {
    throw isAgent
      ? new ApiError('agent_offline', 'Agent is offline')
      : new ApiError('group_offline', 'Group is offline')
  }
  const leaving = presentAgents(chat)
  const from = { groupIds: chat.groupIds, agentIds: leaving.map(({ id }) => id) }
  for (const user of leaving) user.present = false
  if (typeof to === 'number') {
    chat.groupIds = groupIds
    emitChatChange({ action: 'chat_access_updated', chat, thread })
  }
  const targets = isAgent ? to.name : groupIds.map((id) => licence.groups.get(id)?.name ?? '').join(', ')
  const text = `${by.name} transferred the chat to ${targets}`
  const vars = { initiator: by.name, targets }
  appendSystemMessage(chat, thread, { type: 'chat_transferred', text, vars }, at)
  if (agent) {
    leavingQueue(licence, chat, () => seat(chat, thread, { id: agent.id, type: 'agent', visibility: 'all' }))
  } else {
    setRouting(thread, { unassigned: true, pinned: true })
    setPosition(thread, lastPosition(licence), at)
  }
  emitChatChange({ action: 'chat_transferred', chat, thread, requesterId: by.id, from })
}
