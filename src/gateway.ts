import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Logger } from 'pino'
import type { ChatAdapter } from './chat/adapter.ts'
import { type Config, ConfigError } from './config/index.ts'
import { createAdapter, createTokenOwners } from './create-adapter.ts'
import { createOperatorCheck } from './create-operator-check.ts'
import { Hub } from './live/hub.ts'
import { systemClock } from './offline/clock.ts'
import { OfflineList } from './offline/offline-list.ts'
import { OfflineWatch } from './offline/offline-watch.ts'
import { Outbox } from './offline/outbox.ts'
import type { OfflineStore } from './offline/store.ts'
import { type DeliveryPolicy, Worker } from './offline/worker.ts'
import { createRegistry } from './providers/registry.ts'
import { schema } from './schema/index.ts'
import { TrustedDocuments } from './server/documents.ts'
import type { GraphiQLTab } from './server/graphiql.ts'
import { createGraphQL, GRAPHQL_PATH } from './server/graphql.ts'
import { createHttpDoors } from './server/http.ts'
import { invalidDocuments } from './server/invalid-documents.ts'
import { createMetrics, type Metrics } from './server/metrics.ts'
import { createPages } from './server/pages.ts'
import { createMutationLimits } from './server/rate-limits/mutation-limits.ts'
import { createRequestChecks } from './server/request-checks.ts'
import { createSubscriptions } from './server/subscriptions.ts'
import type { UnexpectedErrors } from './server/unexpected-errors.ts'
import { createWebhookDoor } from './server/webhooks.ts'
import { serveWebSockets } from './server/websocket.ts'
import { openStore } from './store/open-store.ts'
import { openRateLimitCounters, type RateLimitCounters } from './store/rate-limit-counters.ts'

const WEBSOCKET_INIT_TIMEOUT_MS = 5_000
const DRAIN_MS = 5_000
const OFFLINE_REPLY_MS = 3_000
const OFFLINE_LEAVINGS_MS = 5_000
/** Calls for a provider's whole list of offline messages may be billed: by default it is one a minute. */
const OFFLINE_LOOK_IDLES = 4
const DAY_MS = 86_400_000

/** What a gateway is started with beside its settings; what is left out has its usual value. */
export interface GatewayOptions {
  readonly log: Logger
  /** What GraphiQL opens with. */
  readonly exampleTabs?: readonly GraphiQLTab[]
  /** The operator's key that the console is given, so that a sandbox opens without a question. */
  readonly sandboxKey?: string
  /** Told when a webhook says that offline messages may have come to a provider. */
  readonly onOfflineHint?: (provider: string) => void
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
  readonly watched: () => { readonly rooms: number; readonly watchers: number }
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
  const faults = invalidDocuments(schema, config.documentsById)
  if (faults.length > 0)
    throw new ConfigError(faults.map((reason) => ({ variable: 'TRUSTED_DOCUMENTS_FILE', reason })))
  const store = await openStore(config, options.log)
  const counters = openCounters(config, options.log)
  try {
    return await listen(config, options, { store, counters })
  } catch (error) {
    await Promise.all([store.close(), counters?.close()])
    throw error
  }
}

