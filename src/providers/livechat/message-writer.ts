import { z } from 'zod'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { IdempotentWrites, WriteAttempt } from '../../domain/idempotent-writes.ts'
import type { MessageDraft } from '../../domain/messages.ts'
import type { Message, MessageRef, MessageVisibility } from '../../domain/model.ts'
import { createClientMessageId } from '../shared/client-message-id.ts'
import { translateErrorsWith } from '../shared/error-translation.ts'
import { InFlightMap } from '../shared/in-flight-map.ts'
import { emptyResponse } from '../shared/response-format.ts'
import type { AgentMessages } from './agent/agent-messages.ts'
import { getChat } from './chat-requests.ts'
import { mayCompleteWithinMs } from './completion-time.ts'
import { sendAsCustomer } from './customer/customer-messages.ts'
import { hasErrorType, toChatError } from './errors.ts'
import { visibleEvents } from './map.ts'
import { assertTextLength, type EventLocation, type NewMessageEvent } from './outgoing-message.ts'
import type { Participants } from './participants.ts'
import { reconcileWrite } from './reconcile-write.ts'
import type { RoomApi } from './room-api.ts'
import { findByCustomId, listLatestThreads, readSentMessage } from './sent-events.ts'
import type { WireEvent } from './wire.ts'

export interface MessageWriterOptions {
  readonly provider: string
  readonly participants: Participants
  readonly agentMessages: AgentMessages
  readonly idempotentWrites: IdempotentWrites
}

interface NewMessage {
  readonly roomId: string
  readonly text: string
  readonly visibility: MessageVisibility
  readonly customId: string
  /** The chat's state if it was just read, else null. */
  readonly isInactive: boolean | null
}

/** The stored record of an idempotent write: thread and event. */
const recordSchema = z.tuple([z.string().nullable(), z.string().nullable()])

/**
 * Sends and deletes messages. LiveChat responds to a new message with its id only, so the message is read back for its
 * time. LiveChat does not recognize repeated requests, so a message with an idempotency key is recorded first, and
 * searched for by its `custom_id`.
 */
export class MessageWriter {
  readonly #options: MessageWriterOptions
  readonly #keyedSends = new InFlightMap<Message>()

  constructor(options: MessageWriterOptions) {
    this.#options = options
  }

