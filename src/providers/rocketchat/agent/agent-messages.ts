import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError, notFound } from '../../../domain/errors.ts'
import type { MessageRef } from '../../../domain/model.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import { hasErrorCode, isUnexplainedError } from '../errors.ts'
import type { NewMessage } from '../room-api.ts'
import { messageResponse, type WireMessage } from '../wire.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentRooms } from './agent-rooms.ts'
import { chatDeleteResponse } from './agent-wire.ts'

const NO_ACCESS =
  'The agent may write only in rooms that it serves, that it has joined or that are queued, unless it has the permission view-livechat-rooms.'
const NO_MEMBER =
  'Rocket.Chat stores what an agent has seen only in rooms that the agent serves or has joined.'

/**
 * Single messages (docs/providers/rocketchat.md 4.4), read as the service account. It can also see channels and direct
 * messages, so it reads a message only after checking that its room is a livechat room.
 */
export class AgentMessages {
  readonly #client: AgentClient
  readonly #rooms: AgentRooms
  readonly #provider: string

  constructor(client: AgentClient, rooms: AgentRooms, provider: string) {
    this.#client = client
    this.#rooms = rooms
    this.#provider = provider
  }

  /** Returns the message, or null if the room has no message of that id. */
  async find(ref: MessageRef, call: CallContext): Promise<WireMessage | null> {
    await this.#rooms.getAccessible(ref.roomId, call)
    const query = { msgId: ref.messageId }
    const request = { method: 'GET', route: '/api/v1/chat.getMessage', query } as const
    try {
      const message = await this.#client.send(request, messageResponse, call)
      return message.rid === ref.roomId ? message : null
    } catch (error) {
      // The server reports an absent message as a failure without a reason.
      if (isUnexplainedError(error)) return null
      throw error
    }
  }

  /**
   * Marks the whole room as read by the caller's agent: the server keeps one time per member, and none of others
   * (docs/providers/rocketchat.md 19).
   */
  async markSeen(ref: MessageRef, call: CallContext): Promise<void> {
    if ((await this.find(ref, call)) === null) throw notFound('message', this.#provider)
    const request = {
      method: 'POST',
      route: '/api/v1/subscriptions.read',
      body: { rid: ref.roomId },
    } as const
    try {
      await this.#client.send(request, emptyResponse, call)
    } catch (error) {
      if (!hasErrorCode(error, 'error-invalid-subscription')) throw error
      throw new ChatError('CONFLICT', NO_MEMBER, { provider: this.#provider, cause: error })
    }
  }

  /** Throws ROOM_CLOSED for a closed room, because the server can accept a message there. */
  async assertCanPost(roomId: string, call: CallContext): Promise<void> {
    const status = await this.#rooms.readStatus(roomId, call)
    if (status === null) throw notFound('room', this.#provider)
    if (status === 'CLOSED') {
      throw new ChatError('ROOM_CLOSED', 'The room is closed.', { provider: this.#provider })
    }
  }

  /** Sends a message under the given id and returns what the server stored. */
  async send({ id, roomId, text }: NewMessage, call: CallContext): Promise<WireMessage> {
    const body = { message: { _id: id, rid: roomId, msg: text } }
    const request = { method: 'POST', route: '/api/v1/chat.sendMessage', body } as const
    try {
      return await this.#client.send(request, messageResponse, call)
    } catch (error) {
      if (!hasErrorCode(error, 'error-not-allowed')) throw error
      throw new ChatError('FORBIDDEN', NO_ACCESS, { provider: this.#provider, cause: error })
    }
  }

  /** Replaces the text. */
  async update({ roomId, messageId }: MessageRef, text: string, call: CallContext): Promise<WireMessage> {
    const body = { roomId, msgId: messageId, text }
    const request = { method: 'POST', route: '/api/v1/chat.update', body } as const
    return this.#client.send(request, messageResponse, call)
  }

  /** Returns the time of the deletion by the server's clock. */
  async delete({ roomId, messageId }: MessageRef, call: CallContext): Promise<Date | null> {
    const body = { roomId, msgId: messageId }
    const request = { method: 'POST', route: '/api/v1/chat.delete', body } as const
    return this.#client.send(request, chatDeleteResponse, call)
  }
}
