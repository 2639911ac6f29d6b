import { createHash } from 'node:crypto'
import type { ChatAdapter } from '../../domain/adapter.ts'
import { EVERY_ROOM, type RoomItem } from '../../domain/room-query.ts'
import type { ActiveRoom } from '../../domain/rooms.ts'
import type { ActivityReader } from './account-poller.ts'

/** Number of rooms to read: the maximum page size of most providers' lists. */
const MAX_ROOMS = 50

/**
 * Creates a reader for an adapter without `readRoomActivity`: it compares the newest rooms of its list with their previous
 * versions. It is not reliable, because it misses activity that does not bring a room to the front of the list.
 */
export function createListActivityReader(adapter: ChatAdapter): ActivityReader {
  let previous: ReadonlyMap<string, string> | null = null
  return async (_syncToken, call) => {
    const items = await readNewest(adapter.listRooms(EVERY_ROOM, null, call))
    const versions = new Map(items.map(({ room }) => [room.nativeId, hashRoom(room)]))
    const rooms = items.map(({ room }): ActiveRoom => ({ roomId: room.nativeId, room }))
    const changed = rooms.filter(({ roomId }) => previous && previous.get(roomId) !== versions.get(roomId))
    previous = versions
    return { rooms: changed, syncToken: '', isComplete: true }
  }
}

async function readNewest(list: AsyncIterable<RoomItem>): Promise<readonly RoomItem[]> {
  const items: RoomItem[] = []
  for await (const item of list) {
    items.push(item)
    if (items.length === MAX_ROOMS) break
  }
  return items
}

function hashRoom(room: ActiveRoom['room']): string {
  return createHash('sha1').update(JSON.stringify(room)).digest('base64url')
}
