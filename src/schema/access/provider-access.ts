import type { ChatAdapter } from '../../domain/adapter.ts'
import { type Capability, checkCapability } from '../../domain/capability.ts'
import { ChatError, invalidInput } from '../../domain/errors.ts'
import { checkPermission } from '../../domain/permission.ts'
import type { Context } from '../context.ts'
import type { AccessRule } from './access-plugin.ts'

/**
 * Why the caller of the request may not use a root field; null where it may. Callers that are no operators get the same
 * answer, whatever they asked for.
 */
export function checkAccess(
  { callers, permission }: AccessRule,
  { initialCaller }: Pick<Context, 'initialCaller'>,
): ChatError | null {
  if (callers === 'ANYONE' || initialCaller.role === 'OPERATOR')
    return checkPermission(initialCaller, permission)
  if (initialCaller.role === 'VISITOR') return new ChatError('FORBIDDEN', 'Only operators may ask this.')
  return new ChatError('UNAUTHENTICATED', 'Only operators may ask this; send an operator key.')
}

/** The provider of that name, where the caller may use the capability there; asks nobody upstream. */
export function requireCapability(adapter: ChatAdapter, capability: Capability, ctx: Context): ChatAdapter {
  const refused = checkCapability(adapter, capability, ctx.call.caller)
  if (refused) throw refused
  return adapter
}

/** The provider that a client named; `field` is where it did. */
export function resolveProvider(name: string, field: string, ctx: Context): ChatAdapter {
  const adapter = ctx.registry.find(name)
  if (adapter) return adapter
  throw invalidInput(field, `There is no provider of that name. See \`providers { name }\`.`)
}

/** The provider that an id names: an id of a provider that is not configured (any more) names nothing. */
export function providerOf({ provider }: { readonly provider: string }, ctx: Context): ChatAdapter {
  const adapter = ctx.registry.find(provider)
  if (adapter) return adapter
  throw new ChatError('NOT_FOUND', 'No such provider.')
}

/** Of the providers that were asked for, those that can do it, and why each of the others cannot. */
export interface ProviderSelection {
  readonly adapters: readonly ChatAdapter[]
  readonly errors: readonly ChatError[]
}

/**
 * The providers that a client named at `field`, or else all. One that was named and cannot do what is asked is the
 * client's mistake: its refusal is thrown. Of the unnamed, those that cannot are left out.
 */
export function selectProviders(
  names: readonly string[] | null | undefined,
  field: string,
  refusalOf: (adapter: ChatAdapter) => ChatError | null,
  ctx: Context,
): ProviderSelection {
  const asked = names ? new Set(names.map((name) => resolveProvider(name, field, ctx))) : ctx.registry.all
  const able: ChatAdapter[] = []
  const refused: ChatError[] = []
  for (const adapter of asked) {
    const reason = refusalOf(adapter)
    if (reason && names) throw reason
    if (reason) refused.push(reason)
    else able.push(adapter)
  }
  return { adapters: able, errors: refused }
}
