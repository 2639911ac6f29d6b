import { randomBytes } from 'node:crypto'
import type { Call, RoomDraft, StartedRoom } from '../../chat/adapter.ts'
import { messageKey } from '../keys.ts'
import { UnderWay } from '../under-way.ts'
import { visitorToken } from './keys.ts'
import type { RoomMessages } from './messages.ts'
import { type VisitorAccess, visitorSide } from './side.ts'

/**
 * Opens rooms for new visitors, each with its first message. The same key with the same input finds the same room
 * for as long as this process lives.
 */
export class RoomStarter {
  readonly #provider: string
  readonly #visitor: VisitorAccess
  readonly #messages: RoomMessages
  readonly #secret = randomBytes(32)
  readonly #starts = new UnderWay<StartedRoom>()

  /** `provider` is the configured name. */
  constructor(provider: string, visitor: VisitorAccess, messages: RoomMessages) {
    this.#provider = provider
    this.#visitor = visitor
    this.#messages = messages
  }

  /** The same key sent twice at once must find one room: both share one start. */
  async start(draft: RoomDraft, call: Call): Promise<StartedRoom> {
    const token = visitorToken(draft, this.#secret)
    return this.#starts.join(token, (signal) => this.#begin(draft, token, { ...call, signal }))
  }

  async #begin(draft: RoomDraft, token: string, call: Call): Promise<StartedRoom> {
    const { room, opened } = await this.#visitor.rooms.start(draft, token, call)
    if (draft.text === null) return { room, visitorToken: token }
    const id = messageKey(room.nativeId, 'VISITOR', draft.idempotencyKey)
    const first = { id, roomId: room.nativeId, text: draft.text }
    try {
      const sent = await this.#messages.send(first, visitorSide(this.#visitor, token, call))
      // The room was read before it was written to.
      return { room: room.lastMessage ? room : { ...room, lastMessage: sent }, visitorToken: token }
    } catch (error) {
      // Without its first message a new room is nobody's: the visitor gets an error and never learns the token.
      // One that an earlier start had opened is somebody's conversation.
      if (opened) await this.#abandon(room.nativeId, token, call)
      throw error
    }
  }

  async #abandon(roomId: string, token: string, call: Call): Promise<void> {
    await this.#visitor.rooms.close(roomId, token, call).catch(() => {
      call.log.warn({ provider: this.#provider, roomId }, 'a room whose first message failed stays open')
    })
  }
}
