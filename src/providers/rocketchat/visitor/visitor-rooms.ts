import { z } from 'zod'
import type { CallContext, RoomDraft } from '../../../domain/adapter.ts'
import type { Room } from '../../../domain/model.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import type { RocketChatClient } from '../client.ts'
import { hasErrorCode, isUnknownRoute, mayHaveBeenProcessed } from '../errors.ts'
import { mapMessage, mapRoom, type ProviderOrigin } from '../map.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import { historyResponse, roomResponse, type WireMessage } from '../wire.ts'

const ROOM = '/api/v1/livechat/room'
const CLOSE = '/api/v1/livechat/room.close'
const HISTORY = '/api/v1/livechat/messages.history/:rid'

const MIB = 1024 * 1024
/** The longest text that the gateway takes, 16 384 characters, comes twice: as text, and parsed (`md`). */
const BYTES_A_MESSAGE = 40 * 1024
const LONGEST_HISTORY = 8 * MIB

/** One call's worth of a room's history, newest first. */
export interface WireHistoryPage {
  readonly messages: readonly WireMessage[]
  /** Whether the server gave as many as it was asked for. */
  readonly isFull: boolean
  /** Whether some were left out because they could not be read. */
  readonly hasUnreadable: boolean
}

/**
 * What Rocket.Chat lets a visitor do with rooms: the token is the only credential
 * (docs/providers/rocketchat.md 4.1).
 */
export class VisitorRooms {
  readonly #client: RocketChatClient
  readonly #origin: ProviderOrigin

  constructor(client: RocketChatClient, origin: ProviderOrigin) {
    this.#client = client
    this.#origin = origin
  }

  /**
   * The visitor's room, open or closed; null where it is not the visitor's. An open room answers with its
   * document; a closed one only proves itself through its history, as every room does on a server that has
   * the routes of messages only.
   */
  async find(roomId: string, token: string, call: CallContext): Promise<Room | null> {
    // An empty rid counts as none, and without one the call that reads a room opens one.
    if (roomId === '') return null
    let status: Room['status'] = 'CLOSED'
    try {
      return await this.#open(roomId, token, call)
    } catch (error) {
      if (isUnknownRoute(error)) status = 'UNKNOWN'
      else if (!hasErrorCode(error, 'invalid-room')) throw error
    }
    try {
      const { messages } = await this.readHistory(roomId, token, null, 1, call)
      return this.#seenByHistory(roomId, messages, status)
    } catch (error) {
      if (hasErrorCode(error, 'invalid-room')) return null
      throw error
    }
  }

  /** One page of history, newest first; `end` is exclusive. */
  async readHistory(
    roomId: string,
    token: string,
    end: Date | null,
    limit: number,
    call: CallContext,
  ): Promise<WireHistoryPage> {
    const query = { token, limit, end: end?.toISOString() ?? null }
    const maxResponseBytes = Math.min(Math.max(2 * MIB, limit * BYTES_A_MESSAGE), LONGEST_HISTORY)
    const params = { rid: roomId }
    const request = {
      method: 'GET',
      route: HISTORY,
      params,
      query,
      visitorToken: token,
      maxResponseBytes,
    } as const
    const { messages } = await this.#client.send(request, historyResponse, call)
    const { rows, rowCount } = messages
    // A server may ignore the limit; what was not asked for is not used.
    return {
      messages: rows.slice(0, limit),
      isFull: rowCount >= limit,
      hasUnreadable: rows.length < rowCount,
    }
  }

  /**
   * Registers a visitor under `token` and opens a room; the same token again finds the same open room, which then is
   * not `opened`. A visitor who was registered and has no room is nothing yet: only the room's call can end unknown.
   */
  async start(
    draft: RoomDraft,
    token: string,
    call: CallContext,
  ): Promise<{ readonly room: Room; readonly opened: boolean }> {
    const visitor = {
      token,
      ...(draft.name === null ? {} : { name: draft.name }),
      ...(draft.email === null ? {} : { email: draft.email }),
      ...(draft.departmentId === null ? {} : { department: draft.departmentId }),
    }
    const route = '/api/v1/livechat/visitor'
    const register = { method: 'POST', route, body: { visitor }, visitorToken: token } as const
    await this.#client.send(register, z.unknown(), call)
    try {
      const open = { method: 'GET', route: ROOM, query: { token }, visitorToken: token } as const
      const { room, newRoom } = await this.#client.send(open, roomResponse, call)
      return { room: mapRoom(room, this.#origin), opened: newRoom === true }
    } catch (error) {
      throw mayHaveBeenProcessed(error) ? outcomeUnknown(this.#origin.provider, error) : error
    }
  }

  /** Closes the visitor's own open room. The visitor's API takes no comment: the server writes its own. */
  async close(roomId: string, token: string, call: CallContext): Promise<void> {
    const body = { rid: roomId, token }
    const request = { method: 'POST', route: CLOSE, body, visitorToken: token } as const
    await reconcileWrite({
      provider: this.#origin.provider,
      write: async () => {
        await this.#client.send(request, z.unknown(), call)
        return true
      },
      readBack: async () => ((await this.find(roomId, token, call))?.status === 'CLOSED' ? true : null),
    })
  }

  /** With `rid` the call only reads; without it, it would open a room (docs/providers/rocketchat.md 4.1). */
  async #open(roomId: string, token: string, call: CallContext): Promise<Room | null> {
    const query = { token, rid: roomId }
    const request = { method: 'GET', route: ROOM, query, visitorToken: token } as const
    const answer = await this.#client.send(request, roomResponse, call)
    return answer.room._id === roomId ? mapRoom(answer.room, this.#origin) : null
  }

  /** What a room's newest message tells of it; `status` is what was found out before. */
  #seenByHistory(roomId: string, [last]: readonly WireMessage[], status: Room['status']): Room {
    const isClosing = last?.t === 'livechat-close'
    const lastMessage = last ? mapMessage(last, roomId, this.#origin) : null
    return {
      type: 'Room',
      provider: this.#origin.provider,
      nativeId: roomId,
      status: isClosing ? 'CLOSED' : status,
      visitor: lastMessage?.author?.role === 'VISITOR' ? lastMessage.author : null,
      agents: [],
      departmentId: null,
      tags: [],
      createdAt: null,
      closedAt: isClosing ? last.ts : null,
      lastActivityAt: last?.ts ?? null,
      lastMessage,
    }
  }
}
