import type { CallContext } from '../../../domain/adapter.ts'
import { hasErrorCode } from '../errors.ts'
import type { VisitorRooms, WireHistoryPage } from '../visitor/visitor-rooms.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentRooms } from './agent-rooms.ts'
import { syncMessagesResponse } from './agent-wire.ts'

const BEGINNING = new Date(0).toISOString()
/** A whole room comes in one answer. */
const LONGEST_ROOM = 16 * 1024 * 1024

/**
 * A room's messages for an operator. Of what an agent can ask, `livechat/:rid/messages` leaves out system messages
 * and deletion marks and shows hidden documents, and `chat.syncMessages` is ordered and bounded by when something
 * was written: the newest fifty of a long room would cost the whole room. Only the visitor's history has all
 * of it, page by page (docs/providers/rocketchat.md 2, 4.4, 4.6). So it is read, with the token that the
 * room's own document carries; that the account may see the room is asked first, once a minute. Where the
 * visitor is no more, the token opens nothing, and then the whole room is read.
 */
export class AgentHistory {
  readonly #client: AgentClient
  readonly #rooms: AgentRooms
  readonly #visitors: VisitorRooms

  constructor(client: AgentClient, rooms: AgentRooms, visitors: VisitorRooms) {
    this.#client = client
    this.#rooms = rooms
    this.#visitors = visitors
  }

  /** Up to `limit` messages before `end`, newest first; null reads from the newest on. */
  async read(roomId: string, end: Date | null, limit: number, call: CallContext): Promise<WireHistoryPage> {
    const { token } = await this.#rooms.getAccessible(roomId, call)
    if (token === null) return this.#fromBeginning(roomId, end, limit, call)
    try {
      return await this.#visitors.readHistory(roomId, token, end, limit, call)
    } catch (error) {
      if (hasErrorCode(error, 'invalid-token')) return this.#fromBeginning(roomId, end, limit, call)
      throw error
    }
  }

  async #fromBeginning(
    roomId: string,
    end: Date | null,
    limit: number,
    call: CallContext,
  ): Promise<WireHistoryPage> {
    const query = { roomId, lastUpdate: BEGINNING }
    const route = '/api/v1/chat.syncMessages'
    const request = { method: 'GET', route, query, maxResponseBytes: LONGEST_ROOM } as const
    const { result } = await this.#client.send(request, syncMessagesResponse, call)
    const { rows, rowCount } = result.updated
    const before = rows.filter(({ ts }) => end === null || ts < end)
    const newestFirst = before.sort((a, b) => b.ts.getTime() - a.ts.getTime())
    const full = newestFirst.length >= limit
    return { messages: newestFirst.slice(0, limit), isFull: full, hasUnreadable: rows.length < rowCount }
  }
}
