import type { AdapterRegistry, Batch, CallContext, ChatAdapter } from '../domain/adapter.ts'
import { type Capability, checkCapability } from '../domain/capability.ts'

/** How a batch of objects is read from one provider. */
export interface BatchRead<Key, T> {
  /** Null if every caller may read. */
  readonly capability: Capability | null
  readonly read: (adapter: ChatAdapter, keys: readonly Key[], call: CallContext) => Promise<Batch<T>>
}

/** Reads one batch per provider, in the order of the keys. A provider that denies or fails affects only its own keys. */
export async function readByProvider<Key extends { readonly provider: string }, T>(
  keys: readonly Key[],
  registry: AdapterRegistry,
  call: CallContext,
  batchRead: BatchRead<Key, T>,
): Promise<(T | null | Error)[]> {
  const results = new Map<Key, T | null | Error>()
  const names = [...new Set(keys.map(({ provider }) => provider))]
  await Promise.all(
    names.map(async (name) => {
      const batch = keys.filter(({ provider }) => provider === name)
      const values = await readBatch(registry.find(name), batch, call, batchRead)
      batch.forEach((key, index) => {
        results.set(key, values[index] ?? null)
      })
    }),
  )
  return keys.map((key) => results.get(key) ?? null)
}

async function readBatch<Key, T>(
  adapter: ChatAdapter | null,
  keys: readonly Key[],
  call: CallContext,
  { capability, read }: BatchRead<Key, T>,
): Promise<readonly (T | null | Error)[]> {
  if (!adapter) return keys.map(() => null)
  const denied = capability && checkCapability(adapter, capability, call.caller)
  if (denied) return keys.map(() => denied)
  try {
    return await read(adapter, keys, call)
  } catch (error) {
    return keys.map(() => asError(error))
  }
}

/** DataLoader expects the failure of one key as an Error in its place. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
