import type { Config } from '../config/index.ts'
import { SharedIdempotentWrites } from '../coordination/shared-idempotent-writes.ts'
import type { ChatAdapter } from '../domain/adapter.ts'
import { createRegistry } from '../domain/adapter-registry.ts'
import { EventErasure } from '../live/event-erasure.ts'
import { Hub, type HubOptions } from '../live/hub.ts'
import { createOffline } from '../offline/create-offline.ts'
import { createAdapter, createVisitorTokenOwners, offlineSpacingMs } from '../providers/adapter-factory.ts'
import type { AdapterDependencies, AgentCredentials } from '../providers/definition.ts'
import { operationNames } from '../server/graphql/trusted-documents.ts'
import { createRenewalTokens } from '../server/identity/renewal-tokens.ts'
import { createMetrics, type Metrics } from '../server/metrics/metrics.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { createCallTracer } from '../upstream/call-spans.ts'
import { RepeatedBodies } from '../upstream/repeated-bodies.ts'
import type { StoreOptions, Stores } from './stores.ts'

/** Options of the parts that all transports share. */
export interface CoreOptions extends StoreOptions {
  /** Records spans; null or absent where tracing is off. */
  readonly tracing?: Tracing | null
  /** Milliseconds that a mutation waits for the first delivery attempt of an offline message. */
  readonly firstAttemptTimeoutMs?: number
  /** Times of pushed rooms, for tests. */
  readonly pushTimes?: HubOptions['pushTimes']
  /** Times of the sockets to providers' push, for tests. */
  readonly pushSocketTimes?: AdapterDependencies['pushSocketOptions']['times']
}

/** What all transports share. */
export type Core = Awaited<ReturnType<typeof createCore>>

/** Creates what all transports share: providers, live events, offline messages and metrics. */
export async function createCore(config: Config, options: CoreOptions, stores: Stores) {
  const { log, tracing = null } = options
  const { store, lease } = stores
  const hub = new Hub({
    tracing,
    pollInterval: { activeMs: config.pollIntervalMs, idleMs: config.pollIdleIntervalMs },
    pushTimes: options.pushTimes,
    sharing:
      config.eventLogMinutes > 0
        ? {
            store: store.liveLog,
            notices: store.notices,
            worker: lease,
            callerSecret: await store.secret('live-callers'),
          }
        : null,
    log,
  })
  const metrics = createMetrics(hub, store.offline, log, {
    trustedNames: operationNames(config.documentsById.values()),
    logsRequests: config.requestLog,
  })
  const adapters = await createAdapters(config, options, stores, metrics)
  for (const adapter of adapters) metrics.observePollLag(adapter.name, () => adapter.backgroundDelayMs())
  const offline = createOffline(config, {
    store: store.offline,
    lease,
    adapters,
    spacingMs: (kind) => offlineSpacingMs(kind, config.offlineSpacingMs),
    onAttempt: metrics.observeDelivery,
    tracing,
    onRateLimited: (address) => metrics.security.recordRefusal('rate_limit', { address }),
    addressSecret: await store.secret('client-addresses'),
    log,
    firstAttemptTimeoutMs: options.firstAttemptTimeoutMs,
  })
  const eventErasure = new EventErasure({ store: store.logErasure, hub })
  const renewalTokens = createRenewalTokens(config.visitorSecret ?? (await store.secret('visitor-renewals')))
  return {
    hub,
    eventErasure,
    metrics,
    adapters,
    registry: createRegistry(adapters),
    renewalTokens,
    ...offline,
  }
}

async function createAdapters(
  config: Config,
  { log, pushSocketTimes, tracing = null }: CoreOptions,
  { store, lease, replicaReports }: Stores,
  metrics: Metrics,
): Promise<readonly ChatAdapter[]> {
  const idempotentWrites = new SharedIdempotentWrites({ store: store.idempotencyKeys, lease, log })
  const visitorSecret = await store.secret('visitor-tokens')
  const tokenOwners = createVisitorTokenOwners(config.providers)
  const repeatedBodies = new RepeatedBodies()
  return config.providers.map((provider) =>
    createAdapter(provider, {
      idempotentWrites,
      visitorSecret,
      accountTokens: tokenOwners.forAccount(provider.name),
      agentCredentials: agentCredentialsFor(provider.name, config),
      log,
      pushSocketOptions: {
        times: pushSocketTimes,
        onUnexpectedError: (error) => metrics.unexpected.report(error, 'push'),
      },
      upstream: {
        timeoutMs: config.upstreamTimeoutMs,
        limitDivision: replicaReports?.limits.forAccount(provider.name),
        onRequest: (report) => metrics.observeUpstreamRequest(provider.name, report),
        onRateLimitEvent: (event) => metrics.observeRateLimitEvent(provider.name, event),
        ...(tracing && { traceCall: createCallTracer(tracing, provider.name) }),
        repeatedBodies,
      },
    }),
  )
}

/** The agents that operators write as at one provider, by the operator's name. */
function agentCredentialsFor(provider: string, { operators }: Pick<Config, 'operators'>): AgentCredentials {
  return new Map(
    operators.flatMap(({ name, agents = {} }) => {
      const credential = Object.hasOwn(agents, provider) ? agents[provider] : undefined
      return credential ? [[name, credential] as const] : []
    }),
  )
}
