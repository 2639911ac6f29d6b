import { createHash } from 'node:crypto'

/** What operators may be permitted to do. The names are the schema's. */
export const permissions = ['READ', 'WRITE', 'MANAGE'] as const
export type Permission = (typeof permissions)[number]

/** A dashboard, or a person in front of one. */
export interface OperatorCaller {
  readonly role: 'OPERATOR'
  /** The configured name. */
  readonly name: string
  /** In the order of `permissions`, each at most once. */
  readonly permissions: readonly Permission[]
  /** The configured names of the providers that this operator may use, sorted; null for all. */
  readonly providers: readonly string[] | null
}

/** Who is asking. A visitor's token is the provider's: the gateway passes it on and never judges it. */
export type Caller =
  | OperatorCaller
  | { readonly role: 'VISITOR'; readonly token: string }
  | { readonly role: 'ANONYMOUS' }

export type Role = Caller['role']

/** The caller who sent no credential. */
export const anonymousCaller: Caller = { role: 'ANONYMOUS' }

/** What an operator is limited to; without a list it has all permissions, or may use all providers. */
export interface OperatorRestrictions {
  readonly permissions?: readonly Permission[] | null
  readonly providers?: readonly string[] | null
}

/** Creates an operator. Equal limits give equal lists, whatever the order in which they were written. */
export function createOperatorCaller(name: string, limits: OperatorRestrictions = {}): OperatorCaller {
  const granted = limits.permissions ?? permissions
  return {
    role: 'OPERATOR',
    name,
    permissions: permissions.filter((permission) => granted.includes(permission)),
    providers: limits.providers ? [...new Set(limits.providers)].sort() : null,
  }
}

/** Whether a provider exists for the caller. Of any other it must not learn even the name. */
export function canSeeProvider(caller: Caller, provider: string): boolean {
  return caller.role !== 'OPERATOR' || caller.providers === null || caller.providers.includes(provider)
}

/**
 * What a caller's view of everything depends on, as JSON values: callers with equal views are given equal answers.
 * It holds a visitor's token.
 */
export function visibilityKey(caller: Caller): readonly unknown[] {
  if (caller.role === 'OPERATOR') return [caller.role, caller.permissions, caller.providers]
  return caller.role === 'VISITOR' ? [caller.role, caller.token] : [caller.role]
}

const hashes = new WeakMap<Caller, string>()

/** The hash of a visitor's token, computed once for each caller. */
export function hashCallerToken(caller: Extract<Caller, { role: 'VISITOR' }>): string {
  const known = hashes.get(caller)
  if (known !== undefined) return known
  const hash = hashToken(caller.token)
  hashes.set(caller, hash)
  return hash
}

/** Names a visitor's token in maps that outlive a request: its SHA-256, from which it cannot be read. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
