import type { Room } from '../model.ts'
import type { Workspace } from './workspace.ts'

/** Puts a user into a room. */
export function subscribe(workspace: Workspace, rid: string, userId: string): void {
  const members = workspace.subscriptions.get(rid) ?? new Set()
  workspace.subscriptions.set(rid, members.add(userId))
}

/** Whether a user is in a room. */
export function isSubscribed(workspace: Workspace, rid: string, userId: string): boolean {
  return workspace.subscriptions.get(rid)?.has(userId) === true
}

/** The rooms that a user is in. */
export function roomsOf(workspace: Workspace, userId: string): Room[] {
  return [...workspace.rooms.values()].filter(({ _id }) => isSubscribed(workspace, _id, userId))
}
