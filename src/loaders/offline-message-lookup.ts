import type { Batch, CallContext, ChatAdapter } from '../domain/adapter.ts'
import { acceptsOfflineMessages, checkCapability } from '../domain/capability.ts'
import { ChatError } from '../domain/errors.ts'
import type { OfflineMessage } from '../domain/model.ts'
import { checkPermission } from '../domain/permission.ts'

/** The gateway's own store. Finds one provider's messages by key, in the order of the keys; null for an absent one. */
export interface StoredOfflineMessages {
  find(provider: string, keys: readonly string[]): Promise<readonly (OfflineMessage | null)[]>
}

/**
 * Looks up offline messages: for operators first in the store, then at the provider. If the store fails, only the messages
 * that the provider does not have fail.
 */
export async function lookUpOfflineMessages(
  adapter: ChatAdapter,
  keys: readonly string[],
  stored: StoredOfflineMessages,
  call: CallContext,
): Promise<Batch<OfflineMessage>> {
  const forbidden = checkPermission(call.caller, 'READ')
  if (forbidden) return keys.map(() => forbidden)
  const fromStore = await findStored(adapter, keys, stored, call)
  const missing = keys.filter((_key, index) => !isMessage(fromStore[index]))
  if (missing.length === 0) return fromStore
  const fromProvider = await findAtProvider(adapter, missing, call)
  const byKey = new Map(missing.map((key, index) => [key, fromProvider[index] ?? null]))
  return keys.map((key, index) => {
    const result = fromStore[index] ?? null
    return isMessage(result) ? result : (byKey.get(key) ?? result)
  })
}

/** Empty for callers that may not see stored messages. */
async function findStored(
  { name }: ChatAdapter,
  keys: readonly string[],
  stored: StoredOfflineMessages,
  { caller }: CallContext,
): Promise<Batch<OfflineMessage>> {
  if (caller.role !== 'OPERATOR') return []
  try {
    return await stored.find(name, keys)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    return keys.map(() => error)
  }
}

async function findAtProvider(
  adapter: ChatAdapter,
  keys: readonly string[],
  call: CallContext,
): Promise<Batch<OfflineMessage>> {
  const denied = checkCapability(adapter, 'LIST_OFFLINE_MESSAGES', call.caller)
  if (!denied) return adapter.getOfflineMessages(keys, call)
  // For an operator, the store is the only list of such a provider: what is not in it does not exist.
  const isStoreComplete = call.caller.role === 'OPERATOR' && acceptsOfflineMessages(adapter)
  return keys.map(() => (isStoreComplete ? null : denied))
}

function isMessage(result: OfflineMessage | null | ChatError | undefined): result is OfflineMessage {
  return result !== null && result !== undefined && 'type' in result
}
