import { ApiError } from '../api-error.ts'
import { emitChatChange } from '../store/chat-changes.ts'
import { requireThread } from '../store/threads.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { requireChat } from './access.ts'

interface TagInput {
  readonly chat_id: string
  readonly thread_id: string
  readonly tag: string
}

const tagArguments = shape({ 'chat_id!': text, 'thread_id!': text, 'tag!': text })

/**
 * Tags a thread, open or closed, with one of the licence's tags; case counts, and tag and thread must share a group. The type of
 * the refusal is an assumption (docs/providers/livechat.md 15).
 */
export const tagThread = method(
  'tag_thread',
  tagArguments,
  (input: TagInput, caller: AgentPrincipal, { licence }): void => {
    const chat = requireChat(licence, caller, 'rw', input.chat_id)
    const thread = requireThread(chat, input.thread_id)
    const tag = licence.tags.find(({ name }) => name === input.tag)
    if (!tag?.groupIds.some((id) => thread.groupIds.includes(id))) {
      throw new ApiError('validation', 'Tag not found')
    }
    if (thread.tags.includes(input.tag)) return
    thread.tags.push(input.tag)
    emitChatChange({ action: 'thread_tagged', chat, thread, tag: input.tag })
  },
)

/** Removes a tag from a thread. A missing tag is no error. */
export const untagThread = method(
  'untag_thread',
  tagArguments,
  (input: TagInput, caller: AgentPrincipal, { licence }): void => {
    const chat = requireChat(licence, caller, 'rw', input.chat_id)
    const thread = requireThread(chat, input.thread_id)
    const at = thread.tags.indexOf(input.tag)
    if (at < 0) return
    thread.tags.splice(at, 1)
    emitChatChange({ action: 'thread_untagged', chat, thread, tag: input.tag })
  },
)
