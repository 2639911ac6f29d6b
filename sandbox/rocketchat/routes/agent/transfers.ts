import { type ApiError, codedError, plainError } from '../../errors.ts'
import type { Room } from '../../model.ts'
import { forwardedRoom, transferHistory } from '../../wire/agent-shapes.ts'
import { apiRoute, type BoundRoute } from '../../wire/api-route.ts'
import { requireAnyPermission } from '../../wire/login.ts'
import { pageOf } from '../../wire/paging.ts'
import { isAvailable } from '../../workspace/agents.ts'
import { forwardToAgent, forwardToDepartment, type Transfer } from '../../workspace/transfers.ts'
import type { Workspace } from '../../workspace/workspace.ts'

const forward = apiRoute({
  method: 'POST',
  path: 'livechat/room.forward',
  permissions: ['transfer-livechat-guest'],
  body: forwardedRoom,
  legacyStyle: 'object',
  handle({ workspace, body: { roomId, userId, departmentId, comment }, user }) {
    requireAnyPermission(workspace, user(), ['view-l-room'])
    const room = requireForwardable(workspace, roomId)
    const transfer = { by: user(), comment }
    if (departmentId) toDepartment(workspace, room, departmentId, userId, transfer)
    else if (userId) toAgent(workspace, room, userId, transfer)
    else throw rejection(workspace, 'error-forwarding-chat')
    return {}
  },
})

const history = apiRoute({
  method: 'GET',
  path: 'livechat/transfer.history/:rid',
  permissions: ['view-livechat-rooms'],
  query: transferHistory,
  legacyStyle: 'object',
  handle({ workspace, query, param }) {
    if (!workspace.rooms.has(param('rid'))) throw plainError('invalid-room')
    const transfers = workspace.messages
      .ofRoom(param('rid'))
      .flatMap(({ transferData }) => (transferData ? [transferData] : []))
    const { rows, paging } = pageOf(transfers, query)
    return { history: rows, ...paging }
  },
})

/** Transfers of rooms, and their authors (docs/providers/rocketchat.md 12.3). */
export const transferRoutes: readonly BoundRoute[] = [forward, history]

/** Up to 4.x coded with a reason, later the bare code. */
function rejection({ profile }: Workspace, code: string): ApiError {
  return profile.legacy ? codedError(code, code, { method: 'livechat:transfer' }) : plainError(code)
}

function requireForwardable(workspace: Workspace, roomId: string): Room {
  const room = workspace.rooms.get(roomId)
  if (!room) throw rejection(workspace, 'error-invalid-room')
  if (!room.open) throw rejection(workspace, 'This_conversation_is_already_closed')
  if (!workspace.visitors.has(room.v.token)) throw rejection(workspace, 'error-invalid-visitor')
  if (room.onHold) throw rejection(workspace, 'error-room-onHold')
  return room
}

function toAgent(workspace: Workspace, room: Room, userId: string, transfer: Transfer): void {
  const agent = workspace.agents.get(userId)
  if (!agent || !isAvailable(workspace, agent)) throw rejection(workspace, 'error-user-is-offline')
  if (room.servedBy?._id === userId) throw rejection(workspace, 'error-selected-agent-room-agent-are-same')
  forwardToAgent(workspace, room, agent, transfer)
}

function toDepartment(
  workspace: Workspace,
  room: Room,
  departmentId: string,
  userId: string | null | undefined,
  transfer: Transfer,
): void {
  const department = workspace.departments.get(departmentId)
  if (!department) throw rejection(workspace, 'error-invalid-department')
  if (room.departmentId === departmentId) throw rejection(workspace, 'error-forwarding-chat-same-department')
  if (userId && !department.agentIds.includes(userId))
    throw rejection(workspace, 'error-user-not-belong-to-department')
  if (!forwardToDepartment(workspace, room, department, transfer))
    throw rejection(workspace, 'error-no-agents-available-for-service-on-department')
}
