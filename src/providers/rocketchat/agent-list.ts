import { z } from 'zod'
import type { RoomQuery } from '../../chat/adapter.ts'
import type { RoomStatus } from '../../chat/model.ts'
import { readResume } from '../resume.ts'
import { isEnd } from './agent-pages.ts'
import type { WireRoom } from './wire.ts'

/** What one call of the list gave: the rooms that could be understood, and how many there were. */
export interface ListedRooms {
  readonly rooms: readonly WireRoom[]
  readonly size: number
  readonly total: number | null
}

/** A room with the place from which the list goes on behind it. */
export interface ListedRoom {
  readonly wire: WireRoom
  readonly resume: string
}

/** Where a room stood in the list when it was given: its offset then, its last message's time, and its id. */
interface Place {
  readonly offset: number
  /** Epoch ms; null where the room has had no message. */
  readonly lm: number | null
  readonly id: string
}

/** The time, in epoch ms, by which a list is sorted; null sorts last. */
export type RoomTime = (room: WireRoom) => number | null

/** Latest activity first. The id makes it one order even among rooms of one millisecond. */
export const SORT = JSON.stringify({ lm: -1, _id: 1 })

/** Last written to first, whatever was written: `_updatedAt` moves with every write of the room (rocketchat.md 10). */
export const SORT_BY_WRITE = JSON.stringify({ _updatedAt: -1, _id: 1 })

/**
 * Walks the list, sorted by `timeOf`, from `resume` on. The server pages by offset, and rooms move while a client
 * pages: the offset says only where to look, the place's own time and id say what lies behind it. So no room is
 * given twice, and none is lost but one that itself moves to the top meanwhile: it is found there by who starts anew.
 */
export async function* walkRooms(
  read: (offset: number) => Promise<ListedRooms>,
  resume: string | null,
  timeOf: RoomTime = lastMessageTime,
): AsyncGenerator<ListedRoom> {
  let place = resume === null ? null : readPlace(resume)
  let offset = place?.offset ?? 0
  let begun = place === null
  const given = new Set(place ? [place.id] : [])
  for (;;) {
    const { rooms, size, total } = await read(offset)
    const [first] = rooms
    if (place && offset > 0 && (!first || isBehind(first, place, timeOf))) {
      // The page should have begun with the room given last: rooms above have left the list, so it moved up.
      offset = Math.max(0, offset - BACK)
      continue
    }
    const start: number = begun || !place ? 0 : findBehind(rooms, place, timeOf)
    begun ||= start !== -1
    for (const [index, wire] of rooms.entries()) {
      // From there on the server's order counts: one room of which the time cannot be read must cost no other.
      if (!begun || index < start || given.has(wire._id)) continue
      given.add(wire._id)
      place = { offset: offset + index, lm: timeOf(wire), id: wire._id }
      yield { wire, resume: JSON.stringify([place.offset, place.lm, place.id]) }
    }
    if (size === 0 || isEnd(offset + size, size, total)) return
    // Pages overlap by one room, by which the next one is known to follow on.
    offset += Math.max(1, size - 1)
  }
}

const BACK = 50

/** The server's filters for a query; whatever they let through beyond it, the caller leaves out (rocketchat.md 4.2). */
export function filtersOf({ status, departmentId, createdFrom, createdTo }: RoomQuery) {
  const created = {
    ...(createdFrom && { start: createdFrom.toISOString() }),
    ...(createdTo && { end: createdTo.toISOString() }),
  }
  return {
    ...(status && statusFilter(status)),
    ...(departmentId !== null && { departmentId }),
    ...((createdFrom || createdTo) && { createdAt: JSON.stringify(created) }),
  }
}

/** One state is one filter; rooms that wait count as open ones. Rooms on hold do not, so they go with none. */
function statusFilter(status: readonly RoomStatus[]): Readonly<Record<string, string>> {
  const [only] = status
  if (status.length === 1 && only === 'QUEUED') return { queued: 'true' }
  if (status.length === 1 && only === 'ON_HOLD') return { onhold: 'true' }
  if (status.length === 1 && only === 'CLOSED') return { open: 'false' }
  const open = status.length > 0 && status.every((state) => state === 'OPEN' || state === 'QUEUED')
  return open ? { open: 'true' } : {}
}

/** Where those behind a place begin: behind its own room where that lies as it did; -1 where there are none. */
function findBehind(rooms: readonly WireRoom[], place: Place, timeOf: RoomTime): number {
  const own = rooms.findIndex((room) => room._id === place.id && timeOf(room) === place.lm)
  return own === -1 ? rooms.findIndex((room) => isBehind(room, place, timeOf)) : own + 1
}

function isBehind(room: WireRoom, { lm, id }: Place, timeOf: RoomTime): boolean {
  const [own, other] = [timeOf(room) ?? Number.NEGATIVE_INFINITY, lm ?? Number.NEGATIVE_INFINITY]
  return own === other ? room._id > id : own < other
}

function lastMessageTime({ lm }: WireRoom): number | null {
  return lm?.getTime() ?? null
}

const shape = z.tuple([z.int().nonnegative(), z.int().nullable(), z.string()])

function readPlace(text: string): Place {
  const [offset, lm, id] = readResume(shape, text)
  return { offset, lm, id }
}
