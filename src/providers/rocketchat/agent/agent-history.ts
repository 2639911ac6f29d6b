import type { CallContext } from '../../../domain/adapter.ts'
import { hasErrorCode } from '../errors.ts'
import type { WireHistoryPage } from '../room-api.ts'
import type { VisitorRooms } from '../visitor/visitor-rooms.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentRooms } from './agent-rooms.ts'
import { syncMessagesResponse } from './agent-wire.ts'

const EPOCH = new Date(0).toISOString()
/** One response holds the whole room. */
const MAX_ROOM_BYTES = 16 * 1024 * 1024

/**
 * Reads a room's messages for operators through the visitor route, with the token from the room's document, because
 * only that history is complete and paged. `livechat/:rid/messages` omits system messages and deletion marks and
 * includes hidden documents. `chat.syncMessages` orders and bounds messages by the time of the last write, so the
 * newest fifty of a long room cost the whole room (docs/providers/rocketchat.md 2, 4.4, 4.6).
 *
 * Once a minute it first checks that the account may see the room. If the visitor was deleted, the token no longer
 * works; then it reads the whole room.
 */
export class AgentHistory {
  readonly #client: AgentClient
  readonly #rooms: AgentRooms
  readonly #visitorRooms: VisitorRooms

  constructor(client: AgentClient, rooms: AgentRooms, visitorRooms: VisitorRooms) {
    this.#client = client
    this.#rooms = rooms
    this.#visitorRooms = visitorRooms
  }

  /** Reads up to `limit` messages before `end` (null reads from the newest), newest first. */
  async read(roomId: string, end: Date | null, limit: number, call: CallContext): Promise<WireHistoryPage> {
    const { token } = await this.#rooms.getAccessible(roomId, call)
    if (token === null) return this.#readWholeRoom(roomId, end, limit, call)
    try {
      return await this.#visitorRooms.readHistory(roomId, token, end, limit, call)
    } catch (error) {
      if (hasErrorCode(error, 'invalid-token')) return this.#readWholeRoom(roomId, end, limit, call)
      throw error
    }
  }

  async #readWholeRoom(
    roomId: string,
    end: Date | null,
    limit: number,
    call: CallContext,
  ): Promise<WireHistoryPage> {
    const query = { roomId, lastUpdate: EPOCH }
    const route = '/api/v1/chat.syncMessages'
    const request = { method: 'GET', route, query, maxResponseBytes: MAX_ROOM_BYTES } as const
    const { rows, rowCount } = await this.#client.send(request, syncMessagesResponse, call)
    const newestFirst = rows
      .filter(({ ts }) => end === null || ts < end)
      .sort((a, b) => b.ts.getTime() - a.ts.getTime())
    return {
      messages: newestFirst.slice(0, limit),
      isFull: newestFirst.length >= limit,
      hasUnreadable: rows.length < rowCount,
    }
  }
}