  /**
   * Sends a message and returns it as LiveChat stored it. Throws CONFLICT for a key that was used with another text or visibility.
   * With a key, no caller's disconnect may abort `api`: callers that repeat the key meanwhile share the send.
   */
  async send(draft: MessageDraft, api: RoomApi): Promise<Message> {
    assertTextLength(draft.text)
    const { roomId, text, idempotencyKey, visibility = 'EVERYONE' } = draft
    const { caller } = api.call
    const customId = createClientMessageId(roomId, api.author, idempotencyKey)
    if (idempotencyKey === null) {
      return this.#sendNew({ roomId, text, visibility, customId, isInactive: null }, api)
    }
    const sender = caller.role === 'VISITOR' ? caller.token : api.author
    const key = JSON.stringify([roomId, idempotencyKey, sender])
    const message = await this.#keyedSends.join(key, () =>
      this.#sendOnce(draft, idempotencyKey, customId, api),
    )
    return this.#assertSame(message, draft)
  }

  async #sendOnce(
    draft: MessageDraft,
    idempotencyKey: string,
    customId: string,
    api: RoomApi,
  ): Promise<Message> {
    const { roomId, text, visibility = 'EVERYONE' } = draft
    const { provider, idempotentWrites } = this.#options
    const translateErrors = translateErrorsWith((error) => toChatError(error, provider))
    let sent: Message | null = null
    const record = await idempotentWrites.run({
      provider,
      scope: ['sendMessage', roomId, api.author],
      idempotencyKey,
      // Messages for everyone add nothing, because keys of earlier versions do not.
      input: visibility === 'EVERYONE' ? [text] : [text, visibility],
      execute: translateErrors(async (attempt: WriteAttempt) => {
        // LiveChat still has the messages of keys that are no longer, or never were, in the store.
        const threads = await listLatestThreads(roomId, api)
        const earlier = findByCustomId(threads, customId, api)
        if (earlier) {
          sent = this.#assertSame(await this.#readBack(roomId, earlier, customId, api), draft)
          return encodeRecord(earlier)
        }
        attempt.assertNotReplaced()
        const isInactive = threads[0]?.active === false
        sent = await this.#sendNew({ roomId, text, visibility, customId, isInactive }, api)
        return encodeRecord({ eventId: sent.ref.messageId, threadId: sent.ref.threadId })
      }),
      reconcile: {
        find: translateErrors(async () => {
          const earlier = findByCustomId(await listLatestThreads(roomId, api), customId, api)
          return earlier && encodeRecord(earlier)
        }),
        mayCompleteWithinMs,
      },
    })
    return sent ?? this.#readBack(roomId, decodeRecord(record), customId, api)
  }

  async #sendNew(message: NewMessage, api: RoomApi): Promise<Message> {
    const { roomId, text, visibility, customId, isInactive } = message
    const event: NewMessageEvent = {
      type: 'message',
      text,
      custom_id: customId,
      ...(api.kind === 'agent' ? { visibility: visibility === 'AGENTS' ? 'agents' : 'all' } : {}),
    }
    const location = await reconcileWrite({
      provider: this.#options.provider,
      write: () =>
        api.kind === 'agent'
          ? this.#options.agentMessages.send(api, roomId, event, isInactive)
          : sendAsCustomer(api, roomId, event),
      readBack: async () => findByCustomId(await listLatestThreads(roomId, api), customId, api),
    })
    return this.#readBack(roomId, location, customId, api)
  }

  /** Deletes a visitor's own message (docs/providers/livechat.md 3.4). LiveChat does not say when it was deleted. */
  async delete({ roomId, threadId, messageId }: MessageRef, api: RoomApi): Promise<null> {
    const { provider } = this.#options
    if (threadId === null) throw notFound('message', provider)
    const body = { chat_id: roomId, thread_id: threadId, event_id: messageId }
    const readEvents = async () => {
      const { thread } = await getChat(api, roomId, threadId)
      return thread ? visibleEvents(thread, api.view) : []
    }
    const isAmong = (events: readonly WireEvent[]) =>
      events.some(({ id, deleted }) => id === messageId && !deleted)
    try {
      await reconcileWrite<unknown>({
        provider,
        write: () => api.write('delete_event', body, emptyResponse),
        readBack: async () => {
          const events = await readEvents()
          // A thread without visible events proves nothing.
          return events.length === 0 || isAmong(events) ? null : true
        },
      })
    } catch (error) {
      if (hasErrorType(error, 'not_found')) throw notFound('message', provider)
      // LiveChat may refuse a note otherwise than an absent message, which would show that there is one.
      const isRefused = hasErrorType(error, 'authorization', 'validation')
      throw isRefused && !isAmong(await readEvents()) ? notFound('message', provider) : error
    }
    return null
  }

  #readBack(chatId: string, location: EventLocation, customId: string, api: RoomApi): Promise<Message> {
    return readSentMessage({ chatId, location, customId }, this.#options, api)
  }

  #assertSame(stored: Message, { text, visibility = 'EVERYONE' }: MessageDraft): Message {
    const isSameText = stored.text === text || stored.state === 'DELETED'
    if (isSameText && stored.visibility === visibility) return stored
    throw new ChatError('CONFLICT', 'This idempotency key was used with another text or visibility.', {
      field: 'idempotencyKey',
      provider: this.#options.provider,
    })
  }
}

function encodeRecord({ eventId, threadId }: EventLocation): string {
  return JSON.stringify([threadId, eventId])
}

function decodeRecord(record: string): EventLocation {
  const [threadId, eventId] = recordSchema.parse(JSON.parse(record))
  return { threadId, eventId }
}
