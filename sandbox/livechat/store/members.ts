import { ApiError, unprocessable } from '../api-error.ts'
import { emitChatChange } from './chat-changes.ts'
import { appendSystemMessage, setRouting, skipEventId } from './events.ts'
import { activeThread } from './licence.ts'
import type { Agent, Chat, ChatUser, Customer, Thread, Visibility } from './model.ts'
import { leavingQueue } from './queue.ts'
import { type Rules, servesGroup } from './routing.ts'
import type { MicrosTimestamp } from './timestamps.ts'

/** The thread that takes events now. Throws chat_inactive. */
export function requireActiveThread(chat: Chat): Thread {
  const thread = activeThread(chat)
  if (!thread) throw new ApiError('chat_inactive', 'Chat not active')
  return thread
}

/** Adds a present user to the chat without a system message, as routing does with the first agent. */
export function seat(chat: Chat, thread: Thread, user: Pick<ChatUser, 'id' | 'type' | 'visibility'>): void {
  const known = chat.users.find(({ id }) => id === user.id)
  if (known) {
    known.present = true
    known.visibility = user.visibility
  } else {
    chat.users.push({ ...user, present: true, seenUpTo: null })
  }
  if (!thread.userIds.includes(user.id)) thread.userIds.push(user.id)
  if (user.type === 'agent') {
    skipEventId(thread)
    if (user.visibility === 'all') {
      delete thread.queue
      setRouting(thread, { unassigned: false, pinned: false })
    }
  }
}

/** Adds a customer and agents to a new thread. In one that is closed from the start they are not present. */
export function addThreadMembers(
  chat: Chat,
  thread: Thread,
  users: { readonly customer?: Customer; readonly agents: readonly Agent[] },
): void {
  if (users.customer) seat(chat, thread, { id: users.customer.id, type: 'customer', visibility: 'all' })
  for (const { id } of users.agents) seat(chat, thread, { id, type: 'agent', visibility: 'all' })
  if (!thread.active) for (const agent of presentAgents(chat)) agent.present = false
}

/** Agents that serve the chat now. */
export function presentAgents(chat: Chat): ChatUser[] {
  return chat.users.filter(({ type, present }) => type === 'agent' && present)
}

/**
 * Adds an agent to an active chat; a second one is announced, to agents only if it comes for agents only. Throws chat_inactive, missing_access (the agent has
 * no access to the chat's groups) or limit_reached where another public agent is present already
 * (docs/providers/livechat.md 3.6).
 */
export function addAgent(
  { licence, switches }: Rules,
  chat: Chat,
  joining: { readonly agent: Agent; readonly by: Agent; readonly visibility: Visibility },
  at: MicrosTimestamp,
): void {
  const { agent, by, visibility } = joining
  const thread = requireActiveThread(chat)
  if (!servesGroup(agent, chat.groupIds)) throw new ApiError('missing_access', 'Missing access')
  const others = presentAgents(chat).filter(({ id }) => id !== agent.id)
  const publicOthers = others.filter((user) => user.visibility === 'all').length
  if (visibility === 'all' && publicOthers >= switches.publicAgentLimit) {
    throw new ApiError('limit_reached', 'Public agents in chat limit reached')
  }
  leavingQueue(licence, chat, () => seat(chat, thread, { id: agent.id, type: 'agent', visibility }))
  emitChatChange({
    action: 'user_added_to_chat',
    chat,
    thread,
    userId: agent.id,
    requesterId: by.id,
    visibility,
  })
  if (others.length === 0) return
  const message =
    agent.id === by.id
      ? { type: 'agent_joined', text: `${agent.name} joined the chat`, vars: { agent: agent.name } }
      : {
          type: 'agent_added',
          text: `${by.name} added ${agent.name} to the chat`,
          vars: { initiator: by.name, agent: agent.name },
        }
  appendSystemMessage(chat, thread, { ...message, visibility }, at)
}

/**
 * Removes an agent from an active chat, and announces it to those who saw the agent. Throws chat_inactive, or 422 for an agent
 * that is not in the chat.
 */
export function removeAgent(
  chat: Chat,
  leaving: { readonly agent: Agent; readonly by: Agent },
  at: MicrosTimestamp,
): void {
  const { agent, by } = leaving
  const thread = requireActiveThread(chat)
  const index = chat.users.findIndex(({ id, present }) => id === agent.id && present)
  const [user] = index < 0 ? [] : chat.users.splice(index, 1)
  if (!user) throw unprocessable('user_id not found')
  const { visibility } = user
  emitChatChange({
    action: 'user_removed_from_chat',
    chat,
    thread,
    userId: agent.id,
    requesterId: by.id,
    visibility,
  })
  const message =
    agent.id === by.id
      ? { type: 'agent_left', text: `${agent.name} left the chat`, vars: { agent: agent.name } }
      : {
          type: 'agent_removed',
          text: `${by.name} removed ${agent.name} from the chat`,
          vars: { initiator: by.name, agent: agent.name },
        }
  appendSystemMessage(chat, thread, { ...message, visibility }, at)
}

/** Adds the one customer that a chat may have. Throws 422 where there is one already. */
export function addCustomer({ licence }: Rules, chat: Chat, customer: Customer): void {
  const thread = requireActiveThread(chat)
  if (chat.users.some(({ type, id }) => type === 'customer' && id !== customer.id)) {
    throw unprocessable('Chat already has a customer')
  }
  if (!chat.users.some(({ id }) => id === customer.id)) licence.assignChat(customer.id, chat)
  seat(chat, thread, { id: customer.id, type: 'customer', visibility: 'all' })
}
