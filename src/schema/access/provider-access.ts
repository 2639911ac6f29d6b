import type { ChatAdapter } from '../../domain/adapter.ts'
import { type Capability, checkCapability } from '../../domain/capability.ts'
import { ChatError, invalidInput } from '../../domain/errors.ts'
import type { Context } from '../context.ts'

/** Returns the adapter if the caller may use the capability, else throws. Makes no upstream call. */
export function requireCapability(adapter: ChatAdapter, capability: Capability, ctx: Context): ChatAdapter {
  const error = checkCapability(adapter, capability, ctx.call.caller)
  if (error) throw error
  return adapter
}

/** Finds the provider that a client named; an unknown name is INVALID_INPUT at `field`. */
export function resolveProvider(name: string, field: string, ctx: Context): ChatAdapter {
  const adapter = ctx.registry.find(name)
  if (adapter) return adapter
  throw invalidInput(field, 'No provider has this name. See `providers { name }`.')
}

/** Finds the provider of an object. An id can name a provider that is not configured any more: that is NOT_FOUND. */
export function providerOf({ provider }: { readonly provider: string }, ctx: Context): ChatAdapter {
  const adapter = ctx.registry.find(provider)
  if (adapter) return adapter
  throw new ChatError('NOT_FOUND', 'No such provider.')
}

/** The providers that can serve a request, and for each other provider the reason why it cannot. */
export interface ProviderSelection {
  readonly adapters: readonly ChatAdapter[]
  readonly errors: readonly ChatError[]
}

/**
 * Selects the providers that a client named at `field`, or all. If `check` returns an error for a named provider, throws
 * that error, because the client made a mistake. Leaves out an unnamed provider for which it returns one.
 */
export function selectProviders(
  names: readonly string[] | null | undefined,
  field: string,
  check: (adapter: ChatAdapter) => ChatError | null,
  ctx: Context,
): ProviderSelection {
  const requested = names ? new Set(names.map((name) => resolveProvider(name, field, ctx))) : ctx.registry.all
  const adapters: ChatAdapter[] = []
  const errors: ChatError[] = []
  for (const adapter of requested) {
    const error = check(adapter)
    if (error && names) throw error
    if (error) errors.push(error)
    else adapters.push(adapter)
  }
  return { adapters, errors }
}

/** Selects the providers that can serve a subscription; if none can, throws the reason. */
export function requireProviders(
  names: readonly string[] | null | undefined,
  check: (adapter: ChatAdapter) => ChatError | null,
  ctx: Context,
): readonly ChatAdapter[] {
  const { adapters, errors } = selectProviders(names, 'providers', check, ctx)
  if (adapters.length === 0 && errors[0]) throw errors[0]
  return adapters
}
