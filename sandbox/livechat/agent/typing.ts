import type { Visibility } from '../store/model.ts'
import { showTyping } from '../store/signals.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { flag, oneOf, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { requireChat } from './access.ts'

interface TypingInput {
  readonly chat_id: string
  readonly is_typing: boolean
  readonly visibility?: Visibility
}

/** Shows that the requester types. Nobody ends or repeats the indicator (docs/providers/livechat.md 24). */
export const sendTypingIndicator = method(
  'send_typing_indicator',
  shape({ 'chat_id!': text, 'is_typing!': flag, visibility: oneOf('all', 'agents') }),
  (input: TypingInput, caller: AgentPrincipal, { licence }): void => {
    showTyping(requireChat(licence, caller, 'rw', input.chat_id), {
      authorId: caller.agent.id,
      isTyping: input.is_typing,
      visibility: input.visibility ?? 'all',
      at: licence.nextTimestamp(),
    })
  },
)
