import { addThreadMembers } from '../store/members.ts'
import type { Chat, Customer } from '../store/model.ts'
import {
  createChat,
  isContinuous,
  openThread,
  type Routing,
  requireInactive,
  routeThread,
} from '../store/threads.ts'
import {
  addInitialEvents,
  type InitialChat,
  initialChat,
  readGroups,
  readInitialEvents,
  type StartInput,
  startArguments,
} from '../v3/chat-input.ts'
import { shape, text } from '../v3/input.ts'
import { type Backend, method } from '../v3/method.ts'
import { requireOwnChat } from './access.ts'

/**
 * Starts the customer's chat. Routing finds an agent or a place in the queue, unless the chat is continuous
 * (docs/providers/livechat.md 1.6 and 4).
 */
export const startChat = method(
  'start_chat',
  shape({ chat: shape(initialChat), ...startArguments }),
  (input: StartInput, customer: Customer, backend) => {
    const { licence } = backend
    const begun = prepare(backend, input, { groupIds: readGroups(licence, input.chat) })
    const created = createChat(licence, {
      customerId: customer.id,
      groupIds: begun.groupIds,
      at: licence.nextTimestamp(),
    })
    created.properties = input.chat?.properties ?? {}
    return { chat_id: created.id, ...begin(backend, created, input, { ...begun, customer }) }
  },
)

/** Opens a new thread in the customer's inactive chat. */
export const resumeChat = method(
  'resume_chat',
  shape({ 'chat!': shape({ 'id!': text, ...initialChat }), ...startArguments }),
  (input: StartInput & { chat: { id: string } }, customer: Customer, backend) => {
    const { licence } = backend
    const chat = requireOwnChat(licence, customer, input.chat.id)
    requireInactive(chat)
    const groupIds = input.chat.access ? readGroups(licence, input.chat) : chat.groupIds
    const begun = prepare(backend, input, { chat, groupIds })
    chat.groupIds = groupIds
    chat.properties = { ...chat.properties, ...input.chat.properties }
    return begin(backend, chat, input, { ...begun, customer })
  },
)

/** A thread that is closed from the start. */
const unrouted: Routing = { agent: undefined, isQueued: false }

// All checks come before the first write.
function prepare(
  backend: Backend,
  { chat, active = true, continuous: mode }: StartInput<InitialChat>,
  where: { readonly chat?: Chat; readonly groupIds: readonly number[] },
) {
  const asked = chat?.access !== undefined
  const continuous = mode ?? (where.chat !== undefined && isContinuous(where.chat))
  const routing = active ? routeThread(backend, { ...where, asked, continuous }) : unrouted
  return {
    ...routing,
    groupIds: where.groupIds,
    events: readInitialEvents(chat, backend.files),
    active,
    continuous,
  }
}

function begin(
  { licence }: Backend,
  chat: Chat,
  input: StartInput,
  start: ReturnType<typeof prepare> & { readonly customer: Customer },
): object {
  const { agent, isQueued, groupIds, active, continuous, customer } = start
  const thread = openThread(licence, chat, {
    groupIds,
    properties: input.chat?.thread?.properties ?? {},
    active,
    continuous,
    isQueued,
    at: licence.nextTimestamp(),
    requesterId: customer.id,
  })
  addThreadMembers(chat, thread, { customer, agents: agent ? [agent] : [] })
  const events = start.events.map(({ authorId: _ignored, ...event }) => event)
  return {
    thread_id: thread.id,
    ...addInitialEvents(licence, chat, thread, { events, requesterId: customer.id }),
  }
}
