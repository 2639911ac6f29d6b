import type { ConsoleRoomFragment, RoomStatus } from '../../generated/graphql.ts'

/** Rooms with those of a page or an event taken in: latest activity first, and never an older state over a newer. */
export function withRooms(
  known: readonly ConsoleRoomFragment[],
  read: readonly ConsoleRoomFragment[],
): readonly ConsoleRoomFragment[] {
  const rooms = new Map(known.map((room) => [room.id, room]))
  for (const room of read) {
    const before = rooms.get(room.id)
    if (!before || activityOf(room) >= activityOf(before)) rooms.set(room.id, room)
  }
  return [...rooms.values()].sort((a, b) => (activityOf(a) < activityOf(b) ? 1 : -1))
}

/** What the list is narrowed to; empty means all. */
export interface InboxFilter {
  readonly status: RoomStatus | ''
  readonly provider: string
}

export function matches({ status, provider }: ConsoleRoomFragment, filter: InboxFilter): boolean {
  if (filter.status !== '' && status !== filter.status) return false
  return filter.provider === '' || provider.name === filter.provider
}

/** Instants of one form compare as texts. */
function activityOf({ lastActivityAt }: ConsoleRoomFragment): string {
  return lastActivityAt ?? ''
}
