import type { RoomStatus } from '../../../domain/model.ts'
import { matchesRoomQuery, type RoomQuery } from '../../../domain/room-query.ts'
import { isRejectedParameter } from '../errors.ts'
import { mapRoom, type ProviderOrigin } from '../map.ts'
import { PAGE_SIZE } from './offset-pages.ts'
import { type ListQuery, listStatuses, roomListFiltersFor, toListParameters } from './room-list-filters.ts'
import { type RoomListPage, SORT_BY_LAST_MESSAGE } from './walk-rooms.ts'

type ReadPage = (query: ListQuery) => Promise<RoomListPage>

/**
 * Counts the rooms of a query with one request; null if its total is not exact. The filters `open` and `queued` mean other
 * things on older servers (docs/providers/rocketchat.md 16.1), so rooms in these states are counted one by one.
 */
export async function countRooms(
  query: RoomQuery,
  readPage: ReadPage,
  origin: ProviderOrigin,
): Promise<number | null> {
  const statuses = listStatuses(query)
  const [list, ...others] = roomListFiltersFor(statuses, true)
  if (!list) return 0
  const parameters = { ...list.filters, ...toListParameters(query), sort: SORT_BY_LAST_MESSAGE, offset: 0 }
  if (statuses === null || isOnly(statuses, 'CLOSED')) {
    return (await readPage({ ...parameters, count: 1 })).total
  }
  if (others.length > 0 || statuses.includes('CLOSED')) return null
  try {
    const page = await readPage({ ...parameters, count: PAGE_SIZE })
    const matches = page.rooms.filter((wire) => matchesRoomQuery(mapRoom(wire, origin), query)).length
    return toCount(page, matches, statuses)
  } catch (error) {
    if (isRejectedParameter(error)) return null
    throw error
  }
}

function toCount(
  { rooms, rowCount, total }: RoomListPage,
  matches: number,
  statuses: readonly RoomStatus[],
): number | null {
  if (total === null || rooms.length < rowCount) return null
  if (total <= rowCount) return matches
  // A list of open rooms may include queued ones on a later page. Any other list that is not filtered shows it on the first.
  return matches === rowCount && !statuses.includes('OPEN') ? total : null
}

function isOnly(statuses: readonly RoomStatus[], status: RoomStatus): boolean {
  return statuses.every((one) => one === status)
}
