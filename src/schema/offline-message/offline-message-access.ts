import type { ChatAdapter } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import {
  acceptsOfflineMessages,
  type Capability,
  capabilities,
  checkCapability,
} from '../../domain/capability.ts'
import type { ChatError } from '../../domain/errors.ts'

/**
 * Returns an error if the caller may see neither the provider's own list of offline messages nor those in the gateway's store,
 * else null.
 */
export function checkOfflineListAccess(adapter: ChatAdapter, caller: Caller): ChatError | null {
  if (caller.role === 'OPERATOR' && acceptsOfflineMessages(adapter)) return null
  return checkCapability(adapter, 'LIST_OFFLINE_MESSAGES', caller)
}

/** Capabilities of a provider, including the list of stored offline messages, which the gateway itself provides. */
export function providerCapabilities(adapter: ChatAdapter): readonly Capability[] {
  return capabilities.filter((capability) => {
    if (capability === 'LIST_OFFLINE_MESSAGES' && acceptsOfflineMessages(adapter)) return true
    return adapter.supports[capability].roles.length > 0
  })
}
