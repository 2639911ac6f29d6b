import { ApiError } from '../api-error.ts'
import { emitChatChange } from './chat-changes.ts'
import { lastThread } from './licence.ts'
import type { Chat, Customer, EventDraft, StoredEvent, Thread, Visibility } from './model.ts'
import type { MicrosTimestamp } from './timestamps.ts'

/**
 * Appends an event to a thread under the next id `<THREAD>_<n>` (docs/providers/livechat.md 9), seen by its author.
 * `isInitial`: the thread begins with it.
 */
export function appendEvent(
  chat: Chat,
  thread: Thread,
  draft: EventDraft,
  at: MicrosTimestamp,
  isInitial = false,
): StoredEvent {
  thread.lastNumber += 1
  const event: StoredEvent = {
    ...draft,
    id: `${thread.id}_${thread.lastNumber}`,
    createdAt: at,
    visibility: draft.visibility ?? 'all',
    deleted: false,
  }
  thread.events.push(event)
  const author = chat.users.find(({ id }) => id === draft.authorId)
  if (author) {
    author.seenUpTo = at
    if (event.visibility === 'all') noteReply(thread, author.type)
  }
  emitChatChange({ action: 'incoming_event', chat, thread, event, isInitial })
  return event
}

/** Appends a system message: without author, counted like any event (docs/providers/livechat.md 3.5). */
export function appendSystemMessage(
  chat: Chat,
  thread: Thread,
  message: {
    readonly type: string
    readonly text: string
    readonly vars?: Readonly<Record<string, string>>
    readonly visibility?: Visibility
  },
  at: MicrosTimestamp,
): StoredEvent {
  const { type, text, vars, visibility = 'all' } = message
  const fields = { system_message_type: type, text, ...(vars && { text_vars: vars }) }
  return appendEvent(chat, thread, { type: 'system_message', visibility, fields }, at)
}

/** Counts a hidden event, so that visible ids have gaps (docs/providers/livechat.md 9). */
export function skipEventId(thread: Thread): void {
  thread.lastNumber += 1
}

/** Sets names in the `routing` namespace of a thread. */
export function setRouting(thread: Thread, routing: Readonly<Record<string, unknown>>): void {
  thread.properties = { ...thread.properties, routing: { ...thread.properties['routing'], ...routing } }
}

function noteReply(thread: Thread, author: 'agent' | 'customer'): void {
  setRouting(thread, { unreplied: author === 'customer' })
}

/**
 * Deletes a customer's own event: removed for customers, marked for agents (docs/providers/livechat.md 3.4).
 * Whether an agent's event may be deleted is an open question (docs/providers/livechat.md 11.5); here it may not.
 * Throws not_found or authorization.
 */
export function deleteEvent(chat: Chat, thread: Thread, eventId: string, customer: Customer): void {
  const event = thread.events.find(({ id }) => id === eventId)
  if (!event || event.deleted || event.visibility === 'agents') {
    throw new ApiError('not_found', 'Event not found')
  }
  if (event.authorId !== customer.id) {
    throw new ApiError('authorization', 'Requester is not the author of the event')
  }
  event.deleted = true
  emitChatChange({ action: 'event_deleted', chat, thread, event })
}

/** Gives an event other fields, as the platform does. Returns the new version, which takes the place of the old one. */
export function updateEvent(
  chat: Chat,
  thread: Thread,
  event: StoredEvent,
  fields: StoredEvent['fields'],
): StoredEvent {
  const updated = { ...event, fields }
  thread.events.splice(thread.events.indexOf(event), 1, updated)
  emitChatChange({ action: 'event_updated', chat, thread, event: updated })
  return updated
}

/** Advances the time up to which a user has seen a chat. It never goes back. */
export function markSeen(chat: Chat, userId: string, seenUpTo: MicrosTimestamp): void {
  const user = chat.users.find(({ id }) => id === userId)
  if (!user) throw new ApiError('authorization', 'Requester is not user of the chat')
  user.seenUpTo = Math.max(user.seenUpTo ?? 0, seenUpTo)
  const thread = lastThread(chat)
  if (!thread) return
  emitChatChange({ action: 'events_marked_as_seen', chat, thread, userId, seenUpTo: user.seenUpTo })
}
