import type { Licence } from './licence.ts'
import type { Chat, Customer } from './model.ts'
import type { MicrosTimestamp } from './timestamps.ts'

/** The counters that a customer carries on the agent side (docs/providers/livechat.md 9). */
export function customerStatistics(licence: Licence, customer: Customer) {
  const chats = licence.chatsOf(customer.id)
  const threads = chats.reduce((sum, chat) => sum + chat.threads.length, 0)
  return {
    chats_count: chats.length,
    threads_count: threads,
    visits_count: threads + 1,
    page_views_count: threads * 3 + 1,
    greetings_shown_count: 0,
    greetings_accepted_count: 0,
    tickets_count: customer.tickets.length,
  }
}

/** The time of the last message by a user of this type; undefined if there is none. */
export function lastMessageAt(chat: Chat, kind: 'agent' | 'customer'): MicrosTimestamp | undefined {
  const authors = new Set(chat.users.filter(({ type }) => type === kind).map(({ id }) => id))
  for (const thread of chat.threads.toReversed()) {
    const event = thread.events.findLast(({ authorId }) => authorId !== undefined && authors.has(authorId))
    if (event) return event.createdAt
  }
  return undefined
}
