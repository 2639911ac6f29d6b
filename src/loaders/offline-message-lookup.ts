import type { Batch, CallContext, ChatAdapter } from '../domain/adapter.ts'
import { acceptsOfflineMessages, checkCapability } from '../domain/capability.ts'
import { ChatError } from '../domain/errors.ts'
import type { OfflineMessage } from '../domain/model.ts'
import { checkPermission } from '../domain/permission.ts'

/** What the gateway keeps itself: one provider's messages by their keys, in order; null for what is not there. */
export interface StoredOfflineMessages {
  find(provider: string, keys: readonly string[]): Promise<readonly (OfflineMessage | null)[]>
}

/**
 * Looks offline messages up, first among those that are kept here, for operators alone, then at the provider. A
 * store that fails costs only what the provider does not have either.
 */
export async function lookUpOfflineMessages(
  adapter: ChatAdapter,
  keys: readonly string[],
  kept: StoredOfflineMessages,
  call: CallContext,
): Promise<Batch<OfflineMessage>> {
  const forbidden = checkPermission(call.caller, 'READ')
  if (forbidden) return keys.map(() => forbidden)
  const own = await findKept(adapter, keys, kept, call)
  const missing = keys.filter((_key, index) => !isFound(own[index]))
  if (missing.length === 0) return own
  const listed = await atProvider(adapter, missing, call)
  const byKey = new Map(missing.map((key, index) => [key, listed[index] ?? null]))
  return keys.map((key, index) => {
    const found = own[index] ?? null
    return isFound(found) ? found : (byKey.get(key) ?? found)
  })
}

/** Empty where they are not the caller's to see. */
async function findKept(
  { name }: ChatAdapter,
  keys: readonly string[],
  kept: StoredOfflineMessages,
  { caller }: CallContext,
): Promise<Batch<OfflineMessage>> {
  if (caller.role !== 'OPERATOR') return []
  try {
    return await kept.find(name, keys)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    return keys.map(() => error)
  }
}

async function atProvider(
  adapter: ChatAdapter,
  keys: readonly string[],
  call: CallContext,
): Promise<Batch<OfflineMessage>> {
  const refused = checkCapability(adapter, 'LIST_OFFLINE_MESSAGES', call.caller)
  if (!refused) return adapter.getOfflineMessages(keys, call)
  // An operator was shown all that is kept here, and there is no other list.
  const isAll = call.caller.role === 'OPERATOR' && acceptsOfflineMessages(adapter)
  return keys.map(() => (isAll ? null : refused))
}

function isFound(found: OfflineMessage | null | ChatError | undefined): found is OfflineMessage {
  return found !== null && found !== undefined && 'type' in found
}
