import { z } from 'zod'
import type { CallContext, RoomItem, RoomQuery } from '../../../domain/adapter.ts'
import { notFound } from '../../../domain/errors.ts'
import type { Room, RoomStatus } from '../../../domain/model.ts'
import { TtlCache } from '../../shared/ttl-cache.ts'
import { hasErrorCode } from '../errors.ts'
import { mapRoom, mapRoomStatus, type ProviderOrigin } from '../map.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import { roomResponse, type WireRoom } from '../wire.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentDepartments } from './agent-departments.ts'
import type { AgentNames } from './agent-names.ts'
import { roomListResponse } from './agent-wire.ts'
import { mergeRoomLists } from './merge-room-lists.ts'
import { PAGE_SIZE } from './offset-pages.ts'
import { roomListFiltersFor, toListParameters } from './room-list-filters.ts'
import { type RoomListPage, SORT_BY_LAST_MESSAGE, SORT_BY_UPDATE } from './walk-rooms.ts'

const LIST = '/api/v1/livechat/rooms'
const INFO = '/api/v1/rooms.info'
const CLOSE = '/api/v1/livechat/room.closeByUser'

/** A hundred rooms, each with a last message of 5 000 characters of three bytes, are 3 MiB. */
const LONGEST_LIST = 4 * 1024 * 1024

/** How long a room that was seen counts as within the account's reach. */
const LIFETIME_MS = 60_000
const MOST_REMEMBERED = 5_000
/** How long a server counts as one without the `queued` filter: it may be upgraded at any time. */
const NO_FILTER_MS = 600_000

type Filters = Readonly<Record<string, string>>
type Query = Readonly<Record<string, string | number>>

/** A livechat room that the account may see. The token is its visitor's: it never leaves the adapter. */
export interface AccessibleRoom {
  readonly token: string | null
}

/** What Rocket.Chat lets the service account do with livechat rooms (docs/providers/rocketchat.md 4.2). */
export class AgentRooms {
  readonly #client: AgentClient
  readonly #origin: ProviderOrigin
  readonly #names: AgentNames
  readonly #departments: AgentDepartments
  readonly #reached = new TtlCache<AccessibleRoom>(LIFETIME_MS, MOST_REMEMBERED)
  /** On the clock of `performance.now()`. */
  #noQueuedFilterUntil = 0

  constructor(client: AgentClient, origin: ProviderOrigin, names: AgentNames, departments: AgentDepartments) {
    this.#client = client
    this.#origin = origin
    this.#names = names
    this.#departments = departments
  }

