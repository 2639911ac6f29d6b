import { WalkGuard } from '../walk-pages.ts'
import { isEnd } from './agent-pages.ts'
import type { WireRoom } from './wire.ts'

/** What one call of the list gave: the rooms that could be understood, and how many there were. */
export interface ListedRooms {
  readonly rooms: readonly WireRoom[]
  readonly size: number
  readonly total: number | null
}

/** Where a room stood in the list when it was given: its offset then, its last message's time, and its id. */
export interface Place {
  readonly offset: number
  /** Epoch ms; null where the room has had no message. */
  readonly lm: number | null
  readonly id: string
}

/** A room with the place behind which the list goes on. */
export interface ListedRoom {
  readonly wire: WireRoom
  readonly place: Place
}

/** The time, in epoch ms, by which a list is sorted; null sorts last. */
export type RoomTime = (room: WireRoom) => number | null

/** Latest activity first. The id makes it one order even among rooms of one millisecond. */
export const SORT = JSON.stringify({ lm: -1, _id: 1 })

/**
 * Last written to first, whatever was written: `_updatedAt` moves with every write of the room
 * (docs/providers/rocketchat.md 10).
 */
export const SORT_BY_WRITE = JSON.stringify({ _updatedAt: -1, _id: 1 })

/**
 * Walks the list, sorted by `timeOf`, behind `from`; null begins at its top. The server pages by offset, and rooms move while a client
 * pages: the offset says only where to look, the place's own time and id say what lies behind it. So no room is
 * given twice, and none is lost but one that itself moves to the top meanwhile: it is found there by who starts anew.
 */
export async function* walkRooms(
  read: (offset: number) => Promise<ListedRooms>,
  from: Place | null,
  timeOf: RoomTime = lastMessageTime,
): AsyncGenerator<ListedRoom> {
  let place = from
  let offset = place?.offset ?? 0
  let begun = place === null
  const given = new Set(place ? [place.id] : [])
  const guard = new WalkGuard()
  let back = FIRST_BACK
  for (;;) {
    guard.countPage()
    const { rooms, size, total } = await read(offset)
    const [first] = rooms
    if (place && offset > 0 && (!first || isBehind(first, place, timeOf))) {
      // The page should have begun with the room given last: rooms above have left the list, so it moved up.
      offset = Math.max(0, offset - back)
      back *= 2
      continue
    }
    back = FIRST_BACK
    guard.demandNews(rooms.map(({ _id }) => _id))
    const start: number = begun || !place ? 0 : findBehind(rooms, place, timeOf)
    begun ||= start !== -1
    for (const [index, wire] of rooms.entries()) {
      // From there on the server's order counts: one room of which the time cannot be read must cost no other.
      if (!begun || index < start || given.has(wire._id)) continue
      given.add(wire._id)
      place = { offset: offset + index, lm: timeOf(wire), id: wire._id }
      yield { wire, place }
    }
    if (size === 0 || isEnd(offset + size, size, total)) return
    // Pages overlap by one room, by which the next one is known to follow on.
    offset += Math.max(1, size - 1)
  }
}

/** Rows that a list is read back for where it moved; twice as many each further time, for a client names the offset. */
const FIRST_BACK = 50

/** Where those behind a place begin: behind its own room where that lies as it did; -1 where there are none. */
function findBehind(rooms: readonly WireRoom[], place: Place, timeOf: RoomTime): number {
  const own = rooms.findIndex((room) => room._id === place.id && timeOf(room) === place.lm)
  return own === -1 ? rooms.findIndex((room) => isBehind(room, place, timeOf)) : own + 1
}

function isBehind(room: WireRoom, place: Place, timeOf: RoomTime): boolean {
  return comparePlaces({ lm: timeOf(room), id: room._id }, place) > 0
}

/** Orders places as the list has them, by time and id: negative where `a` comes before `b`. */
export function comparePlaces(a: Pick<Place, 'lm' | 'id'>, b: Pick<Place, 'lm' | 'id'>): number {
  const [timeOfA, timeOfB] = [a.lm ?? Number.NEGATIVE_INFINITY, b.lm ?? Number.NEGATIVE_INFINITY]
  if (timeOfA !== timeOfB) return timeOfA > timeOfB ? -1 : 1
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1
}

function lastMessageTime({ lm }: WireRoom): number | null {
  return lm?.getTime() ?? null
}
