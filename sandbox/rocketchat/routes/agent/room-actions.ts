import { codedError, plainError } from '../../errors.ts'
import type { Agent, Room } from '../../model.ts'
import { closedRoom, joinedRoom } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { joinRoom } from '../../workspace/inquiries.ts'
import { hasPermission } from '../../workspace/permissions.ts'
import { closeRoom, tagsRequired } from '../../workspace/rooms.ts'
import { isSubscribed } from '../../workspace/subscriptions.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { requireRoom } from './room-access.ts'

const close = apiRoute({
  method: 'POST',
  path: 'livechat/room.closeByUser',
  permissions: ['close-livechat-room'],
  body: closedRoom,
  legacyStyle: 'object',
  handle({ workspace, body: { rid, comment, tags }, user }) {
    const by = user()
    const room = requireClosable(workspace, by, rid)
    if (workspace.settings.Livechat_request_comment_when_closing_conversation && !comment) {
      throw plainError('error-comment-is-required')
    }
    const given = tags ?? []
    const department = workspace.departments.get(room.departmentId ?? '')
    if (department?.requestTagBeforeClosingChat && given.length + (room.tags?.length ?? 0) === 0) {
      throw tagsRequired(workspace)
    }
    const tagged = given.length > 0 && { tags: given }
    closeRoom(workspace, room, { kind: 'user', by, comment: comment ?? '', ...tagged })
    return {}
  },
})

const join = apiRoute({
  method: 'GET',
  path: 'livechat/room.join',
  permissions: ['view-l-room'],
  query: joinedRoom,
  legacyStyle: 'object',
  handle({ workspace, query: { roomId }, user }) {
    const room = requireRoom(workspace, user(), roomId, {
      absent: () => codedError('error-invalid-room', 'Invalid room'),
      foreign: () => codedError('error-not-allowed', 'Not Allowed'),
    })
    if (!room.open) throw codedError('room-closed', 'Room is closed')
    if (!isSubscribed(workspace, room._id, user()._id)) joinRoom(workspace, room, user())
    return {}
  },
})

/** Closing and joining rooms (docs/providers/rocketchat.md 4.2). */
export const roomActionRoutes: readonly BoundRoute[] = [close, join]

function requireClosable(workspace: Workspace, by: Agent, rid: string): Room {
  const room = workspace.rooms.get(rid)
  if (!room) throw plainError('error-invalid-room')
  const isTheirs = room.servedBy?._id === by._id || isSubscribed(workspace, rid, by._id)
  if (!isTheirs && !hasPermission(workspace, by, 'close-others-livechat-room')) {
    throw plainError('error-not-authorized')
  }
  if (!room.open) throw plainError('error-room-already-closed')
  return room
}
