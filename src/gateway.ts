import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Logger } from 'pino'
import { type Config, ConfigError } from './config/index.ts'
import { SharedIdempotentWrites } from './coordination/shared-idempotent-writes.ts'
import { WorkerLease } from './coordination/worker-lease.ts'
import type { ChatAdapter } from './domain/adapter.ts'
import { createRegistry } from './domain/adapter-registry.ts'
import { Hub } from './live/hub.ts'
import { createOffline } from './offline/create-offline.ts'
import { createAdapter, createVisitorTokenOwners, offlineSpacingMs } from './providers/adapter-factory.ts'
import { schema } from './schema/index.ts'
import type { UnexpectedErrors } from './server/diagnostics/unexpected-errors.ts'
import { DirectExecution, type DirectResult } from './server/graphql/direct-execution.ts'
import { createGraphQLServer, GRAPHQL_PATH } from './server/graphql/graphql-server.ts'
import { findInvalidDocuments } from './server/graphql/invalid-documents.ts'
import { OperationCache } from './server/graphql/operation-cache.ts'
import { SharedQueries } from './server/graphql/shared-queries.ts'
import { TrustedDocuments } from './server/graphql/trusted-documents.ts'
import { createHttpServer } from './server/http/http-server.ts'
import { createOperatorIdentification } from './server/identity/operator-identification.ts'
import { createMutationLimits } from './server/limits/mutation-limits.ts'
import { SocketQuota } from './server/limits/socket-quota.ts'
import { type WorkLimitSizes, WorkLimits, workLimitSizes } from './server/limits/work-limits.ts'
import { createMetrics, type Metrics } from './server/metrics/metrics.ts'
import type { GraphiQLTab } from './server/pages/graphiql.ts'
import { createStaticFiles } from './server/pages/static-files.ts'
import { createRequestChecks } from './server/request-checks/request-checks.ts'
import { createSubscriptionServices } from './server/shared-subscriptions/subscription-services.ts'
import { createWebhookHandler } from './server/webhooks/webhook-handler.ts'
import { serveWebSockets } from './server/websocket/websocket-server.ts'
import { openRateLimitCounters, type RateLimitCounters } from './store/coordination/rate-limit-counters.ts'
import type { Store } from './store/create-store.ts'
import { openStore } from './store/open-store.ts'

const WEBSOCKET_INIT_TIMEOUT_MS = 5_000
const DRAIN_MS = 5_000

/** The log of a gateway, and optional overrides of its defaults. */
export interface GatewayOptions {
  readonly log: Logger
  /** The first tabs of GraphiQL. */
  readonly exampleTabs?: readonly GraphiQLTab[]
  /** The operator key that the console gets from a sandbox, so that it opens without a login. */
  readonly sandboxKey?: string
  /** Called when a webhook says that a provider may have new offline messages. */
  readonly onOfflineHint?: (provider: string) => void
  /** Limits on the work of one client before its operations run. */
  readonly workLimits?: Partial<WorkLimitSizes>
  /** Whether repeated operations are compiled and served directly; true by default. */
  readonly compilesOperations?: boolean
  /** Milliseconds within which a WebSocket client must send connection_init. */
  readonly websocketInitTimeoutMs?: number
  /** Milliseconds that requests in flight and open sockets have when the gateway stops. */
  readonly drainMs?: number
  /** Milliseconds that a mutation waits for the first delivery attempt of an offline message. */
  readonly firstAttemptTimeoutMs?: number
}

/** A running gateway. */
export interface Gateway {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  /** Numbers of rooms with subscribers, and of their subscribers. */
  readonly liveCounts: () => { readonly rooms: number; readonly subscribers: number }
  /** Records unexpected errors. */
  readonly unexpected: UnexpectedErrors
  /** Stops accepting requests, ends the streams, waits for requests in flight, and releases everything. */
  close(): Promise<void>
}

/**
 * Starts a gateway. Rejects with a ConfigError if the store cannot be opened, or if a trusted document is not valid for
 * the schema.
 */
export async function startGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  const invalid = findInvalidDocuments(schema, config.documentsById)
  if (invalid.length > 0)
    throw new ConfigError(invalid.map((reason) => ({ variable: 'TRUSTED_DOCUMENTS_FILE', reason })))
  const stores = await openStores(config, options.log)
  try {
    return await start(config, options, stores)
  } catch (error) {
    await stores.close()
    throw error
  }
}

