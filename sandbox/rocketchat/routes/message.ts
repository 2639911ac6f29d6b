import { plainError } from '../errors.ts'
import type { Message, Visitor } from '../model.ts'
import type { Profile } from '../profiles.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { withFileUpload } from '../wire/file-upload.ts'
import { access, changedMessage, deletedMessage, newMessage } from '../wire/visitor-shapes.ts'
import { deleteMessage } from '../workspace/delete-message.ts'
import { editMessage, sendMessage } from '../workspace/messages.ts'
import { checkChannel, requestRoom } from '../workspace/rooms.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { requireGuestRoom, sourceOf } from './visitor-access.ts'

const send = apiRoute({
  method: 'POST',
  path: 'livechat/message',
  body: newMessage,
  legacyStyle: 'object',
  async handle({ workspace, body, headers }) {
    const { guest, room } = requireGuestRoom(workspace, body)
    const closed = !room.open
    if (closed && workspace.profile.sendToClosedRoom === 'refused') throw plainError('room-closed')
    checkLength(workspace, body.msg)
    checkChannel(workspace, guest.token)
    const target = closed ? (await requestRoom(workspace, guest, { source: sourceOf(headers) })).room : room
    const draft = { _id: body._id, rid: target._id, msg: body.msg, u: guest, token: guest.token }
    const message = await sendMessage(workspace, draft, 'api')
    return { message: shown(message, workspace.profile) }
  },
})

const read = apiRoute({
  method: 'GET',
  path: 'livechat/message/:_id',
  servedBy: (profile) => profile.getMessage !== 'absent',
  query: access,
  legacyStyle: 'code',
  handle({ workspace, query, param, headers }) {
    const { room } = requireGuestRoom(workspace, query)
    const message = requireMessage(workspace, param('_id'))
    const foreign = workspace.profile.getMessage === 'own-room' && message.rid !== room._id
    if (foreign) throw plainError('invalid-message')
    return { message: withFileUpload(message, workspace.profile, headers.host) }
  },
})

const change = apiRoute({
  method: 'PUT',
  path: 'livechat/message/:_id',
  body: changedMessage,
  legacyStyle: 'code',
  handle({ workspace, body, param, headers }) {
    const { guest } = requireGuestRoom(workspace, body)
    const message = requireOwn(workspace, param('_id'), guest, workspace.settings.Message_AllowEditing)
    const edited = editMessage(workspace, message, guest, body.msg)
    return { message: shown(withFileUpload(edited, workspace.profile, headers.host), workspace.profile) }
  },
})

const remove = apiRoute({
  method: 'DELETE',
  path: 'livechat/message/:_id',
  // In the body only: what the query says is not read (docs/providers/rocketchat.md 1.4).
  body: deletedMessage,
  legacyStyle: 'code',
  handle({ workspace, body, param }) {
    const { guest } = requireGuestRoom(workspace, body)
    const message = requireOwn(workspace, param('_id'), guest, workspace.settings.Message_AllowDeleting)
    deleteMessage(workspace, message, guest)
    return { message: { _id: message._id, ts: new Date(workspace.host.now()) } }
  },
})

/** A visitor's single messages: POST, GET, PUT and DELETE (docs/providers/rocketchat.md 1.1-1.4). */
export const messageRoutes: readonly BoundRoute[] = [send, read, change, remove]

function checkLength({ settings }: Workspace, msg: string): void {
  const limited = settings.Livechat_enable_message_character_limit
  if (limited && msg.length > settings.Livechat_message_character_limit) {
    throw plainError('message-length-exceeds-character-limit')
  }
}

function requireMessage(workspace: Workspace, id: string): Message {
  const message = workspace.messages.get(id)
  if (!message) throw plainError('invalid-message')
  return message
}

/**
 * Checks authorship and the setting, but neither the message's room nor whether the room is open
 * (docs/providers/rocketchat.md 1.3).
 */
function requireOwn(workspace: Workspace, id: string, guest: Visitor, allowed: boolean): Message {
  const message = requireMessage(workspace, id)
  if (!allowed || message.u._id !== guest._id) throw plainError('error-action-not-allowed')
  return message
}

function shown(message: Message, profile: Profile): Message | Omit<Message, '_updatedAt'> {
  if (profile.sendAnswer === 'document') return message
  const { _id, rid, msg, u, ts } = message
  return { _id, rid, msg, u, ts }
}
