import type { WireRequest } from '../../wire-server.ts'
import type { Agent } from '../documents.ts'
import { RefusedCall } from '../errors.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Which roles hold a permission, as far as served routes ask for it. */
const HOLDERS = { 'view-livechat-manager': ['livechat-manager', 'admin'] } as const

/** A permission that some route asks for. */
export type Permission = keyof typeof HOLDERS

/** The user whose token and id the two headers carry (rocketchat.md 5); throws the 401 otherwise. */
export function requireUser(workspace: Workspace, headers: WireRequest['headers']): Agent {
  const userId = workspace.logins.get(String(headers['x-auth-token']))
  const user = userId === headers['x-user-id'] ? workspace.agents.get(userId ?? '') : undefined
  if (!user) throw new RefusedCall({ kind: 'not-logged-in' })
  return user
}

/** Throws the 403 for a user without the permission. */
export function requirePermission(user: Agent, permission: Permission): void {
  if (!HOLDERS[permission].some((role) => user.roles.includes(role))) {
    throw new RefusedCall({ kind: 'forbidden' })
  }
}