/** What the gateway keeps in its database. */
interface Stores {
  readonly store: Store
  /** The lease of this process. */
  readonly lease: WorkerLease
  /** Null if the process counts rate limits in memory. */
  readonly counters: RateLimitCounters | null
  close(): Promise<void>
}

async function openStores(config: Config, log: Logger): Promise<Stores> {
  const store = await openStore(config, log)
  const lease = new WorkerLease({ store: store.leases, log })
  const counters = openCounters(config, log)
  return {
    store,
    lease,
    counters,
    async close() {
      await lease.stop()
      await Promise.all([store.close(), counters?.close()])
    },
  }
}

/** Counts rate limits in PostgreSQL for all replicas, if there is one and any limit is set. */
function openCounters({ databaseUrl, rateLimits }: Config, log: Logger): RateLimitCounters | null {
  const isLimited = Object.values(rateLimits).some((perMinute) => perMinute > 0)
  return databaseUrl !== undefined && isLimited ? openRateLimitCounters(databaseUrl, log) : null
}

/** Composes the gateway and starts to listen. */
async function start(config: Config, options: GatewayOptions, stores: Stores): Promise<Gateway> {
  await acquireLease(config, options.log, stores)
  const core = await createCore(config, options, stores)
  const servers = createServers(config, options, core, stores.counters)
  const { server } = servers
  await once(server.listen(config.port, config.host), 'listening')
  await core.worker.start()
  servers.setReady(true)

  const stop = async (): Promise<void> => {
    servers.setReady(false)
    const serversClosed = servers.close()
    core.hub.close()
    core.offlineMessageFeed.close()
    await Promise.all([serversClosed, core.worker.stop(servers.drainMs)])
    await Promise.all(core.adapters.map((adapter) => adapter.close()))
    await stores.close()
  }
  let stopping: Promise<void> | null = null
  return {
    url: `http://${hostInUrl(config.host)}:${portOf(server)}${GRAPHQL_PATH}`,
    liveCounts: () => core.hub.counts,
    unexpected: core.metrics.unexpected,
    close: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

async function acquireLease(config: Config, log: Logger, { lease }: Stores): Promise<void> {
  const isOnlyProcess = await lease.start()
  if (!isOnlyProcess && lease.isHeld() && config.databaseUrl === undefined)
    log.warn('another process uses this DATA_DIR: several replicas need DATABASE_URL')
}

/** Creates what all transports share: providers, live events, offline messages and metrics. */
async function createCore(config: Config, options: GatewayOptions, stores: Stores) {
  const { log } = options
  const { store, lease } = stores
  const hub = new Hub({
    pollInterval: { activeMs: config.pollIntervalMs, idleMs: config.pollIdleIntervalMs },
    log,
  })
  const metrics = createMetrics(hub, store.offline, log)
  const adapters = await createAdapters(config, log, stores, metrics)
  for (const adapter of adapters) metrics.observePollLag(adapter.name, () => adapter.backgroundDelayMs())
  const offline = createOffline(config, {
    store: store.offline,
    lease,
    adapters,
    spacingMs: (kind) => offlineSpacingMs(kind, config.offlineSpacingMs),
    onAttempt: metrics.observeDelivery,
    onRateLimited: (address) => metrics.security.recordRefusal('rate_limit', { address }),
    addressSecret: await store.secret('client-addresses'),
    log,
    firstAttemptTimeoutMs: options.firstAttemptTimeoutMs,
  })
  return { hub, metrics, adapters, registry: createRegistry(adapters), ...offline }
}

type Core = Awaited<ReturnType<typeof createCore>>

async function createAdapters(
  config: Config,
  log: Logger,
  { store, lease }: Stores,
  metrics: Metrics,
): Promise<readonly ChatAdapter[]> {
  const idempotentWrites = new SharedIdempotentWrites({ store: store.idempotencyKeys, lease, log })
  const visitorSecret = await store.secret('visitor-tokens')
  const tokenOwners = createVisitorTokenOwners(config.providers)
  return config.providers.map((provider) =>
    createAdapter(provider, {
      idempotentWrites,
      visitorSecret,
      accountTokens: tokenOwners.forAccount(provider.name),
      upstream: {
        timeoutMs: config.upstreamTimeoutMs,
        onRequest: (report) => metrics.observeUpstreamRequest(provider.name, report),
        onRateLimitEvent: (event) => metrics.observeRateLimitEvent(provider.name, event),
      },
    }),
  )
}

/** Creates the HTTP and WebSocket servers. They do not listen yet. */
function createServers(
  config: Config,
  options: GatewayOptions,
  core: Core,
  counters: RateLimitCounters | null,
) {
  const { metrics } = core
  const drainMs = options.drainMs ?? DRAIN_MS
  const shared = createTransportOptions(config, options, core, counters)
  const webhooks = createWebhooks(options, core)
  let isReady = false
  const http = createHttpServer({
    ...shared,
    metrics,
    webhooks,
    serveStaticFile: config.console
      ? createStaticFiles({
          sandboxKey: options.sandboxKey ?? null,
          log: options.log,
          unexpected: metrics.unexpected,
        })
      : null,
    isReady: () => isReady,
  })
  const closeWebSockets = serveWebSockets(http.server, {
    ...shared,
    maxSubscriptionsPerSocket: config.maxSubscriptionsPerSocket,
    compression: config.webSocketCompression,
    initTimeoutMs: options.websocketInitTimeoutMs ?? WEBSOCKET_INIT_TIMEOUT_MS,
    drainMs,
  })
  return {
    server: http.server,
    drainMs,
    setReady(value: boolean): void {
      isReady = value
    },
    async close(): Promise<void> {
      const drained = http.drain(drainMs)
      // Sockets close before the hub: clients must see a disconnect and reconnect, not a completed subscription.
      const socketsClosed = closeWebSockets()
      webhooks.close()
      await Promise.all([drained, socketsClosed])
    },
  }
}

/** Creates what the HTTP and WebSocket servers share: the GraphQL engine, callers, limits and checks. */
function createTransportOptions(
  config: Config,
  { log, exampleTabs = [], workLimits: workLimitOverrides, compilesOperations = true }: GatewayOptions,
  { hub, metrics, registry, adapters, outbox, storedMessages, offlineMessageFeed }: Core,
  counters: RateLimitCounters | null,
) {
  const { security, unexpected } = metrics
  const { maxSubscriptionsPerSocket: perSocket, maxSubscriptionsPerCaller: perCaller } = config
  const workLimits = new WorkLimits({ ...workLimitSizes({ perSocket, perCaller }), ...workLimitOverrides })
  const documents = new TrustedDocuments({
    mode: config.trustedDocuments,
    textById: config.documentsById,
    security,
  })
  const mutationLimits = createMutationLimits({
    rates: config.rateLimits,
    counters,
    isVerified: (caller) => adapters.some((adapter) => adapter.isVerified(caller)),
    onRejected: (details) => security.recordRefusal('rate_limit', details),
  })
  const common = { log, unexpected, security, workLimits, documents }
  const sharedQueries = new SharedQueries<DirectResult | null>()
  const graphqlOptions = {
    ...common,
    schema,
    registry,
    hub,
    outbox,
    storedMessages,
    offlineMessageFeed,
    mutationLimits,
    introspection: config.introspection,
    operations: new OperationCache(schema, compilesOperations),
    sharedQueries,
    onMutationEnd: () => sharedQueries.closeAll(),
    exampleTabs,
  }
  const graphql = createGraphQLServer(graphqlOptions)
  return {
    ...common,
    ...createRequestChecks(config),
    graphql,
    direct: new DirectExecution(graphqlOptions),
    subscriptions: createSubscriptionServices(graphql, graphqlOptions, perCaller),
    identify: createOperatorIdentification(config, log),
    socketQuota: new SocketQuota(config, log),
  }
}

function createWebhooks(options: GatewayOptions, { registry, metrics, hub, offlineMessageFeed }: Core) {
  return createWebhookHandler({
    registry,
    log: options.log,
    unexpected: metrics.unexpected,
    onOutcome: metrics.observeWebhook,
    onRoomHint: (provider, roomId) => hub.requestPoll(provider, roomId),
    onOfflineHint: (provider) => {
      offlineMessageFeed.requestPoll(provider)
      options.onOfflineHint?.(provider)
    },
  })
}

/** The port on which a server listens: the configured one, or one that the system chose for 0. */
function portOf(server: Server): number {
  const address = server.address()
  if (typeof address === 'object' && address) return address.port
  throw new TypeError('the server does not listen on a port')
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
