import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError } from '../../../domain/errors.ts'
import { RocketChatError } from '../errors.ts'
import type { WireRoom } from '../wire.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentRooms } from './agent-rooms.ts'
import { visitorHistoryResponse } from './agent-wire.ts'
import { PAGE_SIZE } from './offset-pages.ts'

const HISTORY = '/api/v1/livechat/visitors.chatHistory/room/:roomId/visitor/:visitorId'

/** The visitor whose rooms are listed. */
export interface HistoryVisitor {
  readonly visitorId: string
  readonly token: string
  readonly openRoomId: string | null
}

/** Rooms of one visitor, open and closed, read as the service account (docs/providers/rocketchat.md 16.3). */
export class VisitorHistory {
  readonly #client: AgentClient
  readonly #rooms: AgentRooms

  constructor(client: AgentClient, rooms: AgentRooms) {
    this.#client = client
    this.#rooms = rooms
  }

  /**
   * Lists the newest hundred rooms that have the visitor's token, newest first; null if the service account may not. The server
   * checks access to the room in the path only, so any visitor's room can stand in for a visitor without an open one.
   */
  async list(
    { visitorId, token, openRoomId }: HistoryVisitor,
    call: CallContext,
  ): Promise<readonly WireRoom[] | null> {
    try {
      const roomId = openRoomId ?? (await this.#findAnyRoomId(call))
      if (roomId === null) return []
      const request = {
        method: 'GET',
        route: HISTORY,
        params: { roomId, visitorId },
        query: { count: PAGE_SIZE, sort: '{"ts":-1}' },
        permission: 'view-l-room',
      } as const
      const { rows } = await this.#client.send(request, visitorHistoryResponse, call)
      // Rooms that the visitor's own token does not open must not be returned.
      const own = rows.filter(({ t, v }) => t === 'l' && v?.token === token)
      return own.toSorted((a, b) => (b.ts?.getTime() ?? 0) - (a.ts?.getTime() ?? 0))
    } catch (error) {
      if (isRefusal(error)) return null
      throw error
    }
  }

  async #findAnyRoomId(call: CallContext): Promise<string | null> {
    const { rooms } = await this.#rooms.listByUpdateTime(0, 1, call)
    return rooms[0]?._id ?? null
  }
}

/** Whether the server refused the service account, as opposed to a temporary failure. */
function isRefusal(error: unknown): boolean {
  if (error instanceof ChatError) return error.code === 'FORBIDDEN' || error.code === 'PROVIDER_ERROR'
  return error instanceof RocketChatError && error.status < 500 && error.retryAfterMs === null
}
