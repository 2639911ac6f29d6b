import { z } from 'zod'
import type { MessageDraft } from '../../domain/adapter.ts'
import { ChatError, notFound } from '../../domain/errors.ts'
import type { IdempotentWrites, WriteAttempt } from '../../domain/idempotent-writes.ts'
import type { Message, MessageRef } from '../../domain/model.ts'
import { createClientMessageId } from '../shared/client-message-id.ts'
import { translateErrorsWith } from '../shared/error-translation.ts'
import { outcomeUnknown } from '../shared/errors.ts'
import { InFlightMap } from '../shared/in-flight-map.ts'
import type { AccountDirectory } from './account-directory.ts'
import {
  AgentMessages,
  assertTextLength,
  type EventLocation,
  type NewMessageEvent,
  sendAsCustomer,
} from './agent/agent-messages.ts'
import { getChat, listThreads } from './chat-requests.ts'
import { mayCompleteWithinMs } from './completion-time.ts'
import { toChatError } from './errors.ts'
import { visibleEvents } from './map.ts'
import type { Participants } from './participants.ts'
import { reconcileWrite } from './reconcile-write.ts'
import type { RoomApi } from './room-api.ts'
import { toMessages } from './walk-threads.ts'
import type { WireThread } from './wire.ts'

/** How many of the latest threads a repeated key is looked for in. */
const THREADS_SEARCHED = 3

/** For which licence messages are written, and with what. */
export interface MessageWriterOptions {
  readonly provider: string
  readonly participants: Participants
  readonly directory: AccountDirectory
  readonly keyedWrites: IdempotentWrites
}

/** A message to be posted under an id of ours. */
interface NewMessage {
  readonly roomId: string
  readonly text: string
  readonly customId: string
  readonly inactive: boolean | null
}

/** A posted message as the claim of its key keeps it: thread and event. */
const recordShape = z.tuple([z.string().nullable(), z.string().nullable()])

/**
 * What callers write. LiveChat answers a sent message with its id alone and recognises no repetition, so a message
 * is read back for its time. One with an idempotency key is claimed first, and searched for under its `custom_id`.
 */
export class MessageWriter {
  readonly #options: MessageWriterOptions
  readonly #agentPost: AgentMessages
  readonly #keyed = new InFlightMap<Message>()

  constructor(options: MessageWriterOptions) {
    this.#options = options
    this.#agentPost = new AgentMessages(options.directory, options.provider)
  }

  /**
   * The message as LiveChat stored it. Throws CONFLICT for a key that was used with another text. With a key, the
   * caller has to give a side that nobody's leaving ends: whoever repeats the key meanwhile joins.
   */
  async send(draft: MessageDraft, side: RoomApi): Promise<Message> {
    assertTextLength(draft.text)
    const { roomId, text, idempotencyKey } = draft
    const customId = createClientMessageId(roomId, side.call.caller.role, idempotencyKey)
    if (idempotencyKey === null) return this.#post({ roomId, text, customId, inactive: null }, side)
    const { caller } = side.call
    const sender = caller.role === 'VISITOR' ? caller.token : caller.role
    const key = JSON.stringify([roomId, idempotencyKey, sender])
    const sending = this.#keyed.join(key, () => this.#once(draft, idempotencyKey, customId, side))
    return this.#sameText(await sending, text)
  }

