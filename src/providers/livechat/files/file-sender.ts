import { z } from 'zod'
import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError, FileRejected } from '../../../domain/errors.ts'
import type { FileDraft, SentFile } from '../../../domain/files.ts'
import type { IdempotentWrites, WriteAttempt } from '../../../domain/idempotent-writes.ts'
import type { MessageDraft } from '../../../domain/messages.ts'
import type { Message } from '../../../domain/model.ts'
import { createClientMessageId } from '../../shared/client-message-id.ts'
import { translateErrorsWith } from '../../shared/error-translation.ts'
import { limitBody } from '../../shared/limited-body.ts'
import { toMultipart } from '../../shared/multipart.ts'
import { detach } from '../../shared/request-options.ts'
import type { AgentMessages } from '../agent/agent-messages.ts'
import { mayCompleteWithinMs } from '../completion-time.ts'
import { sendAsCustomer } from '../customer/customer-messages.ts'
import { hasErrorType, toChatError } from '../errors.ts'
import { assertTextLength, type EventLocation, type NewMessageEvent } from '../outgoing-message.ts'
import type { Participants } from '../participants.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { RoomApi } from '../room-api.ts'
import { findByCustomId, listLatestThreads, readSentMessage } from '../sent-events.ts'
import { uploadFileResponse } from '../wire.ts'

export interface FileSenderOptions {
  readonly provider: string
  readonly participants: Participants
  readonly idempotentWrites: IdempotentWrites
  readonly agentMessages: AgentMessages
  readonly roomApiFor: (call: CallContext) => RoomApi
  /** Sends the text of a file. */
  readonly sendMessage: (draft: MessageDraft, api: RoomApi) => Promise<Message>
}

/** LiveChat's limit on uploads (docs/providers/livechat.md 22). */
const MAX_BYTES = 10 * 1024 * 1024

/** The stored record of an idempotent write: thread and event. */
const recordSchema = z.tuple([z.string().nullable(), z.string().nullable()])

/** A file with the id that its event is found by. */
interface NewFile extends FileDraft {
  readonly customId: string
}

/**
 * Sends files: the content first, which has no effect by itself, then the event that shows it. Events have no text next to
 * a file, so a text follows as a message of its own.
 */
export class FileSender {
  readonly #options: FileSenderOptions

  constructor(options: FileSenderOptions) {
    this.#options = options
  }

  /** Throws FileRejected, ChatError, LiveChatError, UnreadableResponse or UpstreamError. */
  async send(draft: FileDraft, call: CallContext): Promise<SentFile> {
    const { size, text, roomId, idempotencyKey } = draft
    if (size !== null && size > MAX_BYTES) throw this.#tooLarge()
    if (text !== null) assertTextLength(text)
    const { author } = this.#options.roomApiFor(call)
    const customId = createClientMessageId(roomId, `${author} file`, idempotencyKey)
    const file = { ...draft, customId }
    const message =
      idempotencyKey === null
        ? await this.#sendNew(file, call)
        : await this.#sendOnce(file, idempotencyKey, call)
    return { message, textError: text === null ? null : await this.#sendText(text, draft, call) }
  }

  async #sendOnce(file: NewFile, idempotencyKey: string, call: CallContext): Promise<Message> {
    const { provider, idempotentWrites, roomApiFor } = this.#options
    const { roomId, name, contentType, size, text, customId } = file
    const api = roomApiFor(detach(call))
    const translateErrors = translateErrorsWith((error) => toChatError(error, provider))
    let sent: Message | null = null
    const record = await idempotentWrites.run({
      provider,
      scope: ['sendFile', roomId, api.author],
      idempotencyKey,
      input: [name, contentType, size === null ? null : String(size), text],
      execute: translateErrors(async (attempt: WriteAttempt) => {
        sent = await this.#sendNew(file, call, attempt)
        return JSON.stringify([sent.ref.threadId, sent.ref.messageId])
      }),
      reconcile: {
        find: translateErrors(async () => {
          const earlier = findByCustomId(await listLatestThreads(roomId, api), customId, api)
          return earlier && JSON.stringify([earlier.threadId, earlier.eventId])
        }),
        mayCompleteWithinMs,
      },
    })
    if (sent) return sent
    const [threadId, eventId] = recordSchema.parse(JSON.parse(record))
    return this.#readBack(file, { threadId, eventId }, api)
  }

  /** The read of the chat comes first: it is the proof of access, and LiveChat still has the files of earlier attempts. */
  async #sendNew(file: NewFile, call: CallContext, attempt: WriteAttempt | null = null): Promise<Message> {
    const { provider, agentMessages, roomApiFor } = this.#options
    const { roomId, customId } = file
    const threads = await listLatestThreads(roomId, roomApiFor(call))
    // The file is at LiveChat then: neither a disconnect nor the end of the operation's time may leave it without an event.
    const api = roomApiFor(detach(call))
    const earlier = attempt && findByCustomId(threads, customId, api)
    if (earlier) return this.#assertSame(await this.#readBack(file, earlier, api), file)
    const url = await this.#upload(file, roomApiFor(call))
    attempt?.assertNotReplaced()
    const isAgent = api.kind === 'agent'
    const event: NewMessageEvent = {
      type: 'file',
      url,
      custom_id: customId,
      ...(isAgent && { visibility: 'all' }),
    }
    const isInactive = threads[0]?.active === false
    const location = await reconcileWrite({
      provider,
      write: () =>
        isAgent ? agentMessages.send(api, roomId, event, isInactive) : sendAsCustomer(api, roomId, event),
      readBack: async () => findByCustomId(await listLatestThreads(roomId, api), customId, api),
    })
    return this.#readBack(file, location, api)
  }

  async #upload(file: NewFile, api: RoomApi): Promise<string> {
    const body = limitBody(file.body, MAX_BYTES, () => this.#tooLarge())
    try {
      return await api.upload('upload_file', toMultipart({}, { ...file, body }), uploadFileResponse)
    } catch (error) {
      if (hasErrorType(error, 'entity_too_large')) throw this.#tooLarge(error)
      if (!hasErrorType(error, 'validation')) throw error
      const detail = 'LiveChat does not accept this file: it accepts no executables.'
      throw new FileRejected('type', detail, { provider: this.#options.provider, cause: error })
    }
  }

  /** Returns the error instead of throwing it: the file is sent, and must not be sent again. */
  async #sendText(text: string, draft: FileDraft, call: CallContext): Promise<ChatError | null> {
    const { provider, roomApiFor, sendMessage } = this.#options
    const { roomId } = draft
    const idempotencyKey = draft.idempotencyKey === null ? null : `${draft.idempotencyKey} text`
    try {
      await sendMessage({ roomId, text, idempotencyKey }, roomApiFor(detach(call)))
      return null
    } catch (error) {
      const translated = toChatError(error, provider)
      if (translated instanceof ChatError) return translated
      throw translated
    }
  }

  #readBack({ roomId: chatId, customId }: NewFile, location: EventLocation, api: RoomApi): Promise<Message> {
    return readSentMessage({ chatId, location, customId }, this.#options, api)
  }

  #assertSame(stored: Message, { name }: NewFile): Message {
    if (stored.attachments[0]?.name === name || stored.state === 'DELETED') return stored
    const detail = 'This idempotency key was used with another file.'
    throw new ChatError('CONFLICT', detail, { field: 'idempotencyKey', provider: this.#options.provider })
  }

  #tooLarge(cause?: unknown): FileRejected {
    const { provider } = this.#options
    return new FileRejected('size', 'LiveChat accepts files of at most 10 MB.', { provider, cause })
  }
}
