import type { Message } from '../model.ts'
import { canAccess } from '../workspace/permissions.ts'
import { isSubscribed } from '../workspace/subscriptions.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { MY_MESSAGES } from './stream-rights.ts'
import type { Streams } from './streams.ts'

const STREAM = 'stream-room-messages'

/**
 * Sends a message as the database holds it, for new and changed ones alike (docs/providers/rocketchat.md 7.2 and 21.3).
 * Unlike the history it has no `fileUpload`. Hidden documents and hidden kinds of system messages are not sent.
 */
export function emitMessage(workspace: Workspace, streams: Streams, message: Message): void {
  if (message._hidden || isHiddenKind(workspace, message)) return
  streams.emit(STREAM, message.rid, [message])
  const room = workspace.rooms.get(message.rid)
  if (!room) return
  streams.emit(STREAM, MY_MESSAGES, ({ session: { login } }) => {
    const user = login ? workspace.agents.get(login.userId) : undefined
    if (!user || !canAccess(workspace, user, room)) return null
    // Livechat rooms have no `name`, so `roomName` is absent.
    return [message, { roomParticipant: isSubscribed(workspace, room._id, user._id), roomType: room.t }]
  })
}

function isHiddenKind({ settings }: Workspace, { t }: Message): boolean {
  return t !== undefined && settings.Hide_System_Messages.includes(t)
}
