import type { ConsoleRoomFragment, RoomStatus } from '../../generated/graphql.ts'

/** Merges rooms of a page or an event into the list: latest activity first. An older state never replaces a newer one. */
export function mergeRooms(
  current: readonly ConsoleRoomFragment[],
  read: readonly ConsoleRoomFragment[],
): readonly ConsoleRoomFragment[] {
  const rooms = new Map(current.map((room) => [room.id, room]))
  for (const room of read) {
    const before = rooms.get(room.id)
    if (!before || activityOf(room) >= activityOf(before)) rooms.set(room.id, room)
  }
  return [...rooms.values()].sort((a, b) => (activityOf(a) < activityOf(b) ? 1 : -1))
}

/** The filter of the list; empty means all. */
export interface InboxFilter {
  readonly status: RoomStatus | ''
  readonly provider: string
}

export function matchesFilter({ status, provider }: ConsoleRoomFragment, filter: InboxFilter): boolean {
  if (filter.status !== '' && status !== filter.status) return false
  return filter.provider === '' || provider.name === filter.provider
}

/** Timestamps of one format compare as strings. */
function activityOf({ lastActivityAt }: ConsoleRoomFragment): string {
  return lastActivityAt ?? ''
}
