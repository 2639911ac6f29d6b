import { codedError, failureWith, plainError } from '../../errors.ts'
import type { Agent, Message } from '../../model.ts'
import {
  oneMessage,
  removedMessage,
  roomMessages,
  sentMessage,
  updatedMessage,
} from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { boundsOf, pageOf, sorted } from '../../wire/paging.ts'
import { deleteMessage } from '../../workspace/delete-message.ts'
import { editMessage, sendMessage } from '../../workspace/messages.ts'
import { canAccess, hasPermission } from '../../workspace/permissions.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { requireRoom } from './room-access.ts'

/**
 * Shows hidden documents, hides most system messages, and its `count` is the one asked for
 * (docs/providers/rocketchat.md 4.4).
 */
const list = apiRoute({
  method: 'GET',
  path: 'livechat/:rid/messages',
  permissions: ['view-l-room'],
  query: roomMessages,
  legacyStyle: 'object',
  handle({ workspace, query, param, user }) {
    const rid = param('rid')
    requireRoom(workspace, user(), rid, {
      absent: () => plainError('invalid-room'),
      foreign: () => plainError('not-allowed'),
    })
    const term = query.searchTerm?.toLowerCase() ?? ''
    const found = workspace.messages
      .ofRoom(rid)
      .filter(({ t, msg }) => (t === undefined || t === 'livechat-close') && msg.toLowerCase().includes(term))
    const { rows, paging } = pageOf(sorted(found, query.sort, { ts: -1 }), query)
    return { messages: rows, ...paging, count: boundsOf(query).count }
  },
})

const send = apiRoute({
  method: 'POST',
  path: 'chat.sendMessage',
  login: true,
  limit: (profile) => (profile.sendLimit ? { calls: 5, windowMs: 1_000 } : undefined),
  body: sentMessage,
  legacyStyle: 'object',
  async handle({ workspace, body: { message: draft }, user }) {
    const { _id, rid, msg } = draft
    if (!rid) throw plainError("The 'rid' property on the message object is missing.")
    if ((msg ?? '').length > workspace.settings.Message_MaxAllowedSize) {
      const details = { method: 'sendMessage' }
      throw codedError('error-message-size-exceeded', 'Message size exceeds Message_MaxAllowedSize', details)
    }
    checkSender(workspace, rid, user())
    // The route does not check whether the room is open (docs/providers/rocketchat.md 4.4).
    const posting = { _id, rid, msg: msg ?? '', u: user(), duplicateId: 'type-error' } as const
    return { message: await sendMessage(workspace, posting, 'api') }
  },
})

const read = apiRoute({
  method: 'GET',
  path: 'chat.getMessage',
  login: true,
  query: oneMessage,
  legacyStyle: 'code',
  handle({ workspace, query: { msgId }, user }) {
    const message = workspace.messages.get(msgId)
    const room = message && workspace.rooms.get(message.rid)
    if (!room || !canAccess(workspace, user(), room)) throw failureWith()
    return { message }
  },
})

const change = apiRoute({
  method: 'POST',
  path: 'chat.update',
  login: true,
  body: updatedMessage,
  legacyStyle: 'object',
  handle({ workspace, body: { roomId, msgId, text }, user }) {
    const message = requireMessage(workspace, msgId, roomId)
    checkEditor(workspace, message, user())
    checkSender(workspace, roomId, user())
    return { message: editMessage(workspace, message, user(), text) }
  },
})

const remove = apiRoute({
  method: 'POST',
  path: 'chat.delete',
  login: true,
  body: removedMessage,
  legacyStyle: 'object',
  handle({ workspace, body: { roomId, msgId, asUser }, user }) {
    const message = requireMessage(workspace, msgId, roomId)
    const { _id, rid, u } = message
    if (asUser && u._id !== user()._id && !hasPermission(workspace, user(), 'force-delete-message')) {
      const text =
        'Unauthorized. You must have the permission "force-delete-message" to delete other\'s message as them.'
      throw failureWith({ error: text })
    }
    if (!mayDelete(workspace, message, user())) {
      const details = { method: 'deleteMessage', action: 'Delete_message' }
      throw codedError('error-action-not-allowed', 'Not allowed', details)
    }
    deleteMessage(workspace, message, user())
    return { _id, ts: String(workspace.host.now()), message: { _id, rid, u } }
  },
})

/**
 * GET livechat/:rid/messages, POST chat.sendMessage, chat.update, chat.delete, GET chat.getMessage
 * (docs/providers/rocketchat.md 4.4).
 */
export const agentMessageRoutes: readonly BoundRoute[] = [list, send, read, change, remove]

function requireMessage(workspace: Workspace, msgId: string, roomId: string): Message {
  const message = workspace.messages.get(msgId)
  if (!message) throw failureWith({ error: `No message found with the id of "${msgId}".` })
  if (message.rid === roomId) return message
  throw failureWith({ error: 'The room id provided does not match where the message is from.' })
}

function checkSender(workspace: Workspace, rid: string, user: Agent): void {
  requireRoom(workspace, user, rid, {
    absent: () => plainError('error-invalid-room'),
    foreign: () => plainError('error-not-allowed'),
  })
}

function checkEditor(workspace: Workspace, message: Message, user: Agent): void {
  const { Message_AllowEditing: allowed, Message_AllowEditing_BlockEditInMinutes: minutes } =
    workspace.settings
  const method = 'updateMessage'
  const privileged = hasPermission(workspace, user, 'edit-message')
  if (!privileged && !(allowed && message.u._id === user._id)) {
    const details = { method, action: 'Message_editing' }
    throw codedError('error-action-not-allowed', 'Message editing not allowed', details)
  }
  const age = workspace.host.now() - message.ts.getTime()
  if (!privileged && minutes > 0 && age > minutes * 60_000) {
    throw codedError('error-message-editing-blocked', 'Message editing is blocked', { method })
  }
}

function mayDelete(workspace: Workspace, message: Message, user: Agent): boolean {
  if (hasPermission(workspace, user, 'force-delete-message')) return true
  if (!workspace.settings.Message_AllowDeleting) return false
  const own = message.u._id === user._id && hasPermission(workspace, user, 'delete-own-message')
  return own || hasPermission(workspace, user, 'delete-message')
}
