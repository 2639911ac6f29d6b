import { seededId } from '../ids.ts'
import type { Room } from '../model.ts'
import { publishedRoom } from '../workspace/published-room.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Streams } from './streams.ts'

export const NOTIFY_USER = 'stream-notify-user'
export const ROOM_DATA = 'stream-room-data'

/**
 * Sends the document of a room that was written: to the users in it, and to those who have subscribed to the room. Also tells
 * users that they have joined or left; closing a room appears as leaving it (docs/providers/rocketchat.md 21.4). The returned
 * function stops it.
 */
export function publishUserRooms(workspace: Workspace, streams: Streams): () => void {
  const onRoom = (room: Room): void => {
    const published = publishedRoom(room)
    streams.emit(ROOM_DATA, room._id, [published])
    for (const userId of workspace.subscriptions.get(room._id) ?? []) {
      streams.emit(NOTIFY_USER, `${userId}/rooms-changed`, ['updated', published])
    }
  }
  const onJoined = (rid: string, userId: string): void => {
    const membership = { ...membershipOf(workspace, rid, userId), t: 'l', open: true }
    streams.emit(NOTIFY_USER, `${userId}/subscriptions-changed`, ['inserted', membership])
    const room = workspace.rooms.get(rid)
    if (room) streams.emit(NOTIFY_USER, `${userId}/rooms-changed`, ['inserted', publishedRoom(room)])
  }
  const onLeft = (rid: string, userId: string): void => {
    const membership = membershipOf(workspace, rid, userId)
    streams.emit(NOTIFY_USER, `${userId}/subscriptions-changed`, ['removed', membership])
  }
  workspace.events.on('roomWritten', onRoom)
  workspace.events.on('joined', onJoined)
  workspace.events.on('left', onLeft)
  return () => {
    workspace.events.off('roomWritten', onRoom)
    workspace.events.off('joined', onJoined)
    workspace.events.off('left', onLeft)
  }
}

function membershipOf({ agents }: Workspace, rid: string, userId: string): object {
  const username = agents.get(userId)?.username
  return { _id: seededId(`subscription ${rid} ${userId}`), rid, u: { _id: userId, username } }
}
