import type { Chat, StoredEvent, Thread } from './model.ts'

/** A change of a chat, named after its webhook (docs/providers/livechat.md 7.1). */
export type ChatChange = { readonly chat: Chat; readonly thread: Thread } & (
  | { readonly action: 'incoming_chat' | 'chat_access_updated' }
  | { readonly action: 'incoming_event' | 'event_deleted'; readonly event: StoredEvent }
  /** `userId` is null where routing closed it. */
  | { readonly action: 'chat_deactivated'; readonly userId: string | null }
  | { readonly action: 'user_added_to_chat'; readonly userId: string; readonly requesterId: string }
  | { readonly action: 'user_removed_from_chat'; readonly userId: string; readonly requesterId: string }
  | { readonly action: 'chat_transferred'; readonly requesterId: string }
  | { readonly action: 'thread_tagged' | 'thread_untagged'; readonly tag: string }
)

/** The webhooks that the sandbox sends. */
export const webhookActions: readonly ChatChange['action'][] = [
  'incoming_chat',
  'incoming_event',
  'event_deleted',
  'chat_deactivated',
  'user_added_to_chat',
  'user_removed_from_chat',
  'chat_transferred',
  'chat_access_updated',
  'thread_tagged',
  'thread_untagged',
]

/** Stored apart from the chats, which are plain data. */
const listeners = new WeakMap<Chat, (change: ChatChange) => void>()

/** Calls `listener` with every change of a chat. */
export function onChatChange(chat: Chat, listener: (change: ChatChange) => void): void {
  listeners.set(chat, listener)
}

/** Emits a change of a chat, after the write. */
export function emitChatChange(change: ChatChange): void {
  listeners.get(change.chat)?.(change)
}
