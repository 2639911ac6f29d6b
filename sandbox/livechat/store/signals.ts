import { emitChatChange } from './chat-changes.ts'
import { requireActiveThread } from './members.ts'
import type { Chat, Visibility } from './model.ts'
import type { MicrosTimestamp } from './timestamps.ts'

/** Shows that an agent types, or no longer does. Nothing is stored. Throws chat_inactive; that it is needed is an assumption. */
export function showTyping(
  chat: Chat,
  typing: {
    readonly authorId: string
    readonly isTyping: boolean
    readonly visibility: Visibility
    readonly at: MicrosTimestamp
  },
): void {
  const thread = requireActiveThread(chat)
  emitChatChange({ action: 'incoming_typing_indicator', chat, thread, ...typing })
}

/** Shows agents what the customer types. Nothing is stored. Throws chat_inactive; that it is needed is an assumption. */
export function showSneakPeek(
  chat: Chat,
  peek: { readonly authorId: string; readonly text: string; readonly at: MicrosTimestamp },
): void {
  const thread = requireActiveThread(chat)
  emitChatChange({ action: 'incoming_sneak_peek', chat, thread, ...peek })
}
