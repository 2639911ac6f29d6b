import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Logger } from 'pino'
import { type Config, ConfigError } from './config/index.ts'
import { SharedIdempotentWrites } from './coordination/shared-idempotent-writes.ts'
import { WorkerLease } from './coordination/worker-lease.ts'
import { Hub } from './live/hub.ts'
import { createOffline } from './offline/create-offline.ts'
import { createOperatorIdentification } from './operator-identification.ts'
import { createAdapter, createVisitorTokenOwners, offlineSpacingMs } from './providers/adapter-factory.ts'
import { createRegistry } from './providers/registry.ts'
import { schema } from './schema/index.ts'
import type { UnexpectedErrors } from './server/diagnostics/unexpected-errors.ts'
import { createGraphQLServer, GRAPHQL_PATH } from './server/graphql/graphql-server.ts'
import { findInvalidDocuments } from './server/graphql/invalid-documents.ts'
import { TrustedDocuments } from './server/graphql/trusted-documents.ts'
import { createHttpServer } from './server/http/http-server.ts'
import { createMutationLimits } from './server/limits/mutation-limits.ts'
import { SocketQuota } from './server/limits/socket-quota.ts'
import { type WorkLimitSizes, WorkLimits, workLimitSizes } from './server/limits/work-limits.ts'
import { createMetrics } from './server/metrics/metrics.ts'
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

/** What a gateway is started with beside its settings; what is left out has its usual value. */
export interface GatewayOptions {
  readonly log: Logger
  /** What GraphiQL opens with. */
  readonly exampleTabs?: readonly GraphiQLTab[]
  /** The operator's key that the console is given, so that a sandbox opens without a question. */
  readonly sandboxKey?: string
  /** Told when a webhook says that offline messages may have come to a provider. */
  readonly onOfflineHint?: (provider: string) => void
  /** What one client may make the gateway parse. */
  readonly workLimits?: Partial<WorkLimitSizes>
  /** Milliseconds that a WebSocket client has to introduce itself. */
  readonly websocketInitTimeoutMs?: number
  /** Milliseconds that requests under way and open sockets have when the gateway stops. */
  readonly drainMs?: number
  /** Milliseconds that an answer waits for an offline message's first attempt. */
  readonly offlineReplyMs?: number
}

/** A gateway that listens. */
export interface Gateway {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  /** What is being watched for subscribers at the moment. */
  readonly liveCounts: () => { readonly rooms: number; readonly subscribers: number }
  /** Records errors that nothing handles. */
  readonly unexpected: UnexpectedErrors
  /** Stops taking requests, ends the live streams, lets what is under way finish, and releases everything. */
  close(): Promise<void>
}

/**
 * Opens the store, puts the rooms together and listens. Rejects with a ConfigError where the store cannot be opened, or
 * a trusted document is not valid for the schema.
 */
export async function startGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  const faults = findInvalidDocuments(schema, config.documentsById)
  if (faults.length > 0)
    throw new ConfigError(faults.map((reason) => ({ variable: 'TRUSTED_DOCUMENTS_FILE', reason })))
  const { log } = options
  const store = await openStore(config, log)
  const lease = new WorkerLease({ store: store.leases, log })
  const counters = openCounters(config, log)
  try {
    const isAlone = await lease.start()
    if (!isAlone && lease.isHeld() && config.databaseUrl === undefined)
      log.warn('another process uses this DATA_DIR: several replicas need DATABASE_URL')
    return await listen(config, options, { store, lease, counters })
  } catch (error) {
    await lease.stop()
    await Promise.all([store.close(), counters?.close()])
    throw error
  }
}

/** What the gateway keeps in its database. */
interface Stores {
  readonly store: Store
  /** This process's. */
  readonly lease: WorkerLease
  /** Null where the process counts in memory. */
  readonly counters: RateLimitCounters | null
}

/** Rate limits are counted in PostgreSQL, for all replicas, where there is one and anything is limited. */
function openCounters({ databaseUrl, rateLimits }: Config, log: Logger): RateLimitCounters | null {
  const isLimited = Object.values(rateLimits).some((perMinute) => perMinute > 0)
  return databaseUrl !== undefined && isLimited ? openRateLimitCounters(databaseUrl, log) : null
}

