import { codedError } from '../errors.ts'
import type { Visitor } from '../model.ts'
import { findDepartment } from './agents.ts'
import { type CustomFieldValue, registeredFields } from './custom-fields.ts'
import { removeMembers } from './subscriptions.ts'
import type { Workspace } from './workspace.ts'

/** The fields of a registration. Absent fields keep the stored values. */
export interface VisitorInput {
  readonly token: string
  readonly _id?: string
  readonly name?: string | null
  readonly email?: string | null
  readonly phone?: string | null
  readonly username?: string | null
  /** Id or name. */
  readonly department?: string | null
  readonly customFields?: readonly CustomFieldValue[] | null
}

/**
 * Registers a visitor, or updates the one with this token and renames their open rooms
 * (docs/providers/rocketchat.md 4.1).
 */
export function registerVisitor(workspace: Workspace, input: VisitorInput): Visitor {
  const { token, name, email, phone, username, department } = input
  const now = new Date(workspace.host.now())
  const known = workspace.visitors.get(token)
  const livechatData = registeredFields(workspace, known?.livechatData, input.customFields ?? [])
  const visitor: Visitor = {
    ...(known ?? {
      _id: input._id ?? workspace.host.newId(),
      username: nextUsername(workspace),
      ts: now,
      status: 'online',
    }),
    token,
    ...(name && { name }),
    ...(email && { visitorEmails: [{ address: email }] }),
    ...(phone && { phone: [{ phoneNumber: phone }] }),
    ...(username && { username }),
    ...(department && { department: departmentId(workspace, department) }),
    ...(Object.keys(livechatData).length > 0 && { livechatData }),
    _updatedAt: now,
  }
  workspace.visitors.set(token, visitor)
  if (known && name) renameRooms(workspace, token, name)
  return visitor
}

/** Gives a visitor a new token, which all their rooms move to. The old one becomes unknown. */
export function renewToken(workspace: Workspace, old: string): void {
  const visitor = workspace.visitors.get(old)
  if (!visitor) return
  const token = workspace.host.newId()
  workspace.visitors.delete(old)
  workspace.visitors.set(token, { ...visitor, token })
  for (const room of workspace.rooms.values()) {
    if (room.v.token === old) workspace.rooms.set(room._id, { ...room, v: { ...room.v, token } })
  }
}

/** Removes a visitor with all rooms and messages. */
export function removeVisitor(workspace: Workspace, visitor: Visitor): void {
  for (const room of workspace.rooms.values()) {
    if (room.v.token !== visitor.token) continue
    workspace.messages.removeRoom(room._id)
    workspace.rooms.delete(room._id)
    removeMembers(workspace, room._id)
    workspace.events.emit('roomRemoved', room)
    const _deletedAt = new Date(workspace.host.now())
    workspace.trash.rooms.push({ _id: room._id, rid: room._id, _deletedAt })
  }
  workspace.visitors.delete(visitor.token)
}

function nextUsername(workspace: Workspace): string {
  const numbers = [...workspace.visitors.values()].map(({ username }) => /^guest-(\d+)$/.exec(username)?.[1])
  return `guest-${Math.max(0, ...numbers.map((number) => Number(number ?? 0))) + 1}`
}

function departmentId(workspace: Workspace, idOrName: string): string {
  const department = findDepartment(workspace, idOrName)
  if (!department) throw codedError('error-invalid-department', 'The provided department is invalid')
  return department._id
}

function renameRooms(workspace: Workspace, token: string, name: string): void {
  for (const room of workspace.rooms.values()) {
    if (!room.open || room.v.token !== token) continue
    const _updatedAt = new Date(workspace.host.now())
    workspace.rooms.set(room._id, { ...room, fname: name, v: { ...room.v, name }, _updatedAt })
  }
}
