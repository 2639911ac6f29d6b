import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { FileDraft, SentFile } from '../../../domain/files.ts'
import type { IdempotentWrites, WriteAttempt } from '../../../domain/idempotent-writes.ts'
import type { Message } from '../../../domain/model.ts'
import { translateErrorsWith } from '../../shared/error-translation.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { detach } from '../../shared/request-options.ts'
import { toChatError } from '../errors.ts'
import { mapMessage, type ProviderOrigin } from '../map.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { RoomApi } from '../room-api.ts'
import type { RoomMessages } from '../room-messages.ts'
import type { ReadPublicConfig } from '../visitor/public-departments.ts'
import type { WireMessage } from '../wire.ts'
import type { FileApi } from './file-api.ts'
import { decodeMark, encodeMark, type FileMark, findMarked } from './file-mark.ts'

export interface FileSenderOptions {
  readonly origin: ProviderOrigin
  readonly messages: RoomMessages
  readonly idempotentWrites: IdempotentWrites
  readonly readPublicConfig: ReadPublicConfig
  readonly fileApiFor: (call: CallContext) => FileApi
  readonly roomApiFor: (call: CallContext) => RoomApi
  readonly authorOf: (call: CallContext) => string
}

/** The newest messages in which a sent file is searched for. */
const SEARCHED_MESSAGES = 50
/** For how long the server may still process an upload whose response is lost. The vendor names no bound. */
const MAX_COMPLETION_MS = 30_000

/** Keeps what a sent file is recognized by. */
type SaveMark = (mark: FileMark) => Promise<void>

/**
 * Sends files. The server chooses the ids of their messages, so a repetition is not recognized: after a lost response the
 * newest messages are read, and an upload with an idempotency key is recorded first.
 */
export class FileSender {
  readonly #options: FileSenderOptions

  constructor(options: FileSenderOptions) {
    this.#options = options
  }

  /** The text is part of the message. Throws ChatError, and what RocketChatClient throws. */
  async send(draft: FileDraft, call: CallContext): Promise<SentFile> {
    await this.#assertAccepted(call)
    const { idempotencyKey } = draft
    const message =
      idempotencyKey === null
        ? await this.#sendNew(draft, call, async () => {})
        : await this.#sendOnce(draft, idempotencyKey, call)
    return { message, textError: null }
  }

  /** The public configuration is the only limit that the server publishes, and for visitors only. */
  async #assertAccepted(call: CallContext): Promise<void> {
    if (call.caller.role !== 'VISITOR') return
    const { origin, readPublicConfig } = this.#options
    // Without the configuration, the server itself decides.
    const accepted = await readPublicConfig(call).then(
      ({ fileUpload }) => fileUpload !== false,
      () => true,
    )
    if (accepted) return
    throw new ChatError('FORBIDDEN', 'This server does not accept files of visitors.', {
      provider: origin.provider,
    })
  }

  async #sendOnce(draft: FileDraft, idempotencyKey: string, call: CallContext): Promise<Message> {
    const { origin, idempotentWrites, messages, authorOf, roomApiFor } = this.#options
    const { roomId, name, contentType, size, text } = draft
    const translateErrors = translateErrorsWith((error) => toChatError(error, origin.provider))
    let sent: Message | null = null
    const messageId = await idempotentWrites.run({
      provider: origin.provider,
      scope: ['sendFile', roomId, authorOf(call)],
      idempotencyKey,
      input: [name, contentType, size === null ? null : String(size), text],
      execute: translateErrors(async (attempt: WriteAttempt) => {
        sent = await this.#sendNew(draft, call, async (mark) => {
          await attempt.saveRecord(encodeMark(mark))
          attempt.assertNotReplaced()
        })
        return sent.ref.messageId
      }),
      reconcile: {
        find: translateErrors(async (record) => {
          const mark = decodeMark(record)
          return mark && ((await this.#findSent(draft, mark, call))?._id ?? null)
        }),
        mayCompleteWithinMs: () => MAX_COMPLETION_MS,
      },
    })
    const ref = { roomId, threadId: null, messageId }
    const found = sent ?? (await messages.find(ref, roomApiFor(call)))
    if (found) return found
    throw outcomeUnknown(origin.provider, new Error('a message that was sent cannot be read'))
  }

  async #sendNew(draft: FileDraft, call: CallContext, saveMark: SaveMark): Promise<Message> {
    const { origin, fileApiFor } = this.#options
    const api = fileApiFor(call)
    let mark = await api.prepare(draft.roomId, call)
    if (mark) await saveMark(mark)
    const stored = await reconcileWrite({
      provider: origin.provider,
      write: () =>
        api.send(draft, call, async (uploaded) => {
          mark = uploaded
          await saveMark(uploaded)
        }),
      readBack: async () => mark && this.#findSent(draft, mark, call),
    })
    return mapMessage(stored, draft.roomId, origin)
  }

  async #findSent(draft: FileDraft, mark: FileMark, call: CallContext): Promise<WireMessage | null> {
    const api = this.#options.roomApiFor(detach(call))
    const { messages } = await api.readHistory(draft.roomId, null, SEARCHED_MESSAGES)
    return findMarked(messages, mark, draft)
  }
}
