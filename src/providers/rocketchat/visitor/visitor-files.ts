import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import type { FileDraft } from '../../../domain/files.ts'
import { toMultipart } from '../../shared/multipart.ts'
import type { AccountTokens } from '../../shared/visitor-token-owners.ts'
import type { RocketChatClient } from '../client.ts'
import { RocketChatError } from '../errors.ts'
import type { FileApi } from '../files/file-api.ts'
import { markAfter } from '../files/file-mark.ts'
import { uploadResponse, type WireMessage } from '../wire.ts'
import type { VisitorRooms } from './visitor-rooms.ts'

const UPLOAD = '/api/v1/livechat/upload/:rid'

/** A visitor, and the account that its token may be sent to. */
interface VisitorAccess {
  readonly token: string
  readonly accountTokens: AccountTokens
}

/** Sends files with the visitor's own token (docs/providers/rocketchat.md 18.1). */
export class VisitorFiles implements FileApi {
  readonly #client: RocketChatClient
  readonly #rooms: VisitorRooms
  readonly #provider: string
  readonly #access: VisitorAccess

  constructor(client: RocketChatClient, rooms: VisitorRooms, provider: string, access: VisitorAccess) {
    this.#client = client
    this.#rooms = rooms
    this.#provider = provider
    this.#access = access
  }

  /** The read proves the token and the room, which the server's refusal of an upload does not tell apart. */
  async prepare(roomId: string, call: CallContext) {
    const { token, accountTokens } = this.#access
    const read = () => this.#rooms.readHistory(roomId, token, null, 1, call)
    const { messages } = await accountTokens.runWithToken(
      { token, caller: call.caller },
      read,
      isUnknownToken,
    )
    const [newest] = messages
    if (newest?.t === 'livechat-close') throw this.#closed()
    return markAfter(newest)
  }

  async send(draft: FileDraft, call: CallContext): Promise<WireMessage> {
    const { token } = this.#access
    const { roomId, text } = draft
    const request = {
      method: 'POST',
      route: UPLOAD,
      params: { rid: roomId },
      headers: { 'x-visitor-token': token },
      upload: toMultipart(text === null ? {} : { msg: text }, draft),
      visitorToken: token,
    } as const
    try {
      return { ...(await this.#client.send(request, uploadResponse, call)), token }
    } catch (error) {
      if (error instanceof RocketChatError && error.status === 403) throw this.#closed(error)
      throw error
    }
  }

  #closed(cause?: unknown): ChatError {
    return new ChatError('ROOM_CLOSED', 'The room is closed.', { provider: this.#provider, cause })
  }
}

function isUnknownToken(error: unknown): boolean {
  return error instanceof RocketChatError && error.code === 'invalid-token'
}
