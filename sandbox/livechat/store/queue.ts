import { emitChatChange } from './chat-changes.ts'
import { activeThread, type Licence } from './licence.ts'
import { requireActiveThread } from './members.ts'
import type { Chat, Thread } from './model.ts'
import type { MicrosTimestamp } from './timestamps.ts'

/** Seconds that each chat in the queue adds to the wait. */
const WAIT_PER_CHAT_SECONDS = 60

/** The position behind the last chat of the queue. */
export function lastPosition(licence: Licence): number {
  return [...licence.chats.values()].filter((chat) => activeThread(chat)?.queue).length + 1
}

/** Puts a thread at a position of the queue, 1 is the first. It keeps the time since which it waits. */
export function setPosition(thread: Thread, position: number, at: MicrosTimestamp): void {
  const waitSeconds = position * WAIT_PER_CHAT_SECONDS
  thread.queue = { position, waitSeconds, queuedAt: thread.queue?.queuedAt ?? at }
}

/** Moves a chat in the queue, or puts it there. Throws chat_inactive. */
export function moveInQueue(chat: Chat, position: number, at: MicrosTimestamp): void {
  const thread = requireActiveThread(chat)
  setPosition(thread, position, at)
  emitChatChange({ action: 'queue_positions_updated', chat, thread })
}

/** Does `work`. If it takes the chat out of the queue, those behind it move up. */
export function leavingQueue<Result>(licence: Licence, chat: Chat, work: () => Result): Result {
  const place = activeThread(chat)?.queue
  const result = work()
  if (!place || activeThread(chat)?.queue) return result
  for (const other of licence.chats.values()) {
    const queue = activeThread(other)?.queue
    if (queue && queue.position > place.position) moveInQueue(other, queue.position - 1, queue.queuedAt)
  }
  return result
}
