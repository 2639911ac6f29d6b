import type { WireRequest } from '../../wire-server.ts'
import { ApiError } from '../errors.ts'
import type { Agent } from '../model.ts'
import { hasPermission, type Permission } from '../workspace/permissions.ts'
import type { Workspace } from '../workspace/workspace.ts'

/**
 * The user whose token and id the two headers carry (docs/providers/rocketchat.md 5); throws the 401
 * otherwise.
 */
export function requireUser(workspace: Workspace, headers: WireRequest['headers']): Agent {
  const userId = workspace.logins.get(String(headers['x-auth-token']))
  const user = userId === headers['x-user-id'] ? workspace.agents.get(userId ?? '') : undefined
  if (!user) throw new ApiError({ kind: 'not-logged-in' })
  return user
}

/** Throws a handler's own 403 for a user without the permission. */
export function requirePermission(workspace: Workspace, user: Agent, permission: Permission): void {
  if (!hasPermission(workspace, user, permission)) throw new ApiError({ kind: 'forbidden' })
}

/** Throws the 403 of a route's permission check for a user with none of them. */
export function requireAnyPermission(
  workspace: Workspace,
  user: Agent,
  permissions: readonly Permission[],
): void {
  if (permissions.some((permission) => hasPermission(workspace, user, permission))) return
  throw new ApiError({ kind: 'lacks-permission' })
}
