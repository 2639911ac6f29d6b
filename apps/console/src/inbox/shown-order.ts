import { activityOf, type ListedRoom } from './listed-room.ts'

/** The order in which the list shows its rooms: rows keep their places until the operator asks for the current order. */
export interface ShownOrder {
  /** The filter that it was made for. */
  readonly key: string
  readonly ids: readonly string[]
  /** The time of each room's last activity when it got its place. */
  readonly activityById: ReadonlyMap<string, string>
}

export function createOrder(key: string, rooms: readonly ListedRoom[]): ShownOrder {
  return appendRooms({ key, ids: [], activityById: new Map() }, rooms)
}

/** Adds the rooms of a further page at the end. */
export function appendRooms(order: ShownOrder, rooms: readonly ListedRoom[]): ShownOrder {
  const added = rooms.filter(({ room }) => !order.activityById.has(room.id))
  const activities = added.map(({ room }) => [room.id, activityOf(room)] as const)
  return {
    ...order,
    ids: [...order.ids, ...added.map(({ room }) => room.id)],
    activityById: new Map([...order.activityById, ...activities]),
  }
}

/** How many rooms have news that the shown order hides: they are not shown, or would move up. `current` is sorted. */
export function countNews({ ids, activityById }: ShownOrder, current: readonly ListedRoom[]): number {
  const currentIds = current.map(({ room }) => room.id)
  const matching = new Set(currentIds)
  const shown = ids.filter((id) => matching.has(id))
  if (shown.length === currentIds.length && shown.every((id, index) => id === currentIds[index])) return 0
  return current.filter(({ room }) => activityOf(room) > (activityById.get(room.id) ?? '')).length
}
