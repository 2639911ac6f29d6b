import { ApiError, unprocessable } from '../api-error.ts'
import { coversScope } from '../scopes.ts'
import type { Licence } from '../store/licence.ts'
import { addThreadMembers } from '../store/members.ts'
import type { Agent, Chat, Customer, EventDraft } from '../store/model.ts'
import { servesGroup } from '../store/routing.ts'
import { createChat, isContinuous, openThread, requireInactive } from '../store/threads.ts'
import type { AgentPrincipal } from '../token-store.ts'
import {
  addInitialEvents,
  type InitialChat,
  initialChat,
  readGroups,
  readInitialEvents,
  type StartInput,
  startArguments,
} from '../v3/chat-input.ts'
import { listOf, oneOf, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { chatReach, requireChat } from './access.ts'

interface WithUsers extends InitialChat {
  readonly users?: readonly { readonly id: string; readonly type: 'agent' | 'customer' }[]
}

const users = listOf(shape({ 'id!': text, 'type!': oneOf('agent', 'customer') }))

/**
 * Starts a chat with the requester in it. Responds with the ids of the chat, the thread and the initial events
 * (docs/providers/livechat.md 3.3).
 */
export const startChat = method(
  'start_chat',
  shape({ chat: shape({ ...initialChat, users }), ...startArguments }),
  (input: StartInput<WithUsers>, caller: AgentPrincipal, { licence, files }) => {
    const groupIds = readGroups(licence, input.chat)
    requireGroups(caller, groupIds)
    const events = readInitialEvents(input.chat, files)
    const invited = readUsers(licence, input.chat?.users)
    requireAuthors(events, caller, invited)
    const at = licence.nextTimestamp()
    const customerId = invited.customer?.id
    const chat = createChat(licence, { groupIds, at, ...(customerId !== undefined && { customerId }) })
    chat.properties = input.chat?.properties ?? {}
    return { chat_id: chat.id, ...begin(licence, chat, input, { groupIds, events, invited, caller }) }
  },
)

/** Opens a new thread in an inactive chat, with the requester in it. */
export const resumeChat = method(
  'resume_chat',
  shape({ 'chat!': shape({ 'id!': text, ...initialChat, users }), ...startArguments }),
  (input: StartInput<WithUsers> & { chat: { id: string } }, caller: AgentPrincipal, { licence, files }) => {
    const chat = requireChat(licence, caller, 'rw', input.chat.id)
    requireInactive(chat)
    const groupIds = input.chat.access ? readGroups(licence, input.chat) : chat.groupIds
    const events = readInitialEvents(input.chat, files)
    const invited = readUsers(licence, input.chat.users)
    requireAuthors(events, caller, invited)
    chat.groupIds = groupIds
    chat.properties = { ...chat.properties, ...input.chat.properties }
    const customerId = chat.users.find(({ type }) => type === 'customer')?.id
    const customer = invited.customer ?? licence.customers.get(customerId ?? '')
    return begin(licence, chat, input, {
      groupIds,
      events,
      invited: { ...invited, ...(customer && { customer }) },
      caller,
    })
  },
)

interface Invited {
  readonly agents: readonly Agent[]
  readonly customer?: Customer
}

function begin(
  licence: Licence,
  chat: Chat,
  input: StartInput,
  start: {
    groupIds: readonly number[]
    events: readonly EventDraft[]
    invited: Invited
    caller: AgentPrincipal
  },
): object {
  const { groupIds, events, invited, caller } = start
  const { active = true, continuous = isContinuous(chat) } = input
  const properties = input.chat?.thread?.properties ?? {}
  const thread = openThread(licence, chat, {
    groupIds,
    properties,
    active,
    continuous,
    at: licence.nextTimestamp(),
    requesterId: caller.agent.id,
  })
  addThreadMembers(chat, thread, { ...invited, agents: [caller.agent, ...invited.agents] })
  return {
    thread_id: thread.id,
    ...addInitialEvents(licence, chat, thread, { events, requesterId: caller.agent.id }),
  }
}

function requireGroups(caller: AgentPrincipal, groupIds: readonly number[]): void {
  chatReach(caller, 'rw')
  if (coversScope(caller.scopes, 'chats--all:rw') || servesGroup(caller.agent, groupIds)) return
  throw new ApiError('missing_access', 'Missing access')
}

// Only the requester and the listed users may author initial events (docs/providers/livechat.md 3.3).
function requireAuthors(events: readonly EventDraft[], caller: AgentPrincipal, invited: Invited): void {
  const known = new Set([caller.agent.id, invited.customer?.id, ...invited.agents.map(({ id }) => id)])
  if (events.some(({ authorId }) => authorId !== undefined && !known.has(authorId))) {
    throw unprocessable('Event author is not user of the chat')
  }
}

function readUsers(licence: Licence, given: WithUsers['users'] = []): Invited {
  const agents = given.filter(({ type }) => type === 'agent').map(({ id }) => licence.agents.get(id))
  const customers = given.filter(({ type }) => type === 'customer').map(({ id }) => licence.customers.get(id))
  if (agents.length > 4 || customers.length > 1) throw unprocessable('Too many users')
  const [customer] = customers
  const known = agents.filter((agent) => agent !== undefined)
  if (known.length < agents.length || customers.some((one) => !one)) throw unprocessable('user_id not found')
  return { agents: known, ...(customer && { customer }) }
}
