import { codedError } from '../errors.ts'
import type { Message, UserRef } from '../model.ts'
import { keepPreviousVersion } from './messages.ts'
import type { Workspace } from './workspace.ts'

/**
 * Deletes a message as the settings say (docs/providers/rocketchat.md 1.4): gone, kept as `t: "rm"` without its
 * content, or kept hidden. Lowers the room's count in each.
 */
export function deleteMessage(workspace: Workspace, message: Message, by: UserRef): void {
  if (workspace.vetoes.take('delete')) {
    throw codedError('error-app-prevented-deleting', 'A Rocket.Chat App prevented the message deleting.')
  }
  const { Message_KeepHistory: keepHistory, Message_ShowDeletedStatus: showDeleted } = workspace.settings
  const now = new Date(workspace.host.now())
  if (keepHistory && showDeleted) keepPreviousVersion(workspace, message, by, now)
  if (showDeleted) workspace.messages.update(message._id, removedFields(by, now))
  else if (keepHistory) workspace.messages.update(message._id, { _hidden: true, _updatedAt: now })
  else {
    workspace.messages.remove(message._id)
    workspace.trash.messages.push({ _id: message._id, rid: message.rid, _deletedAt: now })
  }
  leaveRoom(workspace, message, now)
  workspace.events.emit('deleted', message)
}

/** The fields of a removed message that stays in the history. */
export function removedFields(by: UserRef, at: Date): Partial<Message> {
  return {
    t: 'rm',
    msg: '',
    urls: [],
    mentions: [],
    md: [],
    attachments: [],
    reactions: {},
    editedAt: at,
    editedBy: { _id: by._id, username: by.username },
    _updatedAt: at,
  }
}

function leaveRoom(workspace: Workspace, message: Message, now: Date): void {
  const room = workspace.rooms.get(message.rid)
  if (!room) return
  const { lastMessage, ...rest } = { ...room, msgs: room.msgs - 1, _updatedAt: now }
  const last = lastMessage?._id === message._id ? lastWritten(workspace, room._id) : lastMessage
  workspace.rooms.set(room._id, { ...rest, ...(last && { lastMessage: last }) })
}

function lastWritten(workspace: Workspace, rid: string): Message | undefined {
  for (const message of workspace.messages.newestFirst(rid)) {
    if (message.t === undefined && !message._hidden) return message
  }
  return undefined
}