  async #once(
    { roomId, text }: MessageDraft,
    idempotencyKey: string,
    customId: string,
    side: RoomApi,
  ): Promise<Message> {
    const { provider, keyedWrites } = this.#options
    const guard = translateErrorsWith((error) => toChatError(error, provider))
    let sent: Message | null = null
    const record = await keyedWrites.run({
      provider,
      scope: ['sendMessage', roomId, side.call.caller.role],
      idempotencyKey,
      input: [text],
      execute: guard(async (attempt: WriteAttempt) => {
        // Keys that the store has forgotten, or never knew, are known to LiveChat.
        const latest = await this.#latestThreads(roomId, side)
        const earlier = findOwn(latest, customId, side)
        if (earlier) {
          sent = this.#sameText(await this.#read(roomId, earlier, customId, side), text)
          return encode(earlier)
        }
        attempt.assertNotReplaced()
        sent = await this.#post({ roomId, text, customId, inactive: latest[0]?.active === false }, side)
        return encode({ eventId: sent.ref.messageId, threadId: sent.ref.threadId })
      }),
      reconcile: {
        find: guard(async () => {
          const earlier = findOwn(await this.#latestThreads(roomId, side), customId, side)
          return earlier && encode(earlier)
        }),
        mayCompleteWithinMs: mayCompleteWithinMs,
      },
    })
    return sent ?? this.#read(roomId, decode(record), customId, side)
  }

  /** `inactive` is what was just read of the chat; null where nothing was. */
  async #post({ roomId, text, customId, inactive }: NewMessage, side: RoomApi): Promise<Message> {
    const event: NewMessageEvent = {
      type: 'message',
      text,
      custom_id: customId,
      ...(side.kind === 'agent' ? { visibility: 'all' } : {}),
    }
    const posted = await reconcileWrite(
      this.#options.provider,
      () =>
        side.kind === 'agent'
          ? this.#agentPost.send(side, roomId, event, inactive)
          : sendAsCustomer(side, roomId, event),
      async () => findOwn(await this.#latestThreads(roomId, side), customId, side),
    )
    return this.#read(roomId, posted, customId, side)
  }

  /** Deletes a visitor's own message (docs/providers/livechat.md 3.4). LiveChat does not tell when. */
  async delete({ roomId, threadId, messageId }: MessageRef, side: RoomApi): Promise<null> {
    const { provider } = this.#options
    if (threadId === null) throw notFound('message', provider)
    const body = { chat_id: roomId, thread_id: threadId, event_id: messageId }
    await reconcileWrite(
      provider,
      () => side.write('delete_event', body, z.unknown()),
      async () => {
        const { thread } = await getChat(side, roomId, threadId)
        const events = thread ? visibleEvents(thread, side.view) : []
        // A thread that shows nothing proves nothing.
        if (events.length === 0) return null
        return events.some(({ id, deleted }) => id === messageId && !deleted) ? null : true
      },
    )
    return null
  }

  async #latestThreads(chatId: string, side: RoomApi): Promise<readonly WireThread[]> {
    return (await listThreads(side, chatId, { limit: THREADS_SEARCHED })).threads
  }

  /** Reads back what is known to be there. Where that fails the message was sent all the same. */
  async #read(
    chatId: string,
    { eventId, threadId }: EventLocation,
    customId: string,
    side: RoomApi,
  ): Promise<Message> {
    const { provider, participants: people } = this.#options
    try {
      const { thread, users } = await getChat(side, chatId, threadId)
      people.remember(side, chatId, users)
      const own = thread && findOwn([thread], customId, side)
      const messages = thread
        ? await toMessages([thread], { provider, participants: people, chatId, api: side })
        : []
      const found = messages.find(({ ref }) => ref.messageId === (own?.eventId ?? eventId))
      if (found) return found
    } catch (error) {
      throw outcomeUnknown(provider, error)
    }
    throw outcomeUnknown(provider, new Error('a message that was sent is not in its thread'))
  }

  #sameText(stored: Message, text: string): Message {
    if (stored.text === text || stored.state === 'DELETED') return stored
    throw new ChatError('CONFLICT', 'This idempotency key was used with another text.', {
      field: 'idempotencyKey',
      provider: this.#options.provider,
    })
  }
}

/** The event that was written under an id of ours, in whichever of the threads. */
function findOwn(threads: readonly WireThread[], customId: string, side: RoomApi): EventLocation | null {
  for (const thread of threads) {
    const event = visibleEvents(thread, side.view).find(({ custom_id }) => custom_id === customId)
    if (event) return { eventId: event.id, threadId: thread.id }
  }
  return null
}

function encode({ eventId, threadId }: EventLocation): string {
  return JSON.stringify([threadId, eventId])
}

function decode(record: string): EventLocation {
  const [threadId, eventId] = recordShape.parse(JSON.parse(record))
  return { threadId, eventId }
}
