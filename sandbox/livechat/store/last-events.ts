import type { Chat, StoredEvent, Thread } from './model.ts'

/** The newest event of each type in the chat, of those that `visible` lets through. */
export function newestPerType(
  chat: Chat,
  visible: (event: StoredEvent) => boolean,
): Map<string, { thread: Thread; event: StoredEvent }> {
  const newest = new Map<string, { thread: Thread; event: StoredEvent }>()
  for (const thread of chat.threads) {
    for (const event of thread.events) {
      if (visible(event)) newest.set(event.type, { thread, event })
    }
  }
  return newest
}
