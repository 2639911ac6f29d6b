import { appendEvent, deleteEvent, markSeen } from '../store/events.ts'
import { requireActiveThread } from '../store/members.ts'
import type { Customer } from '../store/model.ts'
import { endChat, requireThread } from '../store/threads.ts'
import { readEvent } from '../v3/event-input.ts'
import { flag, object, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { readTimestamp } from '../v3/time-range.ts'
import { requireOwnChat } from './access.ts'

interface SendInput {
  readonly chat_id: string
  readonly event: unknown
  readonly attach_to_last_thread?: boolean
}

/**
 * Sends an event; an inactive chat takes it only with `attach_to_last_thread`, and stays inactive
 * (docs/providers/livechat.md 4).
 */
export const sendEvent = method(
  'send_event',
  shape({ 'chat_id!': text, 'event!': object, attach_to_last_thread: flag }),
  (input: SendInput, customer: Customer, { licence, files }) => {
    const chat = requireOwnChat(licence, customer, input.chat_id)
    const { visibility: _notTheirs, ...event } = readEvent(input.event, 'event', files)
    const thread = input.attach_to_last_thread ? requireThread(chat) : requireActiveThread(chat)
    const draft = { ...event, authorId: customer.id }
    return { event_id: appendEvent(chat, thread, draft, licence.nextTimestamp()).id }
  },
)

/** Deletes one of the customer's own events. No other deletion exists (docs/providers/livechat.md 3.4). */
export const removeEvent = method(
  'delete_event',
  shape({ 'chat_id!': text, 'thread_id!': text, 'event_id!': text }),
  (
    input: { chat_id: string; thread_id: string; event_id: string },
    customer: Customer,
    { licence },
  ): void => {
    const chat = requireOwnChat(licence, customer, input.chat_id)
    deleteEvent(chat, requireThread(chat, input.thread_id), input.event_id, customer)
  },
)

/** Closes the customer's chat. */
export const deactivateChat = method(
  'deactivate_chat',
  shape({ 'id!': text }),
  (input: { id: string }, customer: Customer, { licence }): void => {
    endChat(licence, requireOwnChat(licence, customer, input.id), { customer })
  },
)

/** Advances the time up to which the customer has seen the chat. */
export const markEventsAsSeen = method(
  'mark_events_as_seen',
  shape({ 'chat_id!': text, 'seen_up_to!': text }),
  (input: { chat_id: string; seen_up_to: string }, customer: Customer, { licence }): void => {
    const chat = requireOwnChat(licence, customer, input.chat_id)
    markSeen(chat, customer.id, readTimestamp(input.seen_up_to, 'seen_up_to'))
  },
)
