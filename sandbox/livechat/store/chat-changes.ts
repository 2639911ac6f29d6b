import type { Chat, StoredEvent, Thread } from './model.ts'

/**
 * What happened in a chat, under the names of the webhooks that tell of it (docs/providers/livechat.md 7.1).
 */
export type ChatChange = { readonly chat: Chat; readonly thread: Thread } & (
  | { readonly action: 'incoming_chat' }
  | { readonly action: 'incoming_event' | 'event_deleted'; readonly event: StoredEvent }
  /** `userId` is null where routing closed it. */
  | { readonly action: 'chat_deactivated'; readonly userId: string | null }
  | { readonly action: 'user_added_to_chat'; readonly userId: string; readonly requesterId: string }
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
  'chat_transferred',
  'thread_tagged',
  'thread_untagged',
]

/** Kept beside the chats and not in them: a chat is plain data. */
const listeners = new WeakMap<Chat, (happening: ChatChange) => void>()

/** Lets `listener` hear of all that happens in a chat. */
export function onChatChange(chat: Chat, listener: (happening: ChatChange) => void): void {
  listeners.set(chat, listener)
}

/** Tells of what happened in a chat, after the write. */
export function emitChatChange(happening: ChatChange): void {
  listeners.get(happening.chat)?.(happening)
}