/** The one place that sees all the rooms. */
async function listen(
  config: Config,
  options: GatewayOptions,
  { store, lease, counters }: Stores,
): Promise<Gateway> {
  const { log } = options
  const hub = new Hub({
    pollInterval: { activeMs: config.pollIntervalMs, idleMs: config.pollIdleIntervalMs },
    log,
  })
  const metrics = createMetrics(() => hub.counts, store.offline, log)
  const { security, unexpected } = metrics
  const shared = {
    keyedWrites: new SharedIdempotentWrites({ store: store.idempotencyKeys, lease, log }),
    visitorSecret: await store.secret('visitor-tokens'),
  }
  const tokenOwners = createVisitorTokenOwners(config.providers)
  const adapters = config.providers.map((provider) =>
    createAdapter(provider, {
      ...shared,
      accountTokens: tokenOwners.forAccount(provider.name),
      upstream: {
        timeoutMs: config.upstreamTimeoutMs,
        onRequest: (report) => metrics.observeUpstreamRequest(provider.name, report),
        onRateLimitEvent: (event) => metrics.observeRateLimitEvent(provider.name, event),
      },
    }),
  )
  metrics.observeLive(() => hub.liveReports)
  for (const adapter of adapters) metrics.observePollLag(adapter.name, () => adapter.backgroundDelayMs())
  const registry = createRegistry(adapters)
  const { worker, ...offline } = createOffline(config, {
    store: store.offline,
    lease,
    adapters,
    spacingMs: (kind) => offlineSpacingMs(kind, config.offlineSpacingMs),
    onAttempt: metrics.observeDelivery,
    onRateLimited: (address) => metrics.security.recordRefusal('rate_limit', { address }),
    addressSecret: await store.secret('client-addresses'),
    log,
    firstAttemptTimeoutMs: options.offlineReplyMs,
  })
  const webhooks = createWebhookHandler({
    registry,
    log,
    unexpected,
    onOutcome: metrics.observeWebhook,
    onRoomHint: (provider, roomId) => hub.requestPoll(provider, roomId),
    onOfflineHint: (provider) => {
      offline.offlineMessageFeed.requestPoll(provider)
      options.onOfflineHint?.(provider)
    },
  })
  const checks = createRequestChecks(config)
  const identify = createOperatorIdentification(config, log)
  const mutationLimits = createMutationLimits({
    rates: config.rateLimits,
    counters,
    isVerified: (token) => adapters.some((adapter) => adapter.isVerified({ role: 'VISITOR', token })),
    onRejected: (details) => security.recordRefusal('rate_limit', details),
  })
  const documents = new TrustedDocuments({
    mode: config.trustedDocuments,
    textById: config.documentsById,
    security,
  })
  const socketQuota = new SocketQuota(config, log)
  const workLimits = new WorkLimits({
    ...workLimitSizes({
      perSocket: config.maxSubscriptionsPerSocket,
      perCaller: config.maxSubscriptionsPerCaller,
    }),
    ...options.workLimits,
  })
  const serving = {
    schema,
    registry,
    hub,
    ...offline,
    mutationLimits,
    log,
    unexpected,
    security,
    workLimits,
    introspection: config.introspection,
    documents,
    exampleTabs: options.exampleTabs ?? [],
  }
  const graphql = createGraphQLServer(serving)
  const subscriptions = createSubscriptionServices(graphql, serving, config.maxSubscriptionsPerCaller)
  let ready = false
  const http = createHttpServer({
    graphql,
    documents,
    subscriptions,
    identify,
    ...checks,
    security,
    socketQuota,
    log,
    unexpected,
    workLimits,
    metrics,
    webhooks,
    serveStaticFile: config.console
      ? createStaticFiles({ sandboxKey: options.sandboxKey ?? null, log, unexpected })
      : null,
    isReady: () => ready,
  })
  const { server } = http
  const drainMs = options.drainMs ?? DRAIN_MS
  const closeWebSockets = serveWebSockets(server, {
    graphql,
    documents,
    subscriptions,
    identify,
    ...checks,
    security,
    socketQuota,
    maxSubscriptionsPerSocket: config.maxSubscriptionsPerSocket,
    compression: config.webSocketCompression,
    initTimeoutMs: options.websocketInitTimeoutMs ?? WEBSOCKET_INIT_TIMEOUT_MS,
    drainMs,
    log,
    unexpected,
    workLimits,
  })
  await once(server.listen(config.port, config.host), 'listening')
  await worker.start()
  ready = true

  const stop = async (): Promise<void> => {
    ready = false
    const drained = http.drain(drainMs)
    // Sockets first: their clients must see them go, and come back, not see their subscriptions complete.
    const socketsClosed = closeWebSockets()
    webhooks.close()
    hub.close()
    offline.offlineMessageFeed.close()
    await Promise.all([drained, socketsClosed, worker.stop(drainMs)])
    await Promise.all(adapters.map((adapter) => adapter.close()))
    await lease.stop()
    await Promise.all([store.close(), counters?.close()])
  }
  let stopping: Promise<void> | null = null
  return {
    url: `http://${hostInUrl(config.host)}:${portOf(server)}${GRAPHQL_PATH}`,
    liveCounts: () => hub.counts,
    unexpected,
    close: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** The port that a server on the network listens on, which it chose itself where it was told 0. */
function portOf(server: Server): number {
  const address = server.address()
  if (typeof address === 'object' && address) return address.port
  throw new TypeError('the server listens on no port')
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
