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
  /** A room by which the service account has read a history; null before the first, and if it cannot read it any more. */
  #accessibleRoomId: string | null = null

  constructor(client: AgentClient, rooms: AgentRooms) {
    this.#client = client
    this.#rooms = rooms
  }

  /**
   * Lists the newest hundred rooms that have the visitor's token, newest first; null if the service account may not. The server
   * checks access to the room in the path only, so any visitor's room can stand in for a visitor without an open one.
   */
  async list(visitor: HistoryVisitor, call: CallContext): Promise<readonly WireRoom[] | null> {
    if (visitor.openRoomId !== null) return nullIfRefused(this.#read(visitor, visitor.openRoomId, call))
    const known = this.#accessibleRoomId
    const rooms = known === null ? null : await nullIfRefused(this.#read(visitor, known, call))
    return rooms ?? nullIfRefused(this.#readByAnyRoom(visitor, call))
  }

  /** Remembers the room: its list is the one that operators read, whose limit visitors must not use up. */
  async #readByAnyRoom(visitor: HistoryVisitor, call: CallContext): Promise<readonly WireRoom[]> {
    this.#accessibleRoomId = null
    const { rooms } = await this.#rooms.listByUpdateTime(0, 1, call)
    const roomId = rooms[0]?._id
    if (roomId === undefined) return []
    const history = await this.#read(visitor, roomId, call)
    this.#accessibleRoomId = roomId
    return history
  }

  async #read(
    { visitorId, token }: HistoryVisitor,
    roomId: string,
    call: CallContext,
  ): Promise<readonly WireRoom[]> {
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
  }
}

async function nullIfRefused<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

/** Whether the server refused the service account, as opposed to a temporary failure. */
function isRefusal(error: unknown): boolean {
  if (error instanceof ChatError) return error.code === 'FORBIDDEN' || error.code === 'PROVIDER_ERROR'
  return error instanceof RocketChatError && error.status < 500 && error.retryAfterMs === null
}
