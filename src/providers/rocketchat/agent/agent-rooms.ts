import type { CallContext } from '../../../domain/adapter.ts'
import { notFound } from '../../../domain/errors.ts'
import type { Room, RoomStatus } from '../../../domain/model.ts'
import type { RoomItem, RoomQuery } from '../../../domain/room-query.ts'
import type { RoomClosing } from '../../../domain/rooms.ts'
import { Memo } from '../../shared/memo.ts'
import { emptyResponse } from '../../shared/response-format.ts'
import { TtlCache } from '../../shared/ttl-cache.ts'
import { hasErrorCode, isRejectedParameter } from '../errors.ts'
import { mapRoom, mapRoomStatus, type ProviderOrigin } from '../map.ts'
import { reconcileWrite } from '../reconcile-write.ts'
import { roomResponse, type WireRoom } from '../wire.ts'
import type { AgentClient } from './agent-client.ts'
import type { AgentDepartments } from './agent-departments.ts'
import type { AgentNames } from './agent-names.ts'
import { roomListResponse } from './agent-wire.ts'
import { mergeRoomLists } from './merge-room-lists.ts'
import { isListEnd, PAGE_SIZE } from './offset-pages.ts'
import { countRooms } from './room-count.ts'
import {
  assertNoSearch,
  type ListQuery,
  listStatuses,
  type RoomListFilter,
  roomListFiltersFor,
  toListParameters,
} from './room-list-filters.ts'
import { RoomReads } from './room-reads.ts'
import { type RoomListPage, SORT_BY_LAST_MESSAGE, SORT_BY_UPDATE } from './walk-rooms.ts'

const LIST = '/api/v1/livechat/rooms'
const INFO = '/api/v1/rooms.info'
const CLOSE = '/api/v1/livechat/room.closeByUser'
const READ_PERMISSION = 'view-livechat-rooms'

/** A hundred rooms take 3 MiB if each last message has 5 000 three-byte characters, sent as text and parsed (`md`). */
const MAX_LIST_BYTES = 4 * 1024 * 1024

/** Time for which a room counts as accessible after the server has shown that it is. */
const ACCESSIBLE_MS = 60_000
/** How long the visitor of a room is remembered: it does not change. */
const VISITOR_TTL_MS = 60 * 60_000
const MAX_KNOWN = 5_000
/** Time after which the `queued` filter is tried again: the server may have been upgraded. */
const RETRY_QUEUED_FILTER_MS = 600_000

type Filters = Readonly<Record<string, string>>

/** A livechat room that the account may see. The visitor's token must not leave the adapter. */
export interface AccessibleRoom {
  readonly token: string | null
  readonly visitorId: string | null
  readonly isClosed: boolean
}

/** A room that a response has shown. */
interface KnownRoom {
  readonly accessible: AccessibleRoom
  /** `performance.now()` when the server last showed that the account may see it. */
  readonly provenAt: number
}

/** The first rooms of a list, without the names of agents. */
export interface RoomsUpTo {
  readonly rooms: readonly Room[]
  /** Rooms in the whole list; null if the server does not say. */
  readonly total: number | null
  /** Whether `rooms` are the whole list. */
  readonly isComplete: boolean
}

/** Livechat rooms of operators (docs/providers/rocketchat.md 4.2). */
export class AgentRooms {
  readonly #client: AgentClient
  readonly #origin: ProviderOrigin
  readonly #names: AgentNames
  readonly #departments: AgentDepartments
  readonly #rooms = new Memo<WireRoom, Room>()
  readonly #known = new TtlCache<KnownRoom>(VISITOR_TTL_MS, MAX_KNOWN)
  /** Reads of single rooms that can wait. */
  readonly #reads: RoomReads
  /** On the clock of `performance.now()`. */
  #noQueuedFilterUntil = 0
  /** Called with the id of each livechat room that the server has shown to the account. */
  onAccessible: (roomId: string) => void = () => {}

