import { ApiError, unprocessable } from '../api-error.ts'
import { appendEvent, markSeen } from '../store/events.ts'
import type { Licence } from '../store/licence.ts'
import { addAgent, addCustomer, removeAgent, requireActiveThread } from '../store/members.ts'
import type { Agent, Chat, ChatUser, Visibility } from '../store/model.ts'
import { endChat } from '../store/threads.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { readEvent } from '../v3/event-input.ts'
import { flag, object, oneOf, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { readTimestamp } from '../v3/time-range.ts'
import { requireChat } from './access.ts'

/**
 * Sends an event: the requester must be a user of the chat (403) and the chat active (422); an agent of visibility
 * `agents` cannot speak to all (docs/providers/livechat.md 3.3, 3.5, 3.6).
 */
export const sendEvent = method(
  'send_event',
  shape({ 'chat_id!': text, 'event!': object }),
  (input: { chat_id: string; event: unknown }, caller: AgentPrincipal, { licence, files }) => {
    const chat = requireChat(licence, caller, 'rw', input.chat_id)
    const { authorId: _ignored, ...event } = readEvent(input.event, 'event', files)
    const member = requireMember(chat, caller.agent)
    const thread = requireActiveThread(chat)
    if (!member.present) throw notMember()
    if (member.visibility === 'agents' && event.visibility !== 'agents') {
      throw unprocessable('Requester with visibility `agents` cannot send events to all')
    }
    const draft = { ...event, authorId: caller.agent.id }
    return { event_id: appendEvent(chat, thread, draft, licence.nextTimestamp()).id }
  },
)

/** Closes the active thread (docs/providers/livechat.md 3.3); the argument is `id`, not `chat_id`. */
export const deactivateChat = method(
  'deactivate_chat',
  shape({ 'id!': text, ignore_requester_presence: flag }),
  (input: { id: string; ignore_requester_presence?: boolean }, caller: AgentPrincipal, { licence }): void => {
    const chat = requireChat(licence, caller, 'rw', input.id)
    if (!input.ignore_requester_presence) requireMember(chat, caller.agent)
    endChat(licence, chat, { agent: caller.agent })
  },
)

interface AddUserInput {
  readonly chat_id: string
  readonly user_id: string
  readonly user_type: 'agent' | 'customer'
  readonly visibility: Visibility
  readonly ignore_requester_presence?: boolean
}

/** Adds an agent or the customer to an active chat (docs/providers/livechat.md 3.3). */
export const addUserToChat = method(
  'add_user_to_chat',
  shape({
    'chat_id!': text,
    'user_id!': text,
    'user_type!': oneOf('agent', 'customer'),
    'visibility!': oneOf('all', 'agents'),
    ignore_requester_presence: flag,
  }),
  (input: AddUserInput, caller: AgentPrincipal, rules): void => {
    const { licence } = rules
    const chat = requireChat(licence, caller, 'rw', input.chat_id)
    if (!input.ignore_requester_presence) requireMember(chat, caller.agent)
    if (input.user_type === 'agent') {
      const joining = {
        agent: knownAgent(licence, input.user_id),
        by: caller.agent,
        visibility: input.visibility,
      }
      addAgent(rules, chat, joining, licence.nextTimestamp())
      return
    }
    const customer = licence.customers.get(input.user_id)
    if (!customer) throw unprocessable('user_id not found')
    if (input.visibility !== 'all') throw unprocessable('Customer must be added with visibility `all`')
    addCustomer(rules, chat, customer)
  },
)

interface RemoveUserInput {
  readonly chat_id: string
  readonly user_id: string
  readonly user_type: 'agent'
  readonly ignore_requester_presence?: boolean
}

/** Removes an agent from an active chat; customers cannot be removed (docs/providers/livechat.md 12.1). */
export const removeUserFromChat = method(
  'remove_user_from_chat',
  shape({
    'chat_id!': text,
    'user_id!': text,
    'user_type!': oneOf('agent'),
    ignore_requester_presence: flag,
  }),
  (input: RemoveUserInput, caller: AgentPrincipal, { licence }): void => {
    const chat = requireChat(licence, caller, 'rw', input.chat_id)
    if (!input.ignore_requester_presence) requireMember(chat, caller.agent)
    const agent = knownAgent(licence, input.user_id)
    removeAgent(chat, { agent, by: caller.agent }, licence.nextTimestamp())
  },
)

/** Advances the requester's `events_seen_up_to`: a moment, not an event id (docs/providers/livechat.md 3.3). */
export const markEventsAsSeen = method(
  'mark_events_as_seen',
  shape({ 'chat_id!': text, 'seen_up_to!': text }),
  (input: { chat_id: string; seen_up_to: string }, caller: AgentPrincipal, { licence }): void => {
    const chat = requireChat(licence, caller, 'ro', input.chat_id)
    markSeen(chat, caller.agent.id, readTimestamp(input.seen_up_to, 'seen_up_to'))
  },
)

/** The requester as a user of the chat. Throws authorization for any other agent. */
export function requireMember(chat: Chat, agent: Agent): ChatUser {
  const member = chat.users.find(({ id }) => id === agent.id)
  if (!member) throw notMember()
  return member
}

function notMember(): ApiError {
  return new ApiError('authorization', 'Requester is not user of the chat')
}

/** An agent by its id. Throws 422 for an unknown one. */
export function knownAgent(licence: Licence, id: string): Agent {
  const agent = licence.agents.get(id)
  if (!agent) throw unprocessable('user_id not found')
  return agent
}
