import type { CallContext } from '../../../domain/adapter.ts'
import { shortHash } from '../../../domain/short-hash.ts'
import { Memo } from '../../shared/memo.ts'
import { TtlCache } from '../../shared/ttl-cache.ts'
import { hasErrorCode } from '../errors.ts'
import type { WireHistoryPage } from '../room-api.ts'
import type { VisitorRooms } from '../visitor/visitor-rooms.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentRooms } from './agent-rooms.ts'
import { syncMessagesResponse } from './agent-wire.ts'

const EPOCH = new Date(0).toISOString()
/** One response holds the whole room. */
const MAX_ROOM_BYTES = 16 * 1024 * 1024
/** How long it is known what polls were shown, and of how many pages. */
const SHOWN_TTL_MS = 60 * 60_000
const MAX_SHOWN = 5_000

/**
 * Reads a room's messages for operators through the visitor route, with the token from the room's document, because
 * only that history is complete and paged. `livechat/:rid/messages` omits system messages and deletion marks and
 * includes hidden documents. `chat.syncMessages` orders and bounds messages by the time of the last write, so the
 * newest fifty of a long room cost the whole room (docs/providers/rocketchat.md 2, 4.4, 4.6).
 *
 * Once a minute it checks that the account may see the room; not for a poll that shows what was shown after the last check,
 * because audits of quiet rooms would take the few requests for single rooms from people. If the visitor was deleted, the
 * token no longer works; then it reads the whole room.
 */
export class AgentHistory {
  readonly #client: AgentClient
  readonly #rooms: AgentRooms
  readonly #visitorRooms: VisitorRooms
  /** Hashes of what polls were shown of rooms that the account could see then, by room and range. */
  readonly #shown = new TtlCache<string>(SHOWN_TTL_MS, MAX_SHOWN)
  readonly #hashes = new Memo<WireHistoryPage, string>()

  constructor(client: AgentClient, rooms: AgentRooms, visitorRooms: VisitorRooms) {
    this.#client = client
    this.#rooms = rooms
    this.#visitorRooms = visitorRooms
  }

  /** Reads up to `limit` messages before `end` (null reads from the newest), newest first. */
  async read(roomId: string, end: Date | null, limit: number, call: CallContext): Promise<WireHistoryPage> {
    if (call.priority !== 'background') return this.#readChecked(roomId, end, limit, call)
    const shownKey = `${roomId} ${end?.getTime() ?? ''} ${limit}`
    const unchecked = await this.#readUnchecked(roomId, end, limit, call)
    if (unchecked && this.#hash(unchecked) === this.#shown.get(shownKey)) return unchecked
    if (unchecked) await this.#rooms.getAccessible(roomId, call)
    const page = unchecked ?? (await this.#readChecked(roomId, end, limit, call))
    this.#shown.set(shownKey, this.#hash(page))
    return page
  }

  async #readChecked(
    roomId: string,
    end: Date | null,
    limit: number,
    call: CallContext,
  ): Promise<WireHistoryPage> {
    const { token } = await this.#rooms.getAccessible(roomId, call)
    const page = token === null ? null : await this.#readAsVisitor(roomId, token, end, limit, call)
    return page ?? this.#readWholeRoom(roomId, end, limit, call)
  }

  /** Reads the page without a check where one is due. Whether the caller may see it must be checked then. */
  async #readUnchecked(
    roomId: string,
    end: Date | null,
    limit: number,
    call: CallContext,
  ): Promise<WireHistoryPage | null> {
    const token = this.#rooms.isKnownAccessible(roomId) ? null : this.#rooms.findToken(roomId)
    return token === null ? null : this.#readAsVisitor(roomId, token, end, limit, call)
  }

  /** Null if the visitor was deleted. */
  async #readAsVisitor(
    roomId: string,
    token: string,
    end: Date | null,
    limit: number,
    call: CallContext,
  ): Promise<WireHistoryPage | null> {
    try {
      return await this.#visitorRooms.readHistory(roomId, token, end, limit, call)
    } catch (error) {
      if (hasErrorCode(error, 'invalid-token')) return null
      throw error
    }
  }

  #hash(page: WireHistoryPage): string {
    return this.#hashes.get(page, [], () => shortHash(JSON.stringify(page.messages), 12))
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
