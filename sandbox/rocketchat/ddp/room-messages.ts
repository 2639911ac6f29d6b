import type { Message } from '../model.ts'
import { canAccess } from '../workspace/permissions.ts'
import { isSubscribed } from '../workspace/subscriptions.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Streams } from './streams.ts'

export const ROOM_MESSAGES = 'stream-room-messages'

/** The event that covers every room that the user can access. */
export const MY_MESSAGES = '__my_messages__'

/**
 * Sends every write of a message, whole and as the database holds it (docs/providers/rocketchat.md 7.2 and 21.3): unlike
 * in the history, files have no `fileUpload`. The returned function stops it.
 */
export function publishMessages(workspace: Workspace, streams: Streams): () => void {
  const onWrite = (message: Message): void => publish(workspace, streams, message)
  const onDelete = ({ _id }: Message): void => {
    // A deletion is a write here only where the message is kept as `rm`; a hidden one is not published.
    const kept = workspace.messages.get(_id)
    if (kept) publish(workspace, streams, kept)
  }
  /** The stream of somebody who has left the room stops silently (docs/providers/rocketchat.md 21.4). */
  const onLeft = (rid: string, userId: string): void => {
    // After the action that the leaving belongs to, such as a transfer.
    queueMicrotask(() => {
      const [room, user] = [workspace.rooms.get(rid), workspace.agents.get(userId)]
      if (room && user && canAccess(workspace, user, room)) return
      for (const subscription of streams.of(ROOM_MESSAGES, rid)) {
        if (subscription.session.login?.userId === userId) streams.remove(subscription)
      }
    })
  }
  const listeners = [
    ['message', onWrite],
    ['edited', onWrite],
    ['touched', onWrite],
    ['deleted', onDelete],
  ] as const
  for (const [event, listener] of listeners) workspace.events.on(event, listener)
  workspace.events.on('left', onLeft)
  return () => {
    for (const [event, listener] of listeners) workspace.events.off(event, listener)
    workspace.events.off('left', onLeft)
  }
}

function publish(workspace: Workspace, streams: Streams, message: Message): void {
  if (message._hidden || isHiddenKind(workspace, message)) return
  streams.emit(ROOM_MESSAGES, message.rid, [message])
  const room = workspace.rooms.get(message.rid)
  if (!room) return
  streams.emit(ROOM_MESSAGES, MY_MESSAGES, ({ session: { login } }) => {
    const user = login ? workspace.agents.get(login.userId) : undefined
    if (!user || !canAccess(workspace, user, room)) return null
    // Livechat rooms have no `name`, so `roomName` is absent.
    return [message, { roomParticipant: isSubscribed(workspace, room._id, user._id), roomType: room.t }]
  })
}

function isHiddenKind({ settings }: Workspace, { t }: Message): boolean {
  return t !== undefined && settings.Hide_System_Messages.includes(t)
}
