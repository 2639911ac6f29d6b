import type { InboxSort } from './filter.ts'
import { COMPARE, type ListedRoom, sortKeyOf } from './listed-room.ts'

/** The order in which the list shows its rooms: rows keep their places until the operator asks for the current order. */
export interface ShownOrder {
  /** The filter that it was made for. */
  readonly key: string
  readonly sort: InboxSort
  /** The rooms in their places, each as it was when it got its place. */
  readonly placed: readonly ListedRoom[]
}

export function createOrder(key: string, sort: InboxSort, rooms: readonly ListedRoom[]): ShownOrder {
  return { key, sort, placed: rooms.toSorted(COMPARE[sort]) }
}

/** The rooms that have no place yet. */
export function withoutPlace({ placed }: ShownOrder, rooms: readonly ListedRoom[]): readonly ListedRoom[] {
  const ids = new Set(placed.map(({ room }) => room.id))
  return rooms.filter(({ room }) => !ids.has(room.id))
}

/** Gives rooms without a place the one that they would have had when the order was made. All others keep theirs. */
export function insertRooms(order: ShownOrder, rooms: readonly ListedRoom[]): ShownOrder {
  const compare = COMPARE[order.sort]
  let { placed } = order
  for (const room of withoutPlace(order, rooms)) {
    const next = placed.findIndex((other) => compare(room, other) < 0)
    placed = placed.toSpliced(next < 0 ? placed.length : next, 0, room)
  }
  return { ...order, placed }
}

/** Adds the rooms of a further page at the end. */
export function appendRooms(order: ShownOrder, rooms: readonly ListedRoom[]): ShownOrder {
  const added = withoutPlace(order, rooms).toSorted(COMPARE[order.sort])
  return { ...order, placed: [...order.placed, ...added] }
}

/**
 * How many rooms have news that the shown order hides: they have no place, or would get another one for what has happened since.
 * `current` are the rooms that match now, in any order.
 */
export function countNews({ sort, placed }: ShownOrder, current: readonly ListedRoom[]): number {
  const placedById = new Map(placed.map((listed) => [listed.room.id, listed]))
  const sorted = current.toSorted(COMPARE[sort]).map(({ room }) => room.id)
  const matching = new Set(sorted)
  const shown = placed.filter(({ room }) => matching.has(room.id))
  if (shown.length === sorted.length && shown.every(({ room }, index) => room.id === sorted[index])) return 0
  return current.filter((listed) => {
    const before = placedById.get(listed.room.id)
    return before === undefined || sortKeyOf(listed, sort) !== sortKeyOf(before, sort)
  }).length
}
