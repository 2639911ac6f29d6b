import type { CallContext } from '../../../domain/adapter.ts'
import type { MessageRef } from '../../../domain/model.ts'
import type { RocketChatClient } from '../client.ts'
import { hasErrorCode, isUnknownRoute } from '../errors.ts'
import { isInRoom, type NewMessage } from '../room-messages.ts'
import { deleteMessageResponse, messageResponse, type WireMessage } from '../wire.ts'
import type { VisitorRooms } from './visitor-rooms.ts'

const SEND = '/api/v1/livechat/message'
const ONE = '/api/v1/livechat/message/:_id'
/** How far back a message is looked for on servers that know no message by its id. */
const HISTORY_SEARCHED = 1_000

/**
 * Single messages as a visitor reaches them: the token is the only credential
 * (docs/providers/rocketchat.md 1).
 */
export class VisitorMessages {
  readonly #client: RocketChatClient
  readonly #rooms: VisitorRooms

  constructor(client: RocketChatClient, rooms: VisitorRooms) {
    this.#client = client
    this.#rooms = rooms
  }

  /** The message, or null where that room of that visitor has none of that id. */
  async find(ref: MessageRef, token: string, call: CallContext): Promise<WireMessage | null> {
    const request = {
      method: 'GET',
      route: ONE,
      params: { _id: ref.messageId },
      query: { token, rid: ref.roomId },
      visitorToken: token,
    } as const
    try {
      const { message } = await this.#client.send(request, messageResponse, call)
      // Older servers look up by id alone and answer with any room's message
      // (docs/providers/rocketchat.md 1.2).
      return isInRoom(message, ref.roomId) ? message : null
    } catch (error) {
      if (hasErrorCode(error, 'invalid-message')) return null
      // The oldest servers have no such route; what they have is the room's history.
      if (!isUnknownRoute(error)) throw error
    }
    const { messages } = await this.#rooms.readHistory(ref.roomId, token, null, HISTORY_SEARCHED, call)
    return messages.find(({ _id }) => _id === ref.messageId) ?? null
  }

  /** Posts under the given id, and gives what the server stored. */
  async send({ id, roomId, text }: NewMessage, token: string, call: CallContext): Promise<WireMessage> {
    const body = { token, rid: roomId, msg: text, _id: id }
    const request = { method: 'POST', route: SEND, body, visitorToken: token } as const
    return (await this.#client.send(request, messageResponse, call)).message
  }

  /** Replaces the text. */
  async update(ref: MessageRef, text: string, token: string, call: CallContext): Promise<WireMessage> {
    const body = { token, rid: ref.roomId, msg: text }
    const params = { _id: ref.messageId }
    const request = { method: 'PUT', route: ONE, params, body, visitorToken: token } as const
    return (await this.#client.send(request, messageResponse, call)).message
  }

  /** Answers when it was deleted, by the server's clock. */
  async delete(ref: MessageRef, token: string, call: CallContext): Promise<Date | null> {
    // Token and room travel in the body: the server reads nothing else of a DELETE
    // (docs/providers/rocketchat.md 1.4).
    const body = { token, rid: ref.roomId }
    const params = { _id: ref.messageId }
    const request = { method: 'DELETE', route: ONE, params, body, visitorToken: token } as const
    return (await this.#client.send(request, deleteMessageResponse, call)).message.ts ?? null
  }
}
