import { z } from 'zod'
import { ChatError, invalidInput } from '../../../domain/errors.ts'
import type { AccountDirectory } from '../account-directory.ts'
import { hasErrorType, LiveChatError } from '../api-error.ts'
import type { RoomApi } from '../room-api.ts'
import { resumeChatResponse, sendEventResponse } from '../wire.ts'

/** A message on its way: `custom_id` is ours, and how it is found again (docs/providers/livechat.md 3.6). */
export interface NewMessageEvent {
  readonly type: 'message'
  readonly text: string
  readonly custom_id: string
  readonly visibility?: 'all'
}

/** Raw UTF-8 that a message may have (docs/providers/livechat.md 3.5). */
const MOST_BYTES = 16 * 1024

/** Throws INVALID_INPUT for a text that LiveChat would not take. */
export function assertTextLength(text: string): void {
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw invalidInput('text', 'LiveChat takes at most 16 KB of text.')
}

/** Where a posted event went: LiveChat's id for it, and its thread where the answer told. */
export interface EventLocation {
  readonly eventId: string | null
  readonly threadId: string | null
}

/**
 * A visitor's message goes into the last thread, be it active or not (docs/providers/livechat.md 4). Throws
 * LiveChatRefusal, UnreadableAnswer or UpstreamError, as the agent's does.
 */
export async function sendAsCustomer(
  side: RoomApi,
  chatId: string,
  event: NewMessageEvent,
): Promise<EventLocation> {
  const body = { chat_id: chatId, event, attach_to_last_thread: true }
  const { event_id: eventId } = await side.write('send_event', body, sendEventResponse)
  return { eventId, threadId: null }
}

/** Posts as the configured agent, who first joins where it is not in the chat, and wakes up an inactive chat. */
export class AgentMessages {
  readonly #directory: AccountDirectory
  readonly #provider: string

  constructor(directory: AccountDirectory, provider: string) {
    this.#directory = directory
    this.#provider = provider
  }

  /** `inactive` is what was just read of the chat; null where nothing was. */
  async send(
    side: RoomApi,
    chatId: string,
    event: NewMessageEvent,
    inactive: boolean | null,
  ): Promise<EventLocation> {
    if (inactive === true) return this.#resume(side, chatId, event)
    try {
      return await this.#send(side, chatId, event)
    } catch (error) {
      if (hasErrorType(error, 'chat_inactive')) return this.#resume(side, chatId, event)
      if (!hasErrorType(error, 'not_in_chat', 'authorization')) throw error
      // Who is not in the chat is told so before it is told that the chat sleeps.
      if (!(await this.#join(side, chatId, error))) return this.#resume(side, chatId, event)
    }
    return this.#send(side, chatId, event)
  }

  async #send(side: RoomApi, chatId: string, event: NewMessageEvent): Promise<EventLocation> {
    const sent = await side.write('send_event', { chat_id: chatId, event }, sendEventResponse)
    return { eventId: sent.event_id, threadId: null }
  }

  /**
   * A new thread with the message in it; the agent API attaches nothing to an inactive one
   * (docs/providers/livechat.md 3.3).
   */
  async #resume(side: RoomApi, chatId: string, event: NewMessageEvent): Promise<EventLocation> {
    const body = { chat: { id: chatId, thread: { events: [event] } } }
    const { thread_id: threadId, event_ids } = await side.write('resume_chat', body, resumeChatResponse)
    return { threadId, eventId: event_ids[0] ?? null }
  }

  /**
   * Adds the configured agent to the chat (docs/providers/livechat.md 3.6); false where the chat turns out to
   * be inactive.
   */
  async #join(side: RoomApi, chatId: string, refused: LiveChatError): Promise<boolean> {
    const own = await this.#directory.findOwnAgentId(side.call)
    if (own === null) throw refused
    const body = {
      chat_id: chatId,
      user_id: own,
      user_type: 'agent',
      visibility: 'all',
      ignore_requester_presence: true,
    }
    try {
      await side.write('add_user_to_chat', body, z.unknown())
      return true
    } catch (error) {
      if (hasErrorType(error, 'chat_inactive')) return false
      if (isFull(error)) {
        const detail = 'Another agent serves this chat, and LiveChat lets no second one answer in it.'
        throw new ChatError('CONFLICT', detail, { provider: this.#provider, cause: error })
      }
      if (hasErrorType(error, 'missing_access')) {
        const detail = 'The configured LiveChat account does not belong to the chat’s group.'
        throw new ChatError('FORBIDDEN', detail, { provider: this.#provider, cause: error })
      }
      throw error
    }
  }
}

/**
 * "Public agents in chat limit reached" was seen as a 422 of a type that nobody noted
 * (docs/providers/livechat.md 3.6).
 */
function isFull(error: unknown): boolean {
  return (
    hasErrorType(error, 'limit_reached') ||
    (error instanceof LiveChatError && error.type === 'validation' && error.status === 422)
  )
}
