import type { Caller, Permission } from '../../domain/caller.ts'
import { ChatError } from '../../domain/errors.ts'
import { checkPermission } from '../../domain/permission.ts'

/** The callers that may use a root field, and the permission that an operator needs for it. */
export interface AccessRule {
  readonly callers: 'ANYONE' | 'OPERATORS'
  /** Null if an operator needs none. */
  readonly permission: Permission | null
}

/** Rule of a field that needs no credential, or whose objects are authorized one by one. */
export const anyone: AccessRule = { callers: 'ANYONE', permission: null }

/** Rule of a field for operators whose permission depends on the arguments: its resolver checks it. */
export const operators: AccessRule = { callers: 'OPERATORS', permission: null }

/** Rule of a field for which operators need the permission, and the provider authorizes visitors. */
export function requirePermission(permission: Permission): AccessRule {
  return { callers: 'ANYONE', permission }
}

/** Rule of a field that only operators with the permission may use. */
export function requireOperator(permission: Permission): AccessRule {
  return { callers: 'OPERATORS', permission }
}

/**
 * Returns the error for a caller that may not use a root field, else null. Other callers than operators get the same error
 * whatever they request, so it reveals nothing.
 */
export function checkAccess({ callers, permission }: AccessRule, caller: Caller): ChatError | null {
  if (callers === 'ANYONE' || caller.role === 'OPERATOR') return checkPermission(caller, permission)
  if (caller.role === 'VISITOR') return new ChatError('FORBIDDEN', 'Only operators may use this field.')
  return new ChatError('UNAUTHENTICATED', 'Only operators may use this field: send an operator key.')
}
