import { hashCallerToken } from '../../domain/caller.ts'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { MessageRef } from '../../domain/model.ts'
import { emptyResponse } from '../shared/response-format.ts'
import { TtlCache } from '../shared/ttl-cache.ts'
import { hasErrorType, toChatError } from './errors.ts'
import type { MessageFinder } from './message-finder.ts'
import type { RoomApi } from './room-api.ts'
import { formatMicros } from './timestamps.ts'

/** How long the repetition of a state is not sent. */
const REPETITION_MS = 1_000
const MAX_SENDERS = 20_000

/** Customers have no request for typing, only one that shows agents their unsent text (docs/providers/livechat.md 24). */
const PLACEHOLDER = '…'

/**
 * Shows that a caller types, or has stopped. Repetitions that come too soon, and signals that LiveChat cannot take now, are
 * dropped. A change is always sent, so that the last state arrives.
 */
export class TypingSender {
  readonly #provider: string
  readonly #states = new TtlCache<boolean>(REPETITION_MS, MAX_SENDERS)

  constructor(provider: string) {
    this.#provider = provider
  }

  /**
   * A visitor's typing is shown as a placeholder, never as the visitor's text; its end is not shown, and clients end it after
   * a while. Throws ChatError.
   */
  async send(chatId: string, typing: boolean, api: RoomApi): Promise<void> {
    const { caller } = api.call
    const sender = caller.role === 'VISITOR' ? hashCallerToken(caller) : api.author
    const key = JSON.stringify([chatId, sender])
    if (this.#states.get(key) === typing) return
    this.#states.set(key, typing)
    if (api.kind === 'customer' && !typing) return
    try {
      if (api.kind === 'agent') {
        const body = { chat_id: chatId, is_typing: typing, visibility: 'all' }
        await api.write('send_typing_indicator', body, emptyResponse)
      } else {
        const body = { chat_id: chatId, sneak_peek_text: PLACEHOLDER }
        await api.write('send_sneak_peek', body, emptyResponse)
      }
    } catch (error) {
      if (!this.#isDropped(error)) throw error
    }
  }

  /** An agent that is not in the chat joins it with its first message; until then nobody sees it type. */
  #isDropped(error: unknown): boolean {
    const translated = toChatError(error, this.#provider)
    if (!(translated instanceof ChatError)) return false
    const { code } = translated
    return code === 'RATE_LIMITED' || code === 'PROVIDER_UNAVAILABLE' || hasErrorType(error, 'not_in_chat')
  }
}

/**
 * Marks the messages up to this one as seen by the caller: LiveChat takes a time, so the message is read first
 * (docs/providers/livechat.md 24). Throws NOT_FOUND for a message that the caller cannot see.
 */
export async function markSeen(ref: MessageRef, finder: MessageFinder, api: RoomApi): Promise<void> {
  const [message = null] = await finder.find([ref], api)
  if (message instanceof ChatError) throw message
  if (message === null) throw notFound('message')
  const body = { chat_id: ref.roomId, seen_up_to: formatMicros(message.position.micros) }
  await api.write('mark_events_as_seen', body, emptyResponse)
}
