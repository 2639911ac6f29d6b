import type { Room } from '../model.ts'
import type { Workspace } from './workspace.ts'

/** Puts a user into a room. */
export function subscribe(workspace: Workspace, rid: string, userId: string): void {
  const members = workspace.subscriptions.get(rid) ?? new Set()
  if (members.has(userId)) return
  workspace.subscriptions.set(rid, members.add(userId))
  workspace.events.emit('joined', rid, userId)
}

/** Takes all users out of a room. */
export function removeMembers(workspace: Workspace, rid: string): void {
  const members = workspace.subscriptions.get(rid) ?? []
  workspace.subscriptions.delete(rid)
  for (const userId of members) workspace.events.emit('left', rid, userId)
}

/** Whether a user is in a room. */
export function isSubscribed(workspace: Workspace, rid: string, userId: string): boolean {
  return workspace.subscriptions.get(rid)?.has(userId) === true
}

/** The rooms that a user is in. */
export function roomsOf(workspace: Workspace, userId: string): Room[] {
  return [...workspace.rooms.values()].filter(({ _id }) => isSubscribed(workspace, _id, userId))
}
