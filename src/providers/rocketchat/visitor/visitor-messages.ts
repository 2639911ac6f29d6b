import type { CallContext } from '../../../domain/adapter.ts'
import type { MessageRef } from '../../../domain/model.ts'
import type { RocketChatClient } from '../client.ts'
import { hasErrorCode, isUnknownRoute } from '../errors.ts'
import type { NewMessage } from '../room-api.ts'
import { deleteMessageResponse, isInRoom, messageResponse, type WireMessage } from '../wire.ts'
import type { VisitorRooms } from './visitor-rooms.ts'

const SEND = '/api/v1/livechat/message'
const MESSAGE = '/api/v1/livechat/message/:_id'
/** Messages to search on servers that cannot return a message by its id. */
const MAX_SEARCHED = 1_000

/** Single messages of visitors. The token is the only credential (docs/providers/rocketchat.md 1). */
export class VisitorMessages {
  readonly #client: RocketChatClient
  readonly #rooms: VisitorRooms

  constructor(client: RocketChatClient, rooms: VisitorRooms) {
    this.#client = client
    this.#rooms = rooms
  }

  /** Returns the message, or null if that room of that visitor has no message of that id. */
  async find(ref: MessageRef, token: string, call: CallContext): Promise<WireMessage | null> {
    const request = {
      method: 'GET',
      route: MESSAGE,
      params: { _id: ref.messageId },
      query: { token, rid: ref.roomId },
      visitorToken: token,
    } as const
    try {
      const message = await this.#client.send(request, messageResponse, call)
      // Older servers search by id alone and return the message of any room (docs/providers/rocketchat.md 1.2).
      return isInRoom(message, ref.roomId) ? message : null
    } catch (error) {
      if (hasErrorCode(error, 'invalid-message')) return null
      // The oldest servers have no such route, but they have the room's history.
      if (!isUnknownRoute(error)) throw error
    }
    const { messages } = await this.#rooms.readHistory(ref.roomId, token, null, MAX_SEARCHED, call)
    return messages.find(({ _id }) => _id === ref.messageId) ?? null
  }

  /** Sends a message under the given id and returns what the server stored. */
  send({ id, roomId, text }: NewMessage, token: string, call: CallContext): Promise<WireMessage> {
    const body = { token, rid: roomId, msg: text, _id: id }
    const request = { method: 'POST', route: SEND, body, visitorToken: token } as const
    return this.#client.send(request, messageResponse, call)
  }

  /** Replaces the text. */
  async update(ref: MessageRef, text: string, token: string, call: CallContext): Promise<WireMessage> {
    const body = { token, rid: ref.roomId, msg: text }
    const params = { _id: ref.messageId }
    const request = { method: 'PUT', route: MESSAGE, params, body, visitorToken: token } as const
    return this.#client.send(request, messageResponse, call)
  }

  /** Returns the time of the deletion by the server's clock. */
  async delete(ref: MessageRef, token: string, call: CallContext): Promise<Date | null> {
    // Token and room are sent in the body, the only part of a DELETE that the server reads
    // (docs/providers/rocketchat.md 1.4).
    const body = { token, rid: ref.roomId }
    const params = { _id: ref.messageId }
    const request = { method: 'DELETE', route: MESSAGE, params, body, visitorToken: token } as const
    return this.#client.send(request, deleteMessageResponse, call)
  }
}
