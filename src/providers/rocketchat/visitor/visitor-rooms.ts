import type { CallContext } from '../../../domain/adapter.ts'
import { ChatError, notFound } from '../../../domain/errors.ts'
import {
  type CustomField,
  type Message,
  NO_ROOM_DETAILS,
  type Participant,
  type Room,
} from '../../../domain/model.ts'
import type { RoomDraft } from '../../../domain/rooms.ts'
import { outcomeUnknown } from '../../shared/errors.ts'
import { Memo } from '../../shared/memo.ts'
import type { CountedList } from '../../shared/read-document.ts'
import { detach } from '../../shared/request-options.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import type { RocketChatClient } from '../client.ts'
import { hasErrorCode, isUnknownRoute, mayHaveBeenProcessed } from '../errors.ts'
import { mapMessage, mapRoom, type ProviderOrigin } from '../map.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import type { WireHistoryPage } from '../room-api.ts'
import { historyResponse, roomResponse, visitorResponse, type WireMessage, type WireRoom } from '../wire.ts'
import { explainFieldError, toWireFields } from './custom-fields.ts'

const ROOM = '/api/v1/livechat/room'
const CLOSE = '/api/v1/livechat/room.close'
const HISTORY = '/api/v1/livechat/messages.history/:rid'
const VISITOR = '/api/v1/livechat/visitor'
const VISITOR_BY_TOKEN = '/api/v1/livechat/visitor/:token'

const MIB = 1024 * 1024
/** The longest text that the gateway accepts, 16 384 characters, is sent twice: as text and parsed (`md`). */
const MAX_BYTES_PER_MESSAGE = 40 * 1024
const MIN_HISTORY_BYTES = 2 * MIB
const MAX_HISTORY_BYTES = 8 * MIB

/** A visitor's open room, and whether the request has opened it. */
export interface OpenedRoom {
  readonly room: Room
  readonly isNew: boolean
}

/** A visitor after its registration. */
export interface RegisteredVisitor {
  /** The custom fields of the draft that the server did not store with the visitor. */
  readonly unsetFields: readonly CustomField[]
  /** Id of the room that was opened last; null if there is none, or on servers before 3.10. */
  readonly latestRoomId: string | null
}

/** Rooms of visitors. The token is the only credential (docs/providers/rocketchat.md 4.1). */
export class VisitorRooms {
  readonly #client: RocketChatClient
  readonly #origin: ProviderOrigin
  readonly #rooms = new Memo<WireRoom, Room>()
  readonly #pages = new Memo<CountedList<WireMessage>, WireHistoryPage>()

  constructor(client: RocketChatClient, origin: ProviderOrigin) {
    this.#client = client
    this.#origin = origin
  }

  /**
   * Returns the visitor's room, open or closed, or null if the visitor has no such room. The server returns the document
   * of an open room only. A closed room is recognized by its history, as is every room on a server that has no route
   * for rooms.
   */
  async find(roomId: string, token: string, call: CallContext): Promise<Room | null> {
    // The server treats an empty rid as absent, and the request without a rid opens a room.
    if (roomId === '') return null
    let status: Room['status'] = 'CLOSED'
    try {
      return await this.#readOpenRoom(roomId, token, call)
    } catch (error) {
      if (isUnknownRoute(error)) status = 'UNKNOWN'
      else if (!hasErrorCode(error, 'invalid-room')) throw error
    }
    try {
      const { messages } = await this.readHistory(roomId, token, null, 1, call)
      return this.#roomFromHistory(roomId, messages, status)
    } catch (error) {
      if (hasErrorCode(error, 'invalid-room')) return null
      throw error
    }
  }

