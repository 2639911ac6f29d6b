import type { ChatAdapter } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import {
  acceptsOfflineMessages,
  type Capability,
  capabilities,
  checkCapability,
} from '../../domain/capability.ts'
import type { ChatError } from '../../domain/errors.ts'

/** Why a caller may not see a provider's offline messages, neither its own list nor what is kept here; else null. */
export function checkOfflineListAccess(adapter: ChatAdapter, caller: Caller): ChatError | null {
  if (caller.role === 'OPERATOR' && acceptsOfflineMessages(adapter)) return null
  return checkCapability(adapter, 'LIST_OFFLINE_MESSAGES', caller)
}

/** What a provider can do, with what the gateway adds to it: the list of the messages that it accepted. */
export function capabilitiesOf(adapter: ChatAdapter): readonly Capability[] {
  return capabilities.filter((capability) => {
    if (capability === 'LIST_OFFLINE_MESSAGES' && acceptsOfflineMessages(adapter)) return true
    return adapter.supports[capability].roles.length > 0
  })
}
