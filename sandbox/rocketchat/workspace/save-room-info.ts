import type { Room, Visitor } from '../model.ts'
import type { Workspace } from './workspace.ts'

/** The changes of a room: an absent topic is kept, absent or empty tags remove all. */
export interface RoomInfo {
  readonly topic?: string | null
  readonly tags?: readonly string[] | null
}

/** The changes of a visitor. What is absent or empty is kept. */
export interface GuestInfo {
  readonly name?: string | null
  readonly email?: string | null
  readonly phone?: string | null
}

/** Saves topic and tags of a room, open or closed (docs/providers/rocketchat.md 14.1). */
export function saveRoomInfo(workspace: Workspace, room: Room, { topic, tags }: RoomInfo): void {
  const { tags: _tags, topic: oldTopic, ...rest } = room
  const kept = topic ?? oldTopic
  workspace.rooms.set(room._id, {
    ...rest,
    ...(kept && { topic: kept }),
    ...(tags && tags.length > 0 && { tags }),
    _updatedAt: new Date(workspace.host.now()),
  })
}

/** Saves what an agent changed of a visitor. The rooms keep the old name. */
export function saveGuestInfo(workspace: Workspace, visitor: Visitor, guest: GuestInfo): void {
  workspace.visitors.set(visitor.token, {
    ...visitor,
    ...(guest.name && { name: guest.name }),
    ...(guest.email && { visitorEmails: [{ address: guest.email }] }),
    ...(guest.phone && { phone: [{ phoneNumber: guest.phone }] }),
    _updatedAt: new Date(workspace.host.now()),
  })
}