  /** Reads one page of history, newest first. `end` is exclusive. The server checks that the room is the visitor's. */
  async readHistory(
    roomId: string,
    token: string,
    end: Date | null,
    limit: number,
    call: CallContext,
  ): Promise<WireHistoryPage> {
    if (roomId === '') throw notFound('room', this.#origin.provider)
    const likelyBytes = Math.max(MIN_HISTORY_BYTES, limit * MAX_BYTES_PER_MESSAGE)
    const request = {
      method: 'GET',
      route: HISTORY,
      params: { rid: roomId },
      query: { token, limit, end: end?.toISOString() ?? null },
      visitorToken: token,
      maxResponseBytes: Math.min(likelyBytes, MAX_HISTORY_BYTES),
    } as const
    const list = await this.#client.send(request, historyResponse, call)
    return this.#pages.get(list, [limit], () => toHistoryPage(list, limit))
  }

  /**
   * Registers a visitor under `token`, or updates it. The server drops custom fields of rooms, and unknown ones, without an error
   * (docs/providers/rocketchat.md 14.3).
   */
  async register(draft: RoomDraft, token: string, call: CallContext): Promise<RegisteredVisitor> {
    const { name, email, phone, departmentId, customFields } = draft
    const visitor = {
      token,
      ...(name === null ? {} : { name }),
      ...(email === null ? {} : { email }),
      ...(phone === null ? {} : { phone }),
      ...(departmentId === null ? {} : { department: departmentId }),
      ...(customFields.length === 0 ? {} : { customFields: toWireFields(customFields) }),
    }
    const request = { method: 'POST', route: VISITOR, body: { visitor }, visitorToken: token } as const
    try {
      const { customFields: stored, latestRoomId } = await this.#client.send(request, visitorResponse, call)
      return { unsetFields: customFields.filter(({ key, value }) => stored.get(key) !== value), latestRoomId }
    } catch (error) {
      throw customFields.length === 0 ? error : explainFieldError(error, this.#origin.provider)
    }
  }

  /** Reads a registered visitor (docs/providers/rocketchat.md 4.1). */
  async readVisitor(token: string, call: CallContext): Promise<Pick<RegisteredVisitor, 'latestRoomId'>> {
    const request = {
      method: 'GET',
      route: VISITOR_BY_TOKEN,
      params: { token },
      visitorToken: token,
    } as const
    return this.#client.send(request, visitorResponse, call)
  }

  /**
   * Opens a room of a registered visitor, or returns its open room with `isNew: false`. A visitor without a room has no effect,
   * so only a lost response of this request makes the outcome unknown.
   */
  async open(token: string, call: CallContext): Promise<OpenedRoom> {
    try {
      const request = { method: 'GET', route: ROOM, query: { token }, visitorToken: token } as const
      // Like any read, this GET would be cancelled at the end of the operation's time, although it may have opened a room.
      const { room, newRoom } = await this.#client.send(request, roomResponse, detach(call))
      return { room: mapRoom(room, this.#origin), isNew: newRoom === true }
    } catch (error) {
      throw mayHaveBeenProcessed(error) ? outcomeUnknown(this.#origin.provider, error) : error
    }
  }

  /** Closes the visitor's open room. The route accepts no comment: the server writes its own. */
  async close(roomId: string, token: string, call: CallContext): Promise<void> {
    const body = { rid: roomId, token }
    const request = { method: 'POST', route: CLOSE, body, visitorToken: token } as const
    await reconcileWrite({
      provider: this.#origin.provider,
      write: async () => {
        await this.#client.send(request, emptyResponse, call)
        return true
      },
      readBack: async () => ((await this.find(roomId, token, call))?.status === 'CLOSED' ? true : null),
    }).catch((error: unknown) => {
      if (!hasErrorCode(error, 'error-tags-must-be-assigned-before-closing-chat')) throw error
      const detail =
        'The department of the room requires tags when a room is closed, and visitors cannot tag.'
      throw new ChatError('FORBIDDEN', detail, { provider: this.#origin.provider, cause: error })
    })
  }

  /** The `rid` makes the request read-only; without it, it would open a room (docs/providers/rocketchat.md 4.1). */
  async #readOpenRoom(roomId: string, token: string, call: CallContext): Promise<Room | null> {
    const query = { token, rid: roomId }
    const request = { method: 'GET', route: ROOM, query, visitorToken: token } as const
    const { room } = await this.#client.send(request, roomResponse, call)
    if (room._id !== roomId) return null
    return this.#rooms.get(room, [], () => mapRoom(room, this.#origin))
  }

  /** Derives a room from its newest message. `status` is the status unless that message says that the room closed. */
  #roomFromHistory(roomId: string, [newest]: readonly WireMessage[], status: Room['status']): Room {
    const isClosing = newest?.t === 'livechat-close'
    const lastMessage = newest ? mapMessage(newest, roomId, this.#origin) : null
    return {
      ...NO_ROOM_DETAILS,
      type: 'Room',
      provider: this.#origin.provider,
      nativeId: roomId,
      status: isClosing ? 'CLOSED' : status,
      visitor: lastMessage?.author?.role === 'VISITOR' ? lastMessage.author : null,
      agents: [],
      departmentId: null,
      tags: [],
      createdAt: null,
      closedAt: isClosing ? newest.ts : null,
      lastActivityAt: newest?.ts ?? null,
      lastMessage,
      closedBy: isClosing ? closerOf(lastMessage) : null,
    }
  }
}

/** The author of the closing message. Without a visitor's token it is an agent; the message names no role. */
function closerOf(closing: Message | null): Participant | null {
  const author = closing?.author ?? null
  return author?.role === 'UNKNOWN' ? { ...author, role: 'AGENT' } : author
}

/** Servers may ignore the limit. */
function toHistoryPage({ rows, rowCount }: CountedList<WireMessage>, limit: number): WireHistoryPage {
  return { messages: rows.slice(0, limit), isFull: rowCount >= limit, hasUnreadable: rows.length < rowCount }
}
