import type { Chat, Properties, StoredEvent, Thread, Visibility } from './model.ts'
import type { MicrosTimestamp } from './timestamps.ts'

/** A change of a chat, named after its webhook or push (docs/providers/livechat.md 7.1 and 12.3). */
export type ChatChange = { readonly chat: Chat; readonly thread: Thread } & (
  | { readonly action: 'incoming_chat'; readonly requesterId: string | null }
  | { readonly action: 'chat_access_updated' }
  /** `isInitial`: the thread began with the event. */
  | { readonly action: 'incoming_event'; readonly event: StoredEvent; readonly isInitial: boolean }
  | { readonly action: 'event_updated' | 'event_deleted'; readonly event: StoredEvent }
  /** `userId` is null where routing closed it. */
  | { readonly action: 'chat_deactivated'; readonly userId: string | null }
  | ({ readonly action: 'user_added_to_chat' | 'user_removed_from_chat' } & Membership)
  | ({ readonly action: 'chat_transferred' } & Transferred)
  | { readonly action: 'thread_tagged' | 'thread_untagged'; readonly tag: string }
  | { readonly action: 'thread_properties_updated'; readonly properties: Properties }
  | { readonly action: 'thread_properties_deleted'; readonly names: PropertyNames }
  | { readonly action: 'events_marked_as_seen'; readonly userId: string; readonly seenUpTo: MicrosTimestamp }
  | { readonly action: 'queue_positions_updated' }
  | ({ readonly action: 'incoming_typing_indicator' } & Typing)
  | ({ readonly action: 'incoming_sneak_peek' } & SneakPeek)
)

/** Deleted properties: namespace to names. */
export type PropertyNames = Readonly<Record<string, readonly string[]>>

interface Membership {
  readonly userId: string
  readonly requesterId: string
  /** Whether customers see the user. */
  readonly visibility: Visibility
}

interface Transferred {
  readonly requesterId: string
  readonly from: { readonly groupIds: readonly number[]; readonly agentIds: readonly string[] }
}

interface Typing {
  readonly authorId: string
  readonly isTyping: boolean
  readonly visibility: Visibility
  readonly at: MicrosTimestamp
}

interface SneakPeek {
  readonly authorId: string
  readonly text: string
  readonly at: MicrosTimestamp
}

/** The webhooks that the sandbox sends. Typing, sneak peeks and places in the queue have none. */
export const webhookActions: readonly ChatChange['action'][] = [
  'incoming_chat',
  'incoming_event',
  'event_updated',
  'event_deleted',
  'chat_deactivated',
  'user_added_to_chat',
  'user_removed_from_chat',
  'chat_transferred',
  'chat_access_updated',
  'thread_tagged',
  'thread_untagged',
  'thread_properties_updated',
  'thread_properties_deleted',
  'events_marked_as_seen',
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
