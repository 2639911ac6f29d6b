import type { Agent, Department, Room, UserRef } from '../model.ts'
import { nextAgent } from './agents.ts'
import { assignAgent } from './inquiries.ts'
import { saveSystemMessage } from './messages.ts'
import { removeMembers } from './subscriptions.ts'
import { refOf, type Workspace } from './workspace.ts'

/** The author of a transfer, and its reason. */
export interface Transfer {
  readonly by: Agent
  readonly comment?: string | null | undefined
}

/** Hands a room to an agent (docs/providers/rocketchat.md 12.3). */
export function forwardToAgent(workspace: Workspace, room: Room, agent: Agent, transfer: Transfer): void {
  const vacated = vacate(workspace, room)
  saveHistory(workspace, room, transfer, { scope: 'agent', transferredTo: refOf(agent) })
  const forwarded = assignAgent(workspace, vacated, agent)
  if (forwarded) workspace.events.emit('forwarded', forwarded, room)
}

/**
 * Hands a room to a department. Routing chooses the agent. With manual routing the room is queued, and a room without
 * an agent stays without one if nobody is online. Returns false, and changes nothing, where nobody can take it.
 */
export function forwardToDepartment(
  workspace: Workspace,
  room: Room,
  department: Department,
  transfer: Transfer,
): boolean {
  const isManual = workspace.settings.Livechat_Routing_Method === 'Manual_Selection'
  const agent = isManual ? undefined : nextAgent(workspace, department._id)
  if (!agent && !isManual && room.servedBy) return false
  const moved = vacate(workspace, room, { departmentId: department._id })
  const previous = workspace.departments.get(room.departmentId ?? '')
  saveHistory(workspace, room, transfer, {
    scope: 'department',
    ...(previous && { previousDepartment: { _id: previous._id, name: previous.name } }),
    nextDepartment: { _id: department._id, name: department.name },
  })
  const forwarded = agent ? assignAgent(workspace, moved, agent) : queue(workspace, moved)
  if (forwarded) workspace.events.emit('forwarded', forwarded, room)
  return true
}

/**
 * Takes a room from its agent (docs/providers/rocketchat.md 12.4). With manual routing it goes back to the queue, with
 * automatic routing its inquiry stays taken.
 */
export function returnToQueue(workspace: Workspace, room: Room, servedBy: Agent): void {
  const vacated = vacate(workspace, room)
  saveHistory(workspace, room, { by: servedBy }, { scope: 'queue' })
  if (workspace.settings.Livechat_Routing_Method === 'Manual_Selection') queue(workspace, vacated)
  else workspace.strandedRooms.add(room._id)
}

/** Removes everybody from a room, with a message for each, and its agent. */
function vacate(workspace: Workspace, { _id: rid }: Room, changes: Partial<Room> = {}): Room {
  for (const userId of workspace.subscriptions.get(rid) ?? []) {
    const user = workspace.agents.get(userId)
    if (user) saveSystemMessage(workspace, rid, 'ul', refOf(user), { msg: user.username })
  }
  removeMembers(workspace, rid)
  return change(workspace, rid, ({ servedBy: _servedBy, ...rest }) => ({
    ...rest,
    usersCount: 1,
    ...changes,
  }))
}

function queue(workspace: Workspace, { _id }: Room): Room {
  const queuedAt = new Date(workspace.host.now())
  const queued = change(workspace, _id, (room) => ({ ...room, queuedAt }))
  workspace.events.emit('queued', queued)
  return queued
}

function change(workspace: Workspace, rid: string, changed: (room: Room) => Room): Room {
  const stored = workspace.rooms.get(rid)
  if (!stored) throw new Error(`the sandbox has no room ${rid}`)
  const room = { ...changed(stored), _updatedAt: new Date(workspace.host.now()) }
  workspace.rooms.set(rid, room)
  return room
}

function saveHistory(
  workspace: Workspace,
  room: Room,
  { by, comment }: Transfer,
  target: Readonly<Record<string, string | UserRef | { readonly _id: string; readonly name: string }>>,
): void {
  const userType = room.servedBy?._id === by._id ? 'agent' : 'user'
  saveSystemMessage(workspace, room._id, 'livechat_transfer_history', refOf(by), {
    transferData: {
      transferredBy: { ...refOf(by), userType },
      ts: new Date(workspace.host.now()),
      ...target,
      ...(comment && { comment }),
    },
  })
}
