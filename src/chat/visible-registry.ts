import type { Registry } from './adapter.ts'
import { type Caller, seesProvider } from './caller.ts'

/**
 * The registry as a caller may see it: a provider that an operator may not use is absent, exactly as one that is not
 * configured. Everything that a caller names by provider goes through its own registry.
 */
export function visibleRegistry(registry: Registry, caller: Caller): Registry {
  if (caller.role !== 'OPERATOR' || caller.providers === null) return registry
  return {
    all: registry.all.filter(({ name }) => seesProvider(caller, name)),
    find: (name) => (seesProvider(caller, name) ? registry.find(name) : null),
  }
}