/** What the gateway keeps in its database. */
interface Stores {
  readonly store: OfflineStore
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
  { store, counters }: Stores,
): Promise<Gateway> {
  const { log } = options
  const hub = new Hub({ pace: { activeMs: config.pollIntervalMs, idleMs: config.pollIdleIntervalMs }, log })
  const metrics = createMetrics(() => hub.counts, store, log)
  const { security, unexpected } = metrics
  const tokenOwners = createTokenOwners(config.providers)
  const adapters = config.providers.map((provider) =>
    createAdapter(provider, config.upstreamTimeoutMs, {
      accountTokens: tokenOwners.forAccount(provider.name),
      onCall: (report) => metrics.observeCall(provider.name, report),
      onBudget: (event) => metrics.observeBudget(provider.name, event),
    }),
  )
  metrics.observeLive(() => hub.reports)
  for (const adapter of adapters) metrics.observeLag(adapter.name, () => adapter.lagMs())
  const registry = createRegistry(adapters)
  const { worker, ...offline } = createOffline(config, options, { adapters, store, metrics })
  const webhooks = createWebhookDoor({
    registry,
    log,
    unexpected,
    observe: metrics.observeWebhook,
    onRoom: (provider, roomId) => hub.nudge(provider, roomId),
    onOffline: (provider) => {
      offline.offlineWatch.nudge(provider)
      options.onOfflineHint?.(provider)
    },
  })
  const checks = createRequestChecks(config)
  const identify = createOperatorCheck(config, log)
  const mutationLimits = createMutationLimits({
    rates: config.rateLimits,
    counters,
    isProven: (token) => adapters.some((adapter) => adapter.isProven({ role: 'VISITOR', token })),
    onRefused: (details) => security.refused('rate_limit', details),
  })
  const documents = new TrustedDocuments({
    mode: config.trustedDocuments,
    textById: config.documentsById,
    security,
  })
  const serving = {
    schema,
    registry,
    hub,
    ...offline,
    mutationLimits,
    log,
    unexpected,
    introspection: config.introspection,
    documents,
    exampleTabs: options.exampleTabs ?? [],
  }
  const graphql = createGraphQL(serving)
  const subscriptions = createSubscriptions(graphql, serving, config.maxSubscriptionsPerCaller)
  let ready = false
  const http = createHttpDoors({
    graphql,
    documents,
    subscriptions,
    identify,
    ...checks,
    security,
    log,
    unexpected,
    metrics,
    webhooks,
    servePage: config.console
      ? createPages({ sandboxKey: options.sandboxKey ?? null, log, unexpected })
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
    maxSubscriptionsPerSocket: config.maxSubscriptionsPerSocket,
    compression: config.webSocketCompression,
    initTimeoutMs: options.websocketInitTimeoutMs ?? WEBSOCKET_INIT_TIMEOUT_MS,
    drainMs,
    log,
    unexpected,
  })
  await once(server.listen(config.port, config.host), 'listening')
  ready = true
  worker.start()

  const stop = async (): Promise<void> => {
    ready = false
    const drained = http.drain(drainMs)
    // Sockets first: their clients must see them go, and come back, not see their subscriptions complete.
    const socketsClosed = closeWebSockets()
    webhooks.close()
    hub.close()
    offline.offlineWatch.close()
    await Promise.all([drained, socketsClosed, worker.stop(drainMs)])
    await Promise.all(adapters.map((adapter) => adapter.close()))
    await Promise.all([store.close(), counters?.close()])
  }
  let stopping: Promise<void> | null = null
  return {
    url: `http://${hostInUrl(config.host)}:${portOf(server)}${GRAPHQL_PATH}`,
    watched: () => hub.counts,
    unexpected,
    close: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** What the gateway does itself for offline messages: takes them in, delivers them, lists and tells of them. */
function createOffline(
  config: Config,
  { log, offlineReplyMs }: GatewayOptions,
  { adapters, store, metrics }: OfflineParts,
) {
  const worker = new Worker({
    adapters,
    store,
    clock: systemClock,
    log,
    policy: deliveryPolicy(config),
    observe: metrics.observeDelivery,
  })
  const replyWithinMs = offlineReplyMs ?? OFFLINE_REPLY_MS
  const outbox = new Outbox({ store, worker, clock: systemClock, replyWithinMs })
  const offlineList = new OfflineList(store, log)
  const offlineWatch = new OfflineWatch({
    adapters,
    list: offlineList,
    outbox,
    providerEveryMs: OFFLINE_LOOK_IDLES * config.pollIdleIntervalMs,
    storeEveryMs: config.pollIntervalMs,
    log,
  })
  return { worker, outbox, offlineList, offlineWatch }
}

interface OfflineParts {
  readonly adapters: readonly ChatAdapter[]
  readonly store: OfflineStore
  readonly metrics: Pick<Metrics, 'observeDelivery'>
}

function deliveryPolicy(config: Config): DeliveryPolicy {
  return {
    spacingMs: config.offlineSpacingMs,
    maxTries: config.offlineAttempts,
    // An attempt may take several calls: a token to refresh, a form to look up.
    leaseMs: 4 * config.upstreamTimeoutMs + 10_000,
    lookMs: OFFLINE_LEAVINGS_MS,
    retentionMs: config.offlineRetentionDays * DAY_MS,
    keysMs: config.offlineKeyDays * DAY_MS,
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