  constructor(client: AgentClient, origin: ProviderOrigin, names: AgentNames, departments: AgentDepartments) {
    this.#client = client
    this.#origin = origin
    this.#names = names
    this.#departments = departments
    this.#reads = new RoomReads({
      readOne: (roomId, call) => this.#requestDocument(roomId, call),
      readPage: (offset, call) => this.listByUpdateTime(offset, PAGE_SIZE, call),
    })
  }

  /** Returns the room, open or closed, or null if there is no livechat room of that id. */
  async find(roomId: string, call: CallContext): Promise<Room | null> {
    const wire = await this.#readDocument(roomId, call)
    if (!wire) return null
    const [named = wire] = await this.#names.addTo([wire], call)
    return this.#map(named)
  }

  /** Returns the current status, or null if there is no livechat room of that id. */
  async readStatus(roomId: string, call: CallContext): Promise<RoomStatus | null> {
    const wire = await this.#readDocument(roomId, call)
    return wire && mapRoomStatus(wire)
  }

  /** Returns the current tags, or null if there is no livechat room of that id. */
  async readTags(roomId: string, call: CallContext): Promise<readonly string[] | null> {
    return (await this.#readDocument(roomId, call))?.tags ?? null
  }

  /** Whether the server has shown the room to the account within the last minute. */
  isKnownAccessible(roomId: string): boolean {
    return this.#findAccessible(roomId) !== null
  }

  /**
   * The visitor's token of a room that the account has seen within the last hour; null where it is not known. It does not
   * prove that the account may see the room now.
   */
  findToken(roomId: string): string | null {
    return this.#known.get(roomId)?.accessible.token ?? null
  }

  /** The server has shown otherwise than by the room's document that the account may see the room, and that it is open. */
  confirmAccessible(roomId: string): void {
    const known = this.#known.get(roomId)
    if (known && !known.accessible.isClosed) this.#setKnown(roomId, known.accessible)
  }

  /** Checks that the account may see the room, at most once a minute. Throws NOT_FOUND for any other room. */
  async getAccessible(roomId: string, call: CallContext): Promise<AccessibleRoom> {
    const known = this.#findAccessible(roomId)
    if (known) return known
    const wire = await this.#readDocument(roomId, call)
    if (!wire) throw notFound('room', this.#origin.provider)
    return toAccessibleRoom(wire)
  }

  /** Lists rooms, latest activity first. Reads one page of the server at a time. */
  async *list(query: RoomQuery, resumeToken: string | null, call: CallContext): AsyncGenerator<RoomItem> {
    assertNoSearch(query, this.#origin.provider)
    const parameters = { ...toListParameters(query), sort: SORT_BY_LAST_MESSAGE, count: PAGE_SIZE }
    const hasQueuedFilter = performance.now() >= this.#noQueuedFilterUntil
    const lists = roomListFiltersFor(listStatuses(query), hasQueuedFilter).map(({ name, filters }) => ({
      name,
      read: async (offset: number) => {
        const page = await this.#readFilteredPage(filters, { ...parameters, offset }, call)
        return { ...page, rooms: await this.#names.addTo(page.rooms, call) }
      },
    }))
    for await (const { wire, resumeToken: next } of mergeRoomLists(lists, resumeToken)) {
      yield { room: this.#map(wire), resumeToken: next }
    }
  }

  /** Counts rooms with one request; null if that is not exact. */
  async count(query: RoomQuery, call: CallContext): Promise<number | null> {
    assertNoSearch(query, this.#origin.provider)
    return countRooms(query, (parameters) => this.#readPage(parameters, call), this.#origin)
  }

  /** Reads up to `count` rooms after the first `offset`, open and closed, latest write first, without agents' names. */
  listByUpdateTime(offset: number, count: number, call: CallContext): Promise<RoomListPage> {
    return this.#readPage({ sort: SORT_BY_UPDATE, count, offset }, call)
  }

  /** The lists that together contain the rooms that are not closed: three, or two on older servers. */
  listsOfUnclosedRooms(): readonly RoomListFilter[] {
    return roomListFiltersFor(['OPEN', 'QUEUED', 'ON_HOLD'], performance.now() >= this.#noQueuedFilterUntil)
  }

  /** Reads at most `maxPages` pages of a hundred rooms of a filtered list. */
  async readUpTo(
    maxPages: number,
    filters: Filters,
    parameters: ListQuery,
    call: CallContext,
  ): Promise<RoomsUpTo> {
    const rooms: Room[] = []
    for (let offset = 0, pages = 1; ; pages += 1) {
      const page = await this.#readFilteredPage(filters, { ...parameters, count: PAGE_SIZE, offset }, call)
      rooms.push(...page.rooms.map((wire) => this.#map(wire)))
      offset += page.rowCount
      const isComplete = page.rowCount === 0 || isListEnd(offset, page.rowCount, page.total)
      if (isComplete || pages === maxPages) return { rooms, total: page.total, isComplete }
    }
  }

  /** Maps documents of a list. Sends a request only for unknown names of agents. */
  async mapRooms(wires: readonly WireRoom[], call: CallContext): Promise<readonly Room[]> {
    const named = await this.#names.addTo(wires, call)
    return named.map((wire) => this.#map(wire))
  }

  /** Closes an open room; the server adds the tags to those of the room. After a lost response it reads the room's status. */
  async close(roomId: string, { comment, tags }: RoomClosing, call: CallContext): Promise<void> {
    const body = {
      rid: roomId,
      ...(comment === null ? {} : { comment }),
      ...(tags.length === 0 ? {} : { tags }),
    }
    const request = {
      method: 'POST',
      route: CLOSE,
      body,
      permission: 'close-livechat-room',
      permissionByCode: new Map([['error-not-authorized', 'close-others-livechat-room']]),
    } as const
    await reconcileWrite({
      provider: this.#origin.provider,
      write: async () => {
        await this.#client.send(request, emptyResponse, call)
        return true
      },
      readBack: async () => ((await this.readStatus(roomId, call)) === 'CLOSED' ? true : null),
    })
  }

  /**
   * Reads a page of a filtered list. Servers before about 6.12 lack the filter `queued`: those with validators reject
   * it, older ones ignore it (docs/providers/rocketchat.md 16.1). There, `open=true` includes queued rooms.
   */
  async #readFilteredPage(filters: Filters, query: ListQuery, call: CallContext): Promise<RoomListPage> {
    if (!('queued' in filters)) return this.#readPage({ ...filters, ...query }, call)
    try {
      const page = await this.#readPage({ ...filters, ...query }, call)
      if (page.rooms.every(mayBeQueued)) return page
    } catch (error) {
      if (!isRejectedParameter(error)) throw error
    }
    const { queued: _unknown, ...known } = filters
    const page = await this.#readPage({ ...known, open: 'true', ...query }, call)
    this.#noQueuedFilterUntil = performance.now() + RETRY_QUEUED_FILTER_MS
    return page
  }

  async #readPage(query: ListQuery, call: CallContext): Promise<RoomListPage> {
    const request = {
      method: 'GET',
      route: LIST,
      query,
      permission: READ_PERMISSION,
      maxResponseBytes: MAX_LIST_BYTES,
    } as const
    const requestedAt = performance.now()
    const { rows: rooms, rowCount, total } = await this.#client.send(request, roomListResponse, call)
    for (const wire of rooms) this.#remember(wire, requestedAt)
    return { rooms, rowCount, total }
  }

  /** Returns null for an absent room and for any other kind of room: operators reach livechat rooms only. */
  async #readDocument(roomId: string, call: CallContext): Promise<WireRoom | null> {
    if (roomId === '') return null
    const { priority = 'interactive' } = call
    return priority === 'interactive'
      ? this.#requestDocument(roomId, call)
      : this.#reads.read(roomId, priority, call)
  }

  async #requestDocument(roomId: string, call: CallContext): Promise<WireRoom | null> {
    const requestedAt = performance.now()
    const request = { method: 'GET', route: INFO, query: { roomId }, permission: READ_PERMISSION } as const
    try {
      const { room: wire } = await this.#client.send(request, roomResponse, call)
      return wire._id === roomId && wire.t === 'l' ? this.#remember(wire, requestedAt) : null
    } catch (error) {
      if (hasErrorCode(error, 'error-room-not-found')) return null
      throw error
    }
  }

  #findAccessible(roomId: string): AccessibleRoom | null {
    const known = this.#known.get(roomId)
    return known && performance.now() - known.provenAt < ACCESSIBLE_MS ? known.accessible : null
  }

  #setKnown(roomId: string, accessible: AccessibleRoom): void {
    this.#known.set(roomId, { accessible, provenAt: performance.now() })
  }

  #map(wire: WireRoom): Room {
    return this.#rooms.get(wire, [], () => mapRoom(wire, this.#origin))
  }

  /** A response that was requested at `requestedAt` (`performance.now()`) contains the room. */
  #remember(wire: WireRoom, requestedAt: number): WireRoom {
    this.#setKnown(wire._id, toAccessibleRoom(wire))
    this.#reads.onShown(wire, requestedAt)
    this.onAccessible(wire._id)
    if (wire.department) this.#departments.remember(wire.department)
    return wire
  }
}

function toAccessibleRoom(wire: WireRoom): AccessibleRoom {
  const { v } = wire
  return {
    token: v?.token ?? null,
    visitorId: v?._id ?? null,
    isClosed: mapRoomStatus(wire) === 'CLOSED',
  }
}

function mayBeQueued(wire: WireRoom): boolean {
  const status = mapRoomStatus(wire)
  return status === 'QUEUED' || status === 'UNKNOWN'
}
