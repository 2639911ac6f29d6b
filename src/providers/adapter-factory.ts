import type { LiveChatConfig, ProviderConfig, RocketChatConfig } from '../config/index.ts'
import type { ChatAdapter } from '../domain/adapter.ts'
import type { IdempotentWrites } from '../domain/idempotent-writes.ts'
import type { UpstreamRequestReport } from '../upstream/client.ts'
import type { RateLimiterEvent } from '../upstream/rate-limit/rate-limiter.ts'
import { createLiveChat } from './livechat/adapter.ts'
import { isLiveChatToken } from './livechat/auth/token-format.ts'
import { createRocketChat } from './rocketchat/adapter.ts'
import { type AccountTokens, VisitorTokenOwners } from './shared/visitor-token-owners.ts'

/**
 * What the gateway gives to each account: what all processes share, the observers of its calls, and its part of the
 * visitors' tokens.
 */
export interface AdapterDependencies {
  readonly keyedWrites: IdempotentWrites
  /** A secret that all processes share, from which visitor tokens are derived. */
  readonly visitorSecret: Buffer
  readonly onCall: (report: UpstreamRequestReport) => void
  readonly onBudget: (event: RateLimiterEvent) => void
  readonly accountTokens: AccountTokens
}

/** The registry that keeps the visitors' tokens of all configured accounts apart. */
export function createVisitorTokenOwners(providers: readonly ProviderConfig[]): VisitorTokenOwners {
  return new VisitorTokenOwners(
    providers.map(({ name, kind }) => ({
      name,
      hasTokenFormat: kind === 'LIVECHAT' ? isLiveChatToken : null,
    })),
  )
}

/** Opens one configured account of whichever kind; `timeoutMs` is what one upstream request may take. */
export function createAdapter(
  provider: ProviderConfig,
  timeoutMs: number,
  dependencies: AdapterDependencies,
): ChatAdapter {
  return provider.kind === 'ROCKET_CHAT'
    ? rocketChat(provider, timeoutMs, dependencies)
    : liveChat(provider, timeoutMs, dependencies)
}

function rocketChat(
  config: RocketChatConfig,
  timeoutMs: number,
  dependencies: AdapterDependencies,
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

function liveChat(config: LiveChatConfig, timeoutMs: number, dependencies: AdapterDependencies): ChatAdapter {
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
