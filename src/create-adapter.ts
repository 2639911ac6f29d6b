import type { ChatAdapter } from './chat/adapter.ts'
import type { KeyedWrites } from './chat/keyed-writes.ts'
import type { LiveChatConfig, ProviderConfig, RocketChatConfig } from './config/index.ts'
import { createLiveChat } from './providers/livechat/adapter.ts'
import { isLiveChatToken } from './providers/livechat/token-form.ts'
import { createRocketChat } from './providers/rocketchat/adapter.ts'
import { type AccountTokens, VisitorTokenOwners } from './providers/visitor-token-owners.ts'
import type { BudgetEvent } from './upstream/budget.ts'
import type { UpstreamReport } from './upstream/client.ts'

/**
 * What the gateway gives to each account: what all processes share, the observers of its calls, and its part of the
 * visitors' tokens.
 */
export interface AccountDependencies {
  readonly keyedWrites: KeyedWrites
  /** A secret that all processes share, from which visitor tokens are derived. */
  readonly visitorSecret: Buffer
  readonly onCall: (report: UpstreamReport) => void
  readonly onBudget: (event: BudgetEvent) => void
  readonly accountTokens: AccountTokens
}

/** The registry that keeps the visitors' tokens of all configured accounts apart. */
export function createTokenOwners(providers: readonly ProviderConfig[]): VisitorTokenOwners {
  return new VisitorTokenOwners(
    providers.map(({ name, kind }) => ({ name, isOwnForm: kind === 'LIVECHAT' ? isLiveChatToken : null })),
  )
}

/** Opens one configured account of whichever kind; `timeoutMs` is what one upstream request may take. */
export function createAdapter(
  provider: ProviderConfig,
  timeoutMs: number,
  dependencies: AccountDependencies,
): ChatAdapter {
  return provider.kind === 'ROCKET_CHAT'
    ? rocketChat(provider, timeoutMs, dependencies)
    : liveChat(provider, timeoutMs, dependencies)
}

function rocketChat(
  config: RocketChatConfig,
  timeoutMs: number,
  dependencies: AccountDependencies,
): ChatAdapter {
  const { offlineDepartment = null, offlineHost = null, serviceAccount = null } = config
  return createRocketChat({
    ...config,
    offlineDepartment,
    offlineHost,
    serviceAccount,
    timeoutMs,
    ...dependencies,
  })
}

function liveChat(config: LiveChatConfig, timeoutMs: number, dependencies: AccountDependencies): ChatAdapter {
  const { credential = null, organizationId = null, classic = null, oauth } = config
  const { clientId, clientSecret = null, refreshToken = null } = oauth ?? {}
  return createLiveChat({
    ...config,
    credential,
    organizationId,
    classic,
    oauth: clientId === undefined ? null : { clientId, clientSecret, refreshToken },
    timeoutMs,
    ...dependencies,
  })
}
