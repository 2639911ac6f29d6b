import type { AdapterRegistry } from './adapter.ts'
import { type Caller, canSeeProvider } from './caller.ts'

/**
 * The registry as a caller may see it: a provider that an operator may not use is absent, exactly as one that is not
 * configured. Everything that a caller names by provider goes through its own registry.
 */
export function restrictRegistry(registry: AdapterRegistry, caller: Caller): AdapterRegistry {
  if (caller.role !== 'OPERATOR' || caller.providers === null) return registry
  return {
    all: registry.all.filter(({ name }) => canSeeProvider(caller, name)),
    find: (name) => (canSeeProvider(caller, name) ? registry.find(name) : null),
  }
}
