import type { AdapterRegistry, ChatAdapter } from './adapter.ts'
import { type Caller, canSeeProvider } from './caller.ts'

/** Creates the registry of all adapters by name. Two accounts of one kind are two adapters. */
export function createRegistry(adapters: readonly ChatAdapter[]): AdapterRegistry {
  const byName = new Map(adapters.map((adapter) => [adapter.name, adapter]))
  return { all: adapters, find: (name) => byName.get(name) ?? null }
}

/**
 * Restricts the registry to what a caller can see: a provider that an operator must not use is absent, exactly like one
 * that is not configured. Whatever a caller names by provider is looked up in its restricted registry.
 */
export function restrictRegistry(registry: AdapterRegistry, caller: Caller): AdapterRegistry {
  if (caller.role !== 'OPERATOR' || caller.providers === null) return registry
  return {
    all: registry.all.filter(({ name }) => canSeeProvider(caller, name)),
    find: (name) => (canSeeProvider(caller, name) ? registry.find(name) : null),
  }
}
