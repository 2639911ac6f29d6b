import { PageWalkGuard } from '../../shared/page-walk.ts'
import type { WireRoom } from '../wire.ts'
import { isListEnd } from './offset-pages.ts'

/** Rooms of a list at one offset. */
export interface RoomListPage {
  readonly rooms: readonly WireRoom[]
  /** Rows in the response, readable or not. */
  readonly rowCount: number
  readonly total: number | null
}

/** Position of a room in a list at the time it was read. */
export interface RoomListPosition {
  readonly offset: number
  /** Time by which the list is sorted, in epoch ms; null for a room without that time. */
  readonly sortTime: number | null
  readonly id: string
}

/** A room and its position, after which the walk can resume. */
export interface RoomListEntry {
  readonly wire: WireRoom
  readonly position: RoomListPosition
}

/** Returns the time, in epoch ms, by which a list is sorted; null sorts last. */
export type RoomSortTime = (room: WireRoom) => number | null

/** Latest message first. The id orders rooms of the same millisecond. */
export const SORT_BY_LAST_MESSAGE = JSON.stringify({ lm: -1, _id: 1 })

/** Latest write first. Every write to a room changes `_updatedAt` (docs/providers/rocketchat.md 10). */
export const SORT_BY_UPDATE = JSON.stringify({ _updatedAt: -1, _id: 1 })

/** Rows to go back when the list has moved up; doubled each time, because the offset comes from a client. */
const FIRST_STEP_BACK = 50

/**
 * Walks a list sorted by `timeOf`, starting after `from`; null starts at the top. The server pages by offset, and rooms
 * move while a client pages. So the offset only says where to look, and the position's time and id decide which rooms
 * follow. No room is returned twice. A room is missed only if it moves to the top meanwhile; a new walk finds it there.
 */
export async function* walkRooms(
  readPage: (offset: number) => Promise<RoomListPage>,
  from: RoomListPosition | null,
  timeOf: RoomSortTime = lastMessageTime,
): AsyncGenerator<RoomListEntry> {
  let position = from
  let offset = position?.offset ?? 0
  let hasStarted = position === null
  const returnedIds = new Set(position ? [position.id] : [])
  const guard = new PageWalkGuard()
  let stepBack = FIRST_STEP_BACK
  /** Offset after the last row of the previous page; null if that page did not continue the walk. */
  let readTo: number | null = null
  for (;;) {
    guard.countPage()
    const { rooms, rowCount, total } = await readPage(offset)
    // An empty page right after a page that continued the walk is the end, also if the total is too high.
    if (rowCount === 0 && offset === readTo) return
    readTo = null
    const [first] = rooms
    if (position && offset > 0 && (!first || isAfter(first, position, timeOf))) {
      // The page does not begin with the last room returned: rooms above it left the list, so it moved up.
      offset = Math.max(0, offset - stepBack)
      stepBack *= 2
      continue
    }
    stepBack = FIRST_STEP_BACK
    guard.requireNewRows(() => rooms.map(({ _id }) => _id))
    const start: number = hasStarted || !position ? 0 : findStart(rooms, position, timeOf)
    hasStarted ||= start !== -1
    for (const [index, wire] of rooms.entries()) {
      // After the start the server's order counts: a room with an unreadable time must not hide other rooms.
      if (!hasStarted || index < start || returnedIds.has(wire._id)) continue
      returnedIds.add(wire._id)
      position = { offset: offset + index, sortTime: timeOf(wire), id: wire._id }
      yield { wire, position }
    }
    if (rowCount === 0 || isListEnd(offset + rowCount, rowCount, total)) return
    readTo = offset + rowCount
    // Pages overlap by one room, which shows whether the next page continues this one.
    offset += Math.max(1, rowCount - 1)
  }
}

/** Index of the first room after the position: after its own room if that has not moved; -1 if there is none. */
function findStart(rooms: readonly WireRoom[], position: RoomListPosition, timeOf: RoomSortTime): number {
  const index = rooms.findIndex((room) => room._id === position.id && timeOf(room) === position.sortTime)
  return index === -1 ? rooms.findIndex((room) => isAfter(room, position, timeOf)) : index + 1
}

function isAfter(room: WireRoom, position: RoomListPosition, timeOf: RoomSortTime): boolean {
  return compareListPositions({ sortTime: timeOf(room), id: room._id }, position) > 0
}

/** Compares positions in list order, by time and id: negative if `a` comes before `b`. */
export function compareListPositions(
  a: Pick<RoomListPosition, 'sortTime' | 'id'>,
  b: Pick<RoomListPosition, 'sortTime' | 'id'>,
): number {
  const [timeOfA, timeOfB] = [a.sortTime ?? Number.NEGATIVE_INFINITY, b.sortTime ?? Number.NEGATIVE_INFINITY]
  if (timeOfA !== timeOfB) return timeOfA > timeOfB ? -1 : 1
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1
}

function lastMessageTime({ lm }: WireRoom): number | null {
  return lm?.getTime() ?? null
}
