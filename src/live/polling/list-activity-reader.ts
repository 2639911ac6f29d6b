import { createHash } from 'node:crypto'
import type { ActiveRoom, ChatAdapter, RoomItem, RoomQuery } from '../../domain/adapter.ts'
import type { ActivityReader } from './account-poller.ts'

/** As many rooms as a list's page has at most providers. */
const NEWEST = 50

const everyRoom: RoomQuery = { status: null, departmentId: null, createdFrom: null, createdTo: null }

/**
 * What an adapter that cannot tell of its rooms tells all the same: the newest of its list, compared with how they
 * were. It is no ground to rely on, for it says nothing of a room that the list does not bring to the front.
 */
export function createListActivityReader(adapter: ChatAdapter): ActivityReader {
  let before: ReadonlyMap<string, string> | null = null
  return async (_mark, call) => {
    const items = await newestOf(adapter.listRooms(everyRoom, null, call))
    const rooms = items.map(({ room }): ActiveRoom => ({ roomId: room.nativeId, room }))
    const changed = rooms.filter(({ roomId, room }) => before && before.get(roomId) !== versionOf(room))
    before = new Map(rooms.map(({ roomId, room }) => [roomId, versionOf(room)]))
    return { rooms: changed, syncToken: '', isComplete: true }
  }
}

async function newestOf(list: AsyncIterable<RoomItem>): Promise<readonly RoomItem[]> {
  const items: RoomItem[] = []
  for await (const item of list) {
    items.push(item)
    if (items.length === NEWEST) break
  }
  return items
}

function versionOf(room: ActiveRoom['room']): string {
  return createHash('sha1').update(JSON.stringify(room)).digest('base64url')
}
