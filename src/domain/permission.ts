import type { Caller, Permission } from './caller.ts'
import { ChatError } from './errors.ts'

/**
 * Returns FORBIDDEN for an operator that lacks a permission, else null. Visitors and anonymous callers have no permissions
 * and need none: the provider, or the roles of the capability, decide about them.
 */
export function checkPermission(caller: Caller, permission: Permission | null): ChatError | null {
  if (caller.role !== 'OPERATOR' || permission === null || caller.permissions.includes(permission))
    return null
  return new ChatError('FORBIDDEN', `This operator does not have the permission ${permission}.`)
}
