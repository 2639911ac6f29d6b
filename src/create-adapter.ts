import type { ChatAdapter } from './chat/adapter.ts'
import type { LiveChatConfig, ProviderConfig, RocketChatConfig } from './config/index.ts'
import { createLiveChat } from './providers/livechat/adapter.ts'
import { createRocketChat } from './providers/rocketchat/adapter.ts'
import type { BudgetEvent } from './upstream/budget.ts'
import type { UpstreamReport } from './upstream/client.ts'

/** Who is told what an account's calls come to, and what its limits cost. */
export interface CallObservers {
  readonly onCall: (report: UpstreamReport) => void
  readonly onBudget: (event: BudgetEvent) => void
}

/** Opens one configured account of whichever kind; `timeoutMs` is what one upstream request may take. */
export function createAdapter(
  provider: ProviderConfig,
  timeoutMs: number,
  observers: CallObservers,
): ChatAdapter {
  return provider.kind === 'ROCKET_CHAT'
    ? rocketChat(provider, timeoutMs, observers)
    : liveChat(provider, timeoutMs, observers)
}

function rocketChat(config: RocketChatConfig, timeoutMs: number, observers: CallObservers): ChatAdapter {
  const { offlineDepartment = null, offlineHost = null, serviceAccount = null } = config
  return createRocketChat({
    ...config,
    offlineDepartment,
    offlineHost,
    serviceAccount,
    timeoutMs,
    ...observers,
  })
}

function liveChat(config: LiveChatConfig, timeoutMs: number, observers: CallObservers): ChatAdapter {
  const { credential = null, organizationId = null, classic = null, oauth } = config
  const { clientId, clientSecret = null, refreshToken = null } = oauth ?? {}
  return createLiveChat({
    ...config,
    credential,
    organizationId,
    classic,
    oauth: clientId === undefined ? null : { clientId, clientSecret, refreshToken },
    timeoutMs,
    ...observers,
  })
}
