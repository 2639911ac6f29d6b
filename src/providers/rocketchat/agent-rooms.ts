import { z } from 'zod'
import type { Call, RoomItem, RoomQuery } from '../../chat/adapter.ts'
import { notFound } from '../../chat/errors.ts'
import type { Room, RoomStatus } from '../../chat/model.ts'
import { ShortMemory } from '../short-memory.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentDepartments } from './agent-departments.ts'
import { type ListedRooms, SORT, SORT_BY_WRITE } from './agent-list.ts'
import type { AgentNames } from './agent-names.ts'
import { PAGE } from './agent-pages.ts'
import { roomPage } from './agent-wire.ts'
import { isRefusedWith } from './errors.ts'
import { mapRoom, type Origin, roomStatus } from './map.ts'
import { filtersOf, listingsFor } from './room-filters.ts'
import { mergeRoomLists } from './room-merge.ts'
import { settle } from './settle.ts'
import { roomAnswer, type WireRoom } from './wire.ts'

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
export interface ReachedRoom {
  readonly token: string | null
}

/** What Rocket.Chat lets the service account do with livechat rooms (docs/providers/rocketchat.md 4.2). */
export class AgentRooms {
  readonly #client: AgentClient
  readonly #origin: Origin
  readonly #names: AgentNames
  readonly #departments: AgentDepartments
  readonly #reached = new ShortMemory<ReachedRoom>(LIFETIME_MS, MOST_REMEMBERED)
  /** On the clock of `performance.now()`. */
  #noQueuedFilterUntil = 0

  constructor(client: AgentClient, origin: Origin, names: AgentNames, departments: AgentDepartments) {
    this.#client = client
    this.#origin = origin
    this.#names = names
    this.#departments = departments
  }

  /** The room, open or closed; null where there is no livechat room of that id. */
  async find(roomId: string, call: Call): Promise<Room | null> {
    const wire = await this.#info(roomId, call)
    if (!wire) return null
    const [named = wire] = await this.#names.complete([wire], call)
    return mapRoom(named, this.#origin)
  }

  /** Where the room stands now; null where there is no livechat room of that id. */
  async status(roomId: string, call: Call): Promise<RoomStatus | null> {
    const wire = await this.#info(roomId, call)
    return wire && mapRoom(wire, this.#origin).status
  }

  /** A room seen within the last minute, or looked at now. Throws NOT_FOUND where it is no livechat room. */
  async reach(roomId: string, call: Call): Promise<ReachedRoom> {
    const known = this.#reached.get(roomId)
    if (known) return known
    const wire = await this.#info(roomId, call)
    if (!wire) throw notFound('room', this.#origin.provider)
    return { token: wire.v?.token ?? null }
  }

  /** Latest activity first, a page of the server's at a time. */
  async *list(query: RoomQuery, resume: string | null, call: Call): AsyncGenerator<RoomItem> {
    const others = filtersOf(query)
    const listings = listingsFor(query.status, performance.now() >= this.#noQueuedFilterUntil)
    const lists = listings.map(({ name, filters }) => ({
      name,
      read: async (offset: number) => {
        const page = await this.#filteredPage(filters, { ...others, sort: SORT, count: PAGE, offset }, call)
        return { ...page, rooms: await this.#names.complete(page.rooms, call) }
      },
    }))
    for await (const { wire, resume: at } of mergeRoomLists(lists, resume)) {
      yield { room: mapRoom(wire, this.#origin), resume: at }
    }
  }

  /** Up to `count` rooms behind the first `offset`, open and closed, last written to first. Agents may lack names. */
  written(offset: number, count: number, call: Call): Promise<ListedRooms> {
    return this.#page({ sort: SORT_BY_WRITE, count, offset }, call)
  }

  /** Documents that a list gave, as rooms. Asks only for names of agents that are not known. */
  async complete(wires: readonly WireRoom[], call: Call): Promise<readonly Room[]> {
    const named = await this.#names.complete(wires, call)
    return named.map((wire) => mapRoom(wire, this.#origin))
  }

  /** Closes an open room; after a lost answer it is looked at. */
  async close(roomId: string, comment: string | null, call: Call): Promise<void> {
    const body = { rid: roomId, ...(comment === null ? {} : { comment }) }
    const request = { method: 'POST', route: CLOSE, body, needs: 'close-livechat-room' } as const
    await settle({
      provider: this.#origin.provider,
      write: async () => {
        await this.#client.send(request, z.unknown(), call)
        return true
      },
      readBack: async () => ((await this.status(roomId, call)) === 'CLOSED' ? true : null),
    })
  }

  /**
   * Servers before 6.12 or so have no `queued`: those with validators refuse it, older ones do not read it
   * (docs/providers/rocketchat.md 16.1). There `open=true` lists those rooms too.
   */
  async #filteredPage(filters: Filters, query: Query, call: Call): Promise<ListedRooms> {
    if (!('queued' in filters)) return this.#page({ ...filters, ...query }, call)
    try {
      const page = await this.#page({ ...filters, ...query }, call)
      if (page.rooms.every(mayBeQueued)) return page
    } catch (error) {
      const isUnknown = isRefusedWith(error, 'invalid-params') || isRefusedWith(error, 'error-invalid-params')
      if (!isUnknown) throw error
    }
    const page = await this.#page({ open: 'true', ...query }, call)
    this.#noQueuedFilterUntil = performance.now() + NO_FILTER_MS
    return page
  }

  async #page(query: Query, call: Call): Promise<ListedRooms> {
    const needs = 'view-livechat-rooms'
    const request = { method: 'GET', route: LIST, query, needs, answerBytes: LONGEST_LIST } as const
    const { rooms, total = null } = await this.#client.send(request, roomPage, call)
    for (const wire of rooms.rows) this.#remember(wire)
    return { rooms: rooms.rows, size: rooms.size, total }
  }

  /** The document; null for what is absent, and for channels and the like: operators reach livechat rooms only. */
  async #info(roomId: string, call: Call): Promise<WireRoom | null> {
    if (roomId === '') return null
    const needs = 'view-livechat-rooms'
    const request = { method: 'GET', route: INFO, query: { roomId }, needs } as const
    try {
      const { room: wire } = await this.#client.send(request, roomAnswer, call)
      return wire._id === roomId && wire.t === 'l' ? this.#remember(wire) : null
    } catch (error) {
      if (isRefusedWith(error, 'error-room-not-found')) return null
      throw error
    }
  }

  #remember(wire: WireRoom): WireRoom {
    this.#reached.set(wire._id, { token: wire.v?.token ?? null })
    if (wire.department) this.#departments.learn(wire.department)
    return wire
  }
}

function mayBeQueued(wire: WireRoom): boolean {
  const status = roomStatus(wire)
  return status === 'QUEUED' || status === 'UNKNOWN'
}
