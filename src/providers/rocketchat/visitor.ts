import { z } from 'zod'
import type { Call, RoomDraft } from '../../chat/adapter.ts'
import type { Room } from '../../chat/model.ts'
import type { RocketChatClient } from './client.ts'
import { RocketChatRefusal } from './errors.ts'
import { mapMessage, mapRoom, type Origin } from './map.ts'
import { history, message, roomAnswer, type WireMessage } from './wire.ts'

const ROOM = '/api/v1/livechat/room'
const HISTORY = '/api/v1/livechat/messages.history/:rid'

/** What Rocket.Chat lets a visitor do with rooms: the token is the only credential (rocketchat.md 4.1). */
export class VisitorRooms {
  readonly #client: RocketChatClient
  readonly #origin: Origin

  constructor(client: RocketChatClient, origin: Origin) {
    this.#client = client
    this.#origin = origin
  }

  /**
   * The visitor's room, open or closed; null where it is not the visitor's. An open room answers with its
   * document; a closed one only proves itself through its history.
   */
  async find(roomId: string, token: string, call: Call): Promise<Room | null> {
    try {
      return await this.#open(roomId, token, call)
    } catch (error) {
      if (!isRefusedWith(error, 'invalid-room')) throw error
    }
    try {
      return this.#closed(roomId, await this.readHistory(roomId, token, null, 1, call))
    } catch (error) {
      if (isRefusedWith(error, 'invalid-room')) return null
      throw error
    }
  }

  /** One page of history, newest first; `end` is exclusive. */
  async readHistory(
    roomId: string,
    token: string,
    end: Date | null,
    limit: number,
    call: Call,
  ): Promise<WireMessage[]> {
    const query = { token, limit, end: end?.toISOString() ?? null }
    const answer = await this.#client.send(
      { method: 'GET', route: HISTORY, params: { rid: roomId }, query },
      history,
      call,
    )
    return answer.messages.flatMap((raw) => {
      const parsed = message.safeParse(raw)
      if (parsed.success) return [parsed.data]
      call.log.warn(
        { provider: this.#origin.provider, roomId },
        'left out a message that could not be understood',
      )
      return []
    })
  }

  /** Registers a visitor under `token` and opens a room; the same token again finds the same open room. */
  async start(draft: RoomDraft, token: string, call: Call): Promise<Room> {
    const visitor = {
      token,
      ...(draft.name === null ? {} : { name: draft.name }),
      ...(draft.email === null ? {} : { email: draft.email }),
      ...(draft.departmentId === null ? {} : { department: draft.departmentId }),
    }
    const register = { method: 'POST', route: '/api/v1/livechat/visitor', body: { visitor } } as const
    await this.#client.send(register, z.unknown(), call)
    const answer = await this.#client.send({ method: 'GET', route: ROOM, query: { token } }, roomAnswer, call)
    return mapRoom(answer.room, this.#origin)
  }

  /** Closes the visitor's own open room. The visitor's API takes no comment: the server writes its own. */
  async close(roomId: string, token: string, call: Call): Promise<void> {
    const body = { rid: roomId, token }
    await this.#client.send({ method: 'POST', route: '/api/v1/livechat/room.close', body }, z.unknown(), call)
  }

  /** With `rid` the call only reads; without it, it would open a room (rocketchat.md 4.1). */
  async #open(roomId: string, token: string, call: Call): Promise<Room | null> {
    const query = { token, rid: roomId }
    const answer = await this.#client.send({ method: 'GET', route: ROOM, query }, roomAnswer, call)
    return answer.room._id === roomId ? mapRoom(answer.room, this.#origin) : null
  }

  #closed(roomId: string, [last]: readonly WireMessage[]): Room {
    const lastMessage = last ? mapMessage(last, roomId, this.#origin) : null
    return {
      type: 'Room',
      provider: this.#origin.provider,
      nativeId: roomId,
      status: 'CLOSED',
      visitor: lastMessage?.author?.role === 'VISITOR' ? lastMessage.author : null,
      agents: [],
      departmentId: null,
      tags: [],
      createdAt: null,
      closedAt: last?.t === 'livechat-close' ? last.ts : null,
      lastActivityAt: last?.ts ?? null,
      lastMessage,
    }
  }
}

function isRefusedWith(error: unknown, code: string): boolean {
  return error instanceof RocketChatRefusal && error.code === code
}
