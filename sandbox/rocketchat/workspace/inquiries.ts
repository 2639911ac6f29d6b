import { codedError } from '../errors.ts'
import { seededId } from '../ids.ts'
import type { Agent, Room } from '../model.ts'
import { isAvailable } from './agents.ts'
import { saveSystemMessage } from './messages.ts'
import { hasPermission } from './permissions.ts'
import { subscribe } from './subscriptions.ts'
import { refOf, type Workspace } from './workspace.ts'

/** The place of an open room in the queue (docs/providers/rocketchat.md 12.1). */
export interface Inquiry {
  readonly _id: string
  readonly rid: string
  readonly name: string
  readonly ts: Date
  readonly status: 'ready' | 'queued' | 'taken'
  readonly department?: string
  readonly v: Room['v']
}

/** The inquiry of a room; undefined where the room is absent or closed. */
export function findInquiry(workspace: Workspace, rid: string): Inquiry | undefined {
  const room = workspace.rooms.get(rid)
  if (!room?.open) return undefined
  const isTaken = room.servedBy !== undefined || workspace.strandedRooms.has(rid)
  const isManual = workspace.settings.Livechat_Routing_Method === 'Manual_Selection'
  return {
    _id: inquiryIdOf(rid),
    rid,
    name: room.fname,
    ts: room.ts,
    status: isTaken ? 'taken' : isManual ? 'queued' : 'ready',
    ...(room.departmentId !== undefined && { department: room.departmentId }),
    v: room.v,
  }
}

/** The queue: inquiries with the status `queued`. */
export function listInquiries(workspace: Workspace, departmentId?: string | null): Inquiry[] {
  return [...workspace.rooms.keys()].flatMap((rid) => {
    const inquiry = findInquiry(workspace, rid)
    if (inquiry?.status !== 'queued') return []
    return departmentId && inquiry.department !== departmentId ? [] : [inquiry]
  })
}

/** Assigns a room to an agent by its inquiry, after the checks of the server in their order. */
export function takeInquiry(workspace: Workspace, inquiryId: string, agent: Agent): void {
  const fail = (code: string, reason: string) => codedError(code, reason, { method: 'livechat:takeInquiry' })
  const room = [...workspace.rooms.values()].find(({ _id }) => inquiryIdOf(_id) === inquiryId)
  const inquiry = room && findInquiry(workspace, room._id)
  if (!room || !inquiry) throw fail('error-not-found', 'Inquiry not found')
  if (workspace.profile.takerNeedsPermission && !hasPermission(workspace, agent, 'view-l-room'))
    throw fail('error-not-allowed', 'Not allowed')
  if (inquiry.status === 'taken') throw fail('error-inquiry-taken', 'Inquiry already taken')
  if (!isAvailable(workspace, agent)) {
    const reason = 'Agent status is offline or Omnichannel service is not active'
    throw fail('error-agent-status-service-offline', reason)
  }
  assignAgent(workspace, room, agent)
}

/** Makes an agent serve a room, with the messages that the server writes about it. */
export function assignAgent(workspace: Workspace, { _id: rid }: Room, agent: Agent): Room | undefined {
  const room = workspace.rooms.get(rid)
  if (!room) return undefined
  const now = new Date(workspace.host.now())
  const servedBy = { _id: agent._id, username: agent.username, ts: now }
  workspace.rooms.set(rid, { ...room, servedBy, usersCount: room.usersCount + 1, _updatedAt: now })
  workspace.strandedRooms.delete(rid)
  subscribe(workspace, rid, agent._id)
  saveSystemMessage(workspace, rid, 'command', refOf(agent), { msg: 'connected' })
  if (!workspace.profile.legacy) saveSystemMessage(workspace, rid, 'uj', refOf(agent))
  const taken = workspace.rooms.get(rid) ?? room
  workspace.events.emit('taken', taken)
  return taken
}

/** Adds an agent to a room that another one serves, with a system message. */
export function joinRoom(workspace: Workspace, room: Room, agent: Agent): void {
  subscribe(workspace, room._id, agent._id)
  saveSystemMessage(workspace, room._id, 'uj', refOf(agent), { msg: agent.username })
}

function inquiryIdOf(rid: string): string {
  return seededId(`inquiry ${rid}`)
}
