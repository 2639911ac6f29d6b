import { codedError } from '../errors.ts'
import { seededId } from '../ids.ts'
import type { Agent, Room } from '../model.ts'
import { saveSystemMessage } from './messages.ts'
import { subscribe } from './subscriptions.ts'
import { refOf, type Workspace } from './workspace.ts'

/** A queued room, as the queue shows it. */
export interface Inquiry {
  readonly _id: string
  readonly rid: string
  readonly name: string
  readonly ts: Date
  readonly status: 'queued'
  readonly department?: string
  readonly v: Room['v']
}

/** The queue, longest waiting first. */
export function listInquiries(workspace: Workspace): Inquiry[] {
  return [...workspace.rooms.values()]
    .filter((room) => room.open && !room.servedBy)
    .sort((a, b) => a.ts.getTime() - b.ts.getTime())
    .map((room) => ({
      _id: seededId(`inquiry ${room._id}`),
      rid: room._id,
      name: room.fname,
      ts: room.queuedAt ?? room.ts,
      status: 'queued',
      ...(room.departmentId !== undefined && { department: room.departmentId }),
      v: room.v,
    }))
}

/** Assigns a queued room to an agent. Throws where the inquiry no longer exists, or the agent is offline. */
export function takeInquiry(workspace: Workspace, inquiryId: string, agent: Agent): Inquiry {
  const method = 'livechat:takeInquiry'
  const inquiry = listInquiries(workspace).find(({ _id }) => _id === inquiryId)
  const room = inquiry && workspace.rooms.get(inquiry.rid)
  if (!inquiry || !room) throw codedError('error-not-allowed', 'Inquiry already taken', { method })
  if (agent.status === 'offline') throw codedError('error-agent-offline', 'Agent offline', { method })
  const now = new Date(workspace.host.now())
  const servedBy = { _id: agent._id, username: agent.username, ts: now }
  const taken: Room = { ...room, servedBy, usersCount: room.usersCount + 1, _updatedAt: now }
  workspace.rooms.set(room._id, taken)
  subscribe(workspace, room._id, agent._id)
  saveSystemMessage(workspace, room._id, 'command', refOf(agent), { msg: 'connected' })
  workspace.events.emit('taken', taken)
  return inquiry
}

/** Adds an agent to a room that another one serves, with a system message. */
export function joinRoom(workspace: Workspace, room: Room, agent: Agent): void {
  subscribe(workspace, room._id, agent._id)
  saveSystemMessage(workspace, room._id, 'uj', refOf(agent), { msg: agent.username })
}
