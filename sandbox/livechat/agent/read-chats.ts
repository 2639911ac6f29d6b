import { lastThread } from '../store/licence.ts'
import { requireThread } from '../store/threads.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { object, reader, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { pageOfThreads, type ThreadListInput, threadListArguments } from '../v3/thread-paging.ts'
import { isWithin, readRange, type TimeRange, timeRange } from '../v3/time-range.ts'
import { requireChat } from './access.ts'
import { agentSideChat, agentSideThread, viewOf } from './chat-views.ts'

/** A chat with one thread, the newest unless another is named (docs/providers/livechat.md 3.2). */
export const getChat = method(
  'get_chat',
  shape({ 'chat_id!': text, thread_id: text }),
  (input: { chat_id: string; thread_id?: string }, caller: AgentPrincipal, { licence }) => {
    const chat = requireChat(licence, caller, 'ro', input.chat_id)
    const thread = input.thread_id === undefined ? lastThread(chat) : requireThread(chat, input.thread_id)
    return agentSideChat(viewOf(licence, caller.agent), chat, thread)
  },
)

const readFilters = reader<TimeRange>(shape(timeRange))

/**
 * Whole threads of a chat, events and all: there is no paging inside a thread
 * (docs/providers/livechat.md 3.1).
 */
export const listThreads = method(
  'list_threads',
  shape({ ...threadListArguments, filters: object }),
  (input: ThreadListInput, caller: AgentPrincipal, { licence, pageIds, switches }) => {
    const chat = requireChat(licence, caller, 'ro', input.chat_id)
    const { rows, found, links } = pageOfThreads(pageIds, 'agent', chat, input, {
      read: (value) => readRange(readFilters(value, 'filters')),
      pass: (thread, range) => isWithin(thread.createdAt, range),
    })
    return {
      threads: rows.map((thread) => agentSideThread(chat, thread, caller.agent.role)),
      found_threads: found + switches.foundDrift,
      ...links,
    }
  },
)
