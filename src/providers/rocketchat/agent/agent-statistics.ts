import type { CallContext } from '../../../domain/adapter.ts'
import type { Room, RoomStatus, Statistics, TimeRange } from '../../../domain/model.ts'
import { EVERY_ROOM } from '../../../domain/room-query.ts'
import { readAgentsIfPermitted } from '../../shared/agents-for-statistics.ts'
import { cached } from '../../shared/cache.ts'
import { cachedByRange } from '../../shared/closed-rooms-cache.ts'
import { type CountedRoom, type CountedRooms, computeStatistics } from '../../shared/statistics.ts'
import type { AgentDirectory } from './agent-directory.ts'
import type { AgentRooms, RoomsUpTo } from './agent-rooms.ts'
import { toListParameters } from './room-list-filters.ts'

const TTL_MS = 5_000
/** Pages of a hundred rooms per list. Beyond, there are totals only. */
const MAX_PAGES = 5

const LONGEST_WAITING_FIRST = '{"ts":1}'
const LATEST_CLOSED_FIRST = '{"closedAt":-1}'

/** The rooms that are not closed, by state. */
type CurrentRooms = Readonly<Record<'open' | 'queued' | 'onHold', CountedRooms>>

/** Counts rooms from the lists of rooms, which return totals (docs/providers/rocketchat.md 16.1), and agents from theirs. */
export class AgentStatistics {
  readonly #rooms: AgentRooms
  readonly #agents: AgentDirectory
  readonly #provider: string
  readonly #current = cached(TTL_MS, (call: CallContext) => this.#readCurrent(call))
  readonly #closed = cachedByRange((range, call) => this.#readClosed(range, call))

  constructor(rooms: AgentRooms, agents: AgentDirectory, provider: string) {
    this.#rooms = rooms
    this.#agents = agents
    this.#provider = provider
  }

  async read(range: TimeRange, call: CallContext): Promise<readonly Statistics[]> {
    const [current, closed, agents] = await Promise.all([
      this.#current(call),
      this.#closed(range, call),
      readAgentsIfPermitted(() => this.#agents.list(call)),
    ])
    return computeStatistics({ provider: this.#provider, ...current, closed, agents }, range, Date.now())
  }

  async #readCurrent(call: CallContext): Promise<CurrentRooms> {
    const lists = await Promise.all(
      this.#rooms
        .listsOfUnclosedRooms()
        .map(({ filters }) =>
          this.#rooms.readUpTo(MAX_PAGES, filters, { sort: LONGEST_WAITING_FIRST }, call),
        ),
    )
    return {
      open: countOf(lists, 'OPEN'),
      queued: countOf(lists, 'QUEUED'),
      onHold: countOf(lists, 'ON_HOLD'),
    }
  }

  async #readClosed({ from, to }: TimeRange, call: CallContext): Promise<CountedRooms> {
    const bounds = toListParameters({ ...EVERY_ROOM, closedFrom: from, closedTo: to })
    const parameters = { ...bounds, sort: LATEST_CLOSED_FIRST }
    const filters = { open: 'false' }
    const { rooms, total, isComplete } = await this.#rooms.readUpTo(MAX_PAGES, filters, parameters, call)
    const counted = rooms.filter(({ status }) => status === 'CLOSED').map(toCountedRoom)
    return { rooms: counted, total: isComplete ? counted.length : total, isComplete }
  }
}

/**
 * Counts the rooms of one state in lists that together contain all. A list that was not read to its end has a total, which
 * counts if the list contains this state only.
 */
function countOf(lists: readonly RoomsUpTo[], status: RoomStatus): CountedRooms {
  // A list of an older server contains several states, and a room that changes meanwhile can be in two lists.
  const roomsById = new Map(lists.flatMap(({ rooms }) => rooms.map((room) => [room.nativeId, room] as const)))
  const rooms = [...roomsById.values()].filter((room) => room.status === status).map(toCountedRoom)
  const isOfStatus = (room: Room) => room.status === status
  const incomplete = lists.filter((list) => !list.isComplete && list.rooms.some(isOfStatus))
  if (incomplete.length === 0) return { rooms, total: rooms.length, isComplete: true }
  const [only] = incomplete
  const isExact = incomplete.length === 1 && only?.rooms.every(isOfStatus)
  return { rooms, total: isExact ? (only?.total ?? null) : null, isComplete: false }
}

function toCountedRoom({ departmentId, queue, createdAt, firstResponseAt }: Room): CountedRoom {
  return {
    departmentId,
    waitingSince: queue?.since ?? null,
    firstResponseMs: createdAt && firstResponseAt && firstResponseAt.getTime() - createdAt.getTime(),
  }
}
