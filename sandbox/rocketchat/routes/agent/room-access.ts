import type { Agent, Room } from '../../model.ts'
import { canAccess } from '../../workspace/permissions.ts'
import type { Workspace } from '../../workspace/workspace.ts'

/** A room that the user may see. Throws the route's own error for one that is absent or not accessible. */
export function requireRoom(
  workspace: Workspace,
  user: Agent,
  rid: string,
  errors: { readonly absent: () => Error; readonly foreign: () => Error },
): Room {
  const room = workspace.rooms.get(rid)
  if (!room) throw errors.absent()
  if (!canAccess(workspace, user, room)) throw errors.foreign()
  return room
}
