import type { AdapterRegistry, ChatAdapter } from '../domain/adapter.ts'

/** Creates the registry of all adapters by name. Two accounts of one kind are two adapters. */
export function createRegistry(adapters: readonly ChatAdapter[]): AdapterRegistry {
  const byName = new Map(adapters.map((adapter) => [adapter.name, adapter]))
  return { all: adapters, find: (name) => byName.get(name) ?? null }
}
