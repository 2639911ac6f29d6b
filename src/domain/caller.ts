import { hash } from 'node:crypto'

/** Permissions of operators, named as in the schema. */
export const permissions = ['READ', 'WRITE', 'MANAGE'] as const
export type Permission = (typeof permissions)[number]

/** A dashboard, or the person who uses one. */
export interface OperatorCaller {
  readonly role: 'OPERATOR'
  /** The configured name. */
  readonly name: string
  /** In the order of `permissions`, each at most once. */
  readonly permissions: readonly Permission[]
  /** The configured names of the providers that this operator may use, sorted; null for all. */
  readonly providers: readonly string[] | null
  /** Whether the operator writes as an agent of its own at a provider. */
  readonly hasOwnAgents: boolean
}

/** The author of a request. A visitor's token is issued by the provider; the gateway forwards it and never judges it. */
export type Caller =
  | OperatorCaller
  | { readonly role: 'VISITOR'; readonly token: string }
  | { readonly role: 'ANONYMOUS' }

export type Role = Caller['role']

/** A caller without a credential. */
export const anonymousCaller: Caller = { role: 'ANONYMOUS' }

/** Restrictions of an operator; an absent or null list means all permissions, or all providers. */
export interface OperatorRestrictions {
  readonly permissions?: readonly Permission[] | null
  readonly providers?: readonly string[] | null
}

/** Creates an operator. Equal restrictions give equal lists, in whatever order they were written. */
export function createOperatorCaller(
  name: string,
  restrictions: OperatorRestrictions = {},
  hasOwnAgents = false,
): OperatorCaller {
  const granted = restrictions.permissions ?? permissions
  return {
    role: 'OPERATOR',
    name,
    permissions: permissions.filter((permission) => granted.includes(permission)),
    providers: restrictions.providers ? [...new Set(restrictions.providers)].sort() : null,
    hasOwnAgents,
  }
}

/** Whether a provider exists for the caller. A caller must not learn even the names of the others. */
export function canSeeProvider(caller: Caller, provider: string): boolean {
  return caller.role !== 'OPERATOR' || caller.providers === null || caller.providers.includes(provider)
}

/**
 * Everything that decides what a caller can see, as JSON values: callers with equal keys receive equal results. The key
 * contains a visitor's token. `dependsOnOwnAgent` says whether the result depends on the agent that an operator writes as.
 */
export function visibilityKey(caller: Caller, dependsOnOwnAgent: boolean): readonly unknown[] {
  if (caller.role === 'OPERATOR') {
    const { role, permissions, providers, hasOwnAgents, name } = caller
    return [role, permissions, providers, dependsOnOwnAgent && hasOwnAgents ? name : null]
  }
  return caller.role === 'VISITOR' ? [caller.role, caller.token] : [caller.role]
}

const tokenHashes = new WeakMap<Caller, string>()

/** Hashes a visitor's token, once per caller object. */
export function hashCallerToken(caller: Extract<Caller, { role: 'VISITOR' }>): string {
  const known = tokenHashes.get(caller)
  if (known !== undefined) return known
  const hash = hashToken(caller.token)
  tokenHashes.set(caller, hash)
  return hash
}

/** Hashes a visitor's token, once per caller object where it is the caller's own. */
export function hashTokenOf(caller: Caller, token: string): string {
  return caller.role === 'VISITOR' && caller.token === token ? hashCallerToken(caller) : hashToken(token)
}

/** The SHA-256 of a visitor's token, as key of maps that outlive a request: the token cannot be read from it. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url')
}
