import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { FileDraft } from '../../../domain/files.ts'
import { cached } from '../../shared/cache.ts'
import { toMultipart } from '../../shared/multipart.ts'
import { detach } from '../../shared/request-options.ts'
import { RocketChatError } from '../errors.ts'
import type { FileApi } from '../files/file-api.ts'
import { type FileMark, markAfter } from '../files/file-mark.ts'
import { messageResponse, type WireMessage } from '../wire.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentHistory } from './agent-history.ts'
import type { AgentMessages } from './agent-messages.ts'
import { mediaResponse, versionResponse } from './agent-wire.ts'

const VERSION_TTL_MS = 10 * 60_000
/** The first release with `rooms.media` (docs/providers/rocketchat.md 18.2). */
const FIRST_MEDIA_RELEASE = [6, 13] as const

/** Sends files as the operator's agent, else as the service account (docs/providers/rocketchat.md 18.2). */
export class AgentFiles implements FileApi {
  readonly #client: AgentClient
  readonly #history: AgentHistory
  readonly #messages: AgentMessages
  readonly #provider: string
  readonly #hasMediaRoute: (call: CallContext) => Promise<boolean>

  constructor(client: AgentClient, history: AgentHistory, messages: AgentMessages, provider: string) {
    this.#client = client
    this.#history = history
    this.#messages = messages
    this.#provider = provider
    this.#hasMediaRoute = cached(VERSION_TTL_MS, async (call: CallContext) => {
      return isMediaRelease(await client.send({ method: 'GET', route: '/api/info' }, versionResponse, call))
    })
  }

  async prepare(roomId: string, call: CallContext): Promise<FileMark | null> {
    await this.#messages.assertCanPost(roomId, call)
    if (await this.#hasMediaRoute(call)) return null
    const { messages } = await this.#history.read(roomId, null, 1, call)
    return markAfter(messages[0])
  }

  async send(
    draft: FileDraft,
    call: CallContext,
    onUploaded: (mark: FileMark) => Promise<void>,
  ): Promise<WireMessage> {
    try {
      return (await this.#hasMediaRoute(call))
        ? await this.#sendInTwoCalls(draft, call, onUploaded)
        : await this.#sendInOneCall(draft, call)
    } catch (error) {
      if (!(error instanceof RocketChatError) || error.status !== 403) throw error
      const detail = 'The agent that writes has no access to the room.'
      throw new ChatError('FORBIDDEN', detail, { provider: this.#provider, cause: error })
    }
  }

  async #sendInTwoCalls(
    draft: FileDraft,
    call: CallContext,
    onUploaded: (mark: FileMark) => Promise<void>,
  ): Promise<WireMessage> {
    const { roomId, text } = draft
    const upload = { method: 'POST', route: '/api/v1/rooms.media/:rid', params: { rid: roomId } } as const
    const request = { ...upload, upload: toMultipart({}, draft) }
    const fileId = await this.#client.send(request, mediaResponse, call)
    await onUploaded({ type: 'file', fileId })
    const confirm = {
      method: 'POST',
      route: '/api/v1/rooms.mediaConfirm/:rid/:fileId',
      params: { rid: roomId, fileId },
      body: { msg: text ?? '' },
    } as const
    // The file is at the server: neither a disconnect nor the end of the operation's time may leave it without a message.
    return this.#client.send(confirm, messageResponse, detach(call))
  }

  /** For releases without `rooms.media`. */
  #sendInOneCall(draft: FileDraft, call: CallContext): Promise<WireMessage> {
    const { roomId, text } = draft
    const request = {
      method: 'POST',
      route: '/api/v1/rooms.upload/:rid',
      params: { rid: roomId },
      upload: toMultipart(text === null ? {} : { msg: text }, draft),
    } as const
    return this.#client.send(request, messageResponse, call)
  }
}

/** A release that does not say its version is taken for a recent one. */
function isMediaRelease(version: string | null): boolean {
  const [major = Number.NaN, minor = 0] = (version ?? '').split('.').map(Number)
  const [firstMajor, firstMinor] = FIRST_MEDIA_RELEASE
  return !(major < firstMajor || (major === firstMajor && minor < firstMinor))
}
