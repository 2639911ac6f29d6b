import { lastThread } from '../store/licence.ts'
import type { Customer } from '../store/model.ts'
import { requireThread } from '../store/threads.ts'
import { shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { type PageInput, pageArguments } from '../v3/paging.ts'
import { pageOfThreads, type ThreadListInput, threadListArguments } from '../v3/thread-paging.ts'
import { requireOwnChat } from './access.ts'
import { customerSideChat, customerSideSummary, customerSideThread } from './views.ts'

/**
 * The customer's chats by the time of their last thread, 10 by default and 25 at most, without filters
 * (docs/providers/livechat.md 4).
 */
export const listChats = method(
  'list_chats',
  shape(pageArguments(25)),
  (input: PageInput, customer: Customer, { licence, pageIds, switches }) => {
    const { rows, found, links } = pageIds.page({
      list: `customer/list_chats/${customer.id}`,
      input,
      defaultLimit: 10,
      readFilters: () => undefined,
      select: () => licence.chatsOf(customer.id),
      position: (chat) => [lastThread(chat)?.createdAt ?? chat.createdAt, chat.id],
    })
    return {
      [switches.chatFieldNames === '3.6' ? 'chats_summary' : 'chats_info']: rows.map((chat) =>
        customerSideSummary(licence, chat),
      ),
      total_chats: found + switches.foundDrift,
      ...links,
    }
  },
)

/** Whole threads of the customer's chat. */
export const listThreads = method(
  'list_threads',
  shape(threadListArguments),
  (input: ThreadListInput, customer: Customer, { licence, pageIds, switches }) => {
    const chat = requireOwnChat(licence, customer, input.chat_id)
    const { rows, found, links } = pageOfThreads(pageIds, 'customer', chat, input, {
      read: () => undefined,
      pass: () => true,
    })
    return {
      threads: rows.map((thread) => customerSideThread(licence, chat, thread)),
      found_threads: found + switches.foundDrift,
      ...links,
    }
  },
)

/** The customer's chat with one thread, the newest unless another is named. */
export const getChat = method(
  'get_chat',
  shape({ 'chat_id!': text, thread_id: text }),
  (input: { chat_id: string; thread_id?: string }, customer: Customer, { licence }) => {
    const chat = requireOwnChat(licence, customer, input.chat_id)
    const thread = input.thread_id === undefined ? lastThread(chat) : requireThread(chat, input.thread_id)
    return customerSideChat(licence, chat, thread)
  },
)