  /** The room, open or closed; null where there is no livechat room of that id. */
  async find(roomId: string, call: CallContext): Promise<Room | null> {
    const wire = await this.#info(roomId, call)
    if (!wire) return null
    const [named = wire] = await this.#names.addTo([wire], call)
    return mapRoom(named, this.#origin)
  }

  /** Where the room stands now; null where there is no livechat room of that id. */
  async readStatus(roomId: string, call: CallContext): Promise<RoomStatus | null> {
    const wire = await this.#info(roomId, call)
    return wire && mapRoom(wire, this.#origin).status
  }

  /** A room seen within the last minute, or looked at now. Throws NOT_FOUND where it is no livechat room. */
  async getAccessible(roomId: string, call: CallContext): Promise<AccessibleRoom> {
    const known = this.#reached.get(roomId)
    if (known) return known
    const wire = await this.#info(roomId, call)
    if (!wire) throw notFound('room', this.#origin.provider)
    return { token: wire.v?.token ?? null }
  }

  /** Latest activity first, a page of the server's at a time. */
  async *list(query: RoomQuery, resume: string | null, call: CallContext): AsyncGenerator<RoomItem> {
    const others = toListParameters(query)
    const listings = roomListFiltersFor(query.status, performance.now() >= this.#noQueuedFilterUntil)
    const lists = listings.map(({ name, filters }) => ({
      name,
      read: async (offset: number) => {
        const page = await this.#filteredPage(
          filters,
          { ...others, sort: SORT_BY_LAST_MESSAGE, count: PAGE_SIZE, offset },
          call,
        )
        return { ...page, rooms: await this.#names.addTo(page.rooms, call) }
      },
    }))
    for await (const { wire, resume: at } of mergeRoomLists(lists, resume)) {
      yield { room: mapRoom(wire, this.#origin), resumeToken: at }
    }
  }

  /** Up to `count` rooms behind the first `offset`, open and closed, last written to first. Agents may lack names. */
  listByUpdateTime(offset: number, count: number, call: CallContext): Promise<RoomListPage> {
    return this.#page({ sort: SORT_BY_UPDATE, count, offset }, call)
  }

  /** Documents that a list gave, as rooms. Asks only for names of agents that are not known. */
  async mapRooms(wires: readonly WireRoom[], call: CallContext): Promise<readonly Room[]> {
    const named = await this.#names.addTo(wires, call)
    return named.map((wire) => mapRoom(wire, this.#origin))
  }

  /** Closes an open room; after a lost answer it is looked at. */
  async close(roomId: string, comment: string | null, call: CallContext): Promise<void> {
    const body = { rid: roomId, ...(comment === null ? {} : { comment }) }
    const request = { method: 'POST', route: CLOSE, body, permission: 'close-livechat-room' } as const
    await reconcileWrite({
      provider: this.#origin.provider,
      write: async () => {
        await this.#client.send(request, z.unknown(), call)
        return true
      },
      readBack: async () => ((await this.readStatus(roomId, call)) === 'CLOSED' ? true : null),
    })
  }

  /**
   * Servers before 6.12 or so have no `queued`: those with validators refuse it, older ones do not read it
   * (docs/providers/rocketchat.md 16.1). There `open=true` lists those rooms too.
   */
  async #filteredPage(filters: Filters, query: Query, call: CallContext): Promise<RoomListPage> {
    if (!('queued' in filters)) return this.#page({ ...filters, ...query }, call)
    try {
      const page = await this.#page({ ...filters, ...query }, call)
      if (page.rooms.every(mayBeQueued)) return page
    } catch (error) {
      const isUnknown = hasErrorCode(error, 'invalid-params') || hasErrorCode(error, 'error-invalid-params')
      if (!isUnknown) throw error
    }
    const page = await this.#page({ open: 'true', ...query }, call)
    this.#noQueuedFilterUntil = performance.now() + NO_FILTER_MS
    return page
  }

  async #page(query: Query, call: CallContext): Promise<RoomListPage> {
    const needs = 'view-livechat-rooms'
    const request = {
      method: 'GET',
      route: LIST,
      query,
      permission: needs,
      maxResponseBytes: LONGEST_LIST,
    } as const
    const { rooms, total = null } = await this.#client.send(request, roomListResponse, call)
    for (const wire of rooms.rows) this.#remember(wire)
    return { rooms: rooms.rows, rowCount: rooms.rowCount, total }
  }

  /** The document; null for what is absent, and for channels and the like: operators reach livechat rooms only. */
  async #info(roomId: string, call: CallContext): Promise<WireRoom | null> {
    if (roomId === '') return null
    const needs = 'view-livechat-rooms'
    const request = { method: 'GET', route: INFO, query: { roomId }, permission: needs } as const
    try {
      const { room: wire } = await this.#client.send(request, roomResponse, call)
      return wire._id === roomId && wire.t === 'l' ? this.#remember(wire) : null
    } catch (error) {
      if (hasErrorCode(error, 'error-room-not-found')) return null
      throw error
    }
  }

  #remember(wire: WireRoom): WireRoom {
    this.#reached.set(wire._id, { token: wire.v?.token ?? null })
    if (wire.department) this.#departments.remember(wire.department)
    return wire
  }
}

function mayBeQueued(wire: WireRoom): boolean {
  const status = mapRoomStatus(wire)
  return status === 'QUEUED' || status === 'UNKNOWN'
}
