import { PageWalkGuard } from '../../shared/page-walk.ts'
import type { WireRoom } from '../wire.ts'
import { isListEnd } from './offset-pages.ts'

/** What one call of the list gave: the rooms that could be understood, and how many there were. */
export interface RoomListPage {
  readonly rooms: readonly WireRoom[]
  readonly rowCount: number
  readonly total: number | null
}

/** Where a room stood in the list when it was given: its offset then, its last message's time, and its id. */
export interface RoomListPosition {
  readonly offset: number
  /** Epoch ms; null where the room has had no message. */
  readonly sortTime: number | null
  readonly id: string
}

/** A room with the place behind which the list goes on. */
export interface RoomListEntry {
  readonly wire: WireRoom
  readonly position: RoomListPosition
}

/** The time, in epoch ms, by which a list is sorted; null sorts last. */
export type RoomSortTime = (room: WireRoom) => number | null

/** Latest activity first. The id makes it one order even among rooms of one millisecond. */
export const SORT_BY_LAST_MESSAGE = JSON.stringify({ lm: -1, _id: 1 })

/**
 * Last written to first, whatever was written: `_updatedAt` moves with every write of the room
 * (docs/providers/rocketchat.md 10).
 */
export const SORT_BY_UPDATE = JSON.stringify({ _updatedAt: -1, _id: 1 })

/**
 * Walks the list, sorted by `timeOf`, behind `from`; null begins at its top. The server pages by offset, and rooms move while a client
 * pages: the offset says only where to look, the place's own time and id say what lies behind it. So no room is
 * given twice, and none is lost but one that itself moves to the top meanwhile: it is found there by who starts anew.
 */
export async function* walkRooms(
  read: (offset: number) => Promise<RoomListPage>,
  from: RoomListPosition | null,
  timeOf: RoomSortTime = lastMessageTime,
): AsyncGenerator<RoomListEntry> {
  let place = from
  let offset = place?.offset ?? 0
  let begun = place === null
  const given = new Set(place ? [place.id] : [])
  const guard = new PageWalkGuard()
  let back = FIRST_BACK
  for (;;) {
    guard.countPage()
    const { rooms, rowCount: size, total } = await read(offset)
    const [first] = rooms
    if (place && offset > 0 && (!first || isBehind(first, place, timeOf))) {
      // The page should have begun with the room given last: rooms above have left the list, so it moved up.
      offset = Math.max(0, offset - back)
      back *= 2
      continue
    }
    back = FIRST_BACK
    guard.requireNewRows(rooms.map(({ _id }) => _id))
    const start: number = begun || !place ? 0 : findBehind(rooms, place, timeOf)
    begun ||= start !== -1
    for (const [index, wire] of rooms.entries()) {
      // From there on the server's order counts: one room of which the time cannot be read must cost no other.
      if (!begun || index < start || given.has(wire._id)) continue
      given.add(wire._id)
      place = { offset: offset + index, sortTime: timeOf(wire), id: wire._id }
      yield { wire, position: place }
    }
    if (size === 0 || isListEnd(offset + size, size, total)) return
    // Pages overlap by one room, by which the next one is known to follow on.
    offset += Math.max(1, size - 1)
  }
}

/** Rows that a list is read back for where it moved; twice as many each further time, for a client names the offset. */
const FIRST_BACK = 50

/** Where those behind a place begin: behind its own room where that lies as it did; -1 where there are none. */
function findBehind(rooms: readonly WireRoom[], place: RoomListPosition, timeOf: RoomSortTime): number {
  const own = rooms.findIndex((room) => room._id === place.id && timeOf(room) === place.sortTime)
  return own === -1 ? rooms.findIndex((room) => isBehind(room, place, timeOf)) : own + 1
}

function isBehind(room: WireRoom, place: RoomListPosition, timeOf: RoomSortTime): boolean {
  return compareListPositions({ sortTime: timeOf(room), id: room._id }, place) > 0
}

/** Orders places as the list has them, by time and id: negative where `a` comes before `b`. */
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
