import type { Customer } from '../store/model.ts'
import { showSneakPeek } from '../store/signals.ts'
import { shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { requireOwnChat } from './access.ts'

interface SneakPeekInput {
  readonly chat_id: string
  readonly sneak_peek_text: string
}

/** Shows agents what the customer types; customers have no other sign of typing (docs/providers/livechat.md 24). */
export const sendSneakPeek = method(
  'send_sneak_peek',
  shape({ 'chat_id!': text, 'sneak_peek_text!': { type: 'string' } }),
  (input: SneakPeekInput, customer: Customer, { licence }): void => {
    showSneakPeek(requireOwnChat(licence, customer, input.chat_id), {
      authorId: customer.id,
      text: input.sneak_peek_text,
      at: licence.nextTimestamp(),
    })
  },
)
