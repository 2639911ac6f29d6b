import { ApiError, unprocessable } from '../api-error.ts'
import { emitChatChange, onChatChange } from './chat-changes.ts'
import { appendSystemMessage, setRouting } from './events.ts'
import { activeThread, type Licence, lastThread } from './licence.ts'
import { presentAgents, requireActiveThread } from './members.ts'
import type { Agent, Chat, Customer, Properties, Thread } from './model.ts'
import { lastPosition, leavingQueue, setPosition } from './queue.ts'
import { hasAcceptingAgent, isFree, type Rules, routeToAgent } from './routing.ts'
import type { MicrosTimestamp } from './timestamps.ts'

/** How a new thread begins. */
export interface ThreadStart {
  readonly groupIds: readonly number[]
  readonly properties?: Properties
  /** False makes a thread that is closed from the start. */
  readonly active: boolean
  readonly continuous: boolean
  /** Whether it waits at the end of the queue; false by default. */
  readonly isQueued?: boolean
  readonly at: MicrosTimestamp
  /** The user that opens it; absent for routing. */
  readonly requesterId?: string
}

/**
 * A chat without threads. Throws limit_reached for a customer who has one: threads accumulate in it
 * (docs/providers/livechat.md 19).
 */
export function createChat(
  licence: Licence,
  start: { readonly customerId?: string; readonly groupIds: readonly number[]; readonly at: MicrosTimestamp },
): Chat {
  if (start.customerId !== undefined && licence.chatsOf(start.customerId).length > 0) {
    throw new ApiError('limit_reached', 'Chats limit reached')
  }
  const chat: Chat = {
    id: licence.newShortId('R'),
    createdAt: start.at,
    users: [],
    threads: [],
    followerIds: new Set(),
    properties: {},
    groupIds: start.groupIds,
  }
  onChatChange(chat, (change) => void licence.changes.emit('change', change))
  licence.chats.set(chat.id, chat)
  if (start.customerId !== undefined) licence.assignChat(start.customerId, chat)
  return chat
}

/** Throws 422 for a chat that has an active thread: there is never more than one (docs/providers/livechat.md 9). */
export function requireInactive(chat: Chat): void {
  if (activeThread(chat)) throw unprocessable('Chat is already active')
}

/** True if the chat's newest thread is continuous; a chat that is resumed keeps its mode unless told otherwise. */
export function isContinuous(chat: Chat): boolean {
  return lastThread(chat)?.properties['routing']?.['continuous'] === true
}

/** Opens a new thread in a chat without an active one. Throws 422 where one is active. */
export function openThread(licence: Licence, chat: Chat, start: ThreadStart): Thread {
  requireInactive(chat)
  const thread: Thread = {
    id: licence.newShortId('R'),
    createdAt: start.at,
    groupIds: start.groupIds,
    userIds: [],
    events: [],
    tags: [],
    active: start.active,
    properties: start.properties ?? {},
    lastNumber: 0,
  }
  setRouting(thread, {
    continuous: start.continuous,
    idle: false,
    unreplied: false,
    unassigned: true,
    pinned: start.active,
  })
  if (start.isQueued === true) setPosition(thread, lastPosition(licence), start.at)
  chat.threads.push(thread)
  chat.followerIds.clear()
  emitChatChange({ action: 'incoming_chat', chat, thread, requesterId: start.requesterId ?? null })
  return thread
}

/** Where routing puts a customer's thread: an agent serves it, or it waits in the queue, or neither. */
export interface Routing {
  readonly agent: Agent | undefined
  readonly isQueued: boolean
}

/**
 * Finds an agent for a customer's thread, preferably the last one, or a place in the queue while all who accept chats are full.
 * Throws groups_offline, or group_offline where groups were asked for, if nobody accepts chats and the chat is not continuous
 * (docs/providers/livechat.md 4 and 14).
 */
export function routeThread(
  { licence }: Rules,
  want: {
    readonly chat?: Chat
    readonly groupIds: readonly number[]
    readonly asked: boolean
    readonly continuous: boolean
  },
): Routing {
  const before = want.chat?.users.findLast(({ type }) => type === 'agent')
  const familiar = before && licence.agents.get(before.id)
  const agent = familiar && isFree(licence, familiar) ? familiar : routeToAgent(licence, want.groupIds)
  if (agent) return { agent, isQueued: false }
  if (hasAcceptingAgent(licence, want.groupIds)) return { agent: undefined, isQueued: true }
  if (want.continuous) return { agent: undefined, isQueued: false }
  throw want.asked
    ? new ApiError('group_offline', 'Group is offline')
    : new ApiError('groups_offline', 'All groups are offline')
}

/** The closer of a chat: a user, or LiveChat after some minutes of silence. */
export type Closer =
  | { readonly agent: Agent }
  | { readonly customer: Customer }
  | { readonly silentMinutes: number }

/** Closes the active thread, with the system message that says who did. Throws chat_inactive. */
export function closeThread(chat: Chat, closer: Closer, at: MicrosTimestamp): Thread {
  const thread = requireActiveThread(chat)
  appendSystemMessage(chat, thread, closingMessage(closer), at)
  thread.active = false
  delete thread.queue
  for (const agent of presentAgents(chat)) agent.present = false
  setRouting(thread, { pinned: false })
  emitChatChange({ action: 'chat_deactivated', chat, thread, userId: closerId(closer) })
  return thread
}

/** Closes the active thread now, and mails the transcript if one was requested (docs/providers/livechat.md 23). */
export function endChat(licence: Licence, chat: Chat, closer: Closer): void {
  const thread = leavingQueue(licence, chat, () => closeThread(chat, closer, licence.nextTimestamp()))
  const email = thread.properties['routing']?.['transcript_email']
  if (typeof email !== 'string') return
  const text = `Transcript was sent to ${email}`
  const message = { type: 'transcript_sent', text, vars: { email } }
  appendSystemMessage(chat, thread, message, licence.nextTimestamp())
}

/** The thread by its id, or the newest one without. Throws not_found. */
export function requireThread(chat: Chat, threadId?: string): Thread {
  const thread = threadId === undefined ? lastThread(chat) : chat.threads.find(({ id }) => id === threadId)
  if (!thread) throw new ApiError('not_found', 'Thread not found')
  return thread
}

/** Null where routing closed it. */
function closerId(closer: Closer): string | null {
  if ('silentMinutes' in closer) return null
  return 'agent' in closer ? closer.agent.id : closer.customer.id
}

function closingMessage(closer: Closer) {
  if ('silentMinutes' in closer) {
    const duration = String(closer.silentMinutes)
    const text = `Chat archived due to ${duration} minutes of inactivity`
    return { type: 'routing.archived_inactive', text, vars: { duration } }
  }
  if ('agent' in closer) {
    const { name } = closer.agent
    return { type: 'manual_archived_agent', text: `${name} archived the chat`, vars: { agent: name } }
  }
  const customer = closer.customer.name ?? 'Customer'
  return { type: 'manual_archived_customer', text: `${customer} archived the chat`, vars: { customer } }
}
