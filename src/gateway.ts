import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import type { ChatAdapter } from './chat/adapter.ts'
import type { Config, ProviderConfig } from './config/index.ts'
import { Hub } from './live/hub.ts'
import { Outbox } from './offline/outbox.ts'
import { createLiveChat } from './providers/livechat/adapter.ts'
import { createRegistry } from './providers/registry.ts'
import { createRocketChat } from './providers/rocketchat/adapter.ts'
import { schema } from './schema/index.ts'
import { createIdentify } from './server/callers.ts'
import { createGraphQL } from './server/graphql.ts'
import { createHttpDoors } from './server/http.ts'
import { createMetrics } from './server/metrics.ts'
import { createOriginCheck } from './server/origins.ts'
import { serveWebSockets } from './server/websocket.ts'
import type { UpstreamReport } from './upstream/client.ts'

const WEBSOCKET_INIT_TIMEOUT_MS = 5_000
const DRAIN_MS = 5_000

export interface GatewayOptions {
  readonly log: Logger
  /** What GraphiQL opens with. */
  readonly exampleQuery?: string
  /** Milliseconds that a WebSocket client has to introduce itself. */
  readonly websocketInitTimeoutMs?: number
  /** Milliseconds that requests under way and open sockets have when the gateway stops. */
  readonly drainMs?: number
}

/** A gateway that listens. */
export interface Gateway {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  /** What is being watched for subscribers at the moment. */
  readonly watched: () => { readonly rooms: number; readonly watchers: number }
  /** Stops taking requests, ends the live streams, lets what is under way finish, and releases everything. */
  close(): Promise<void>
}

/** Puts the rooms together and listens. The one place that sees them all. */
export async function startGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  const { log } = options
  const hub = new Hub({ pace: { activeMs: config.pollIntervalMs, idleMs: config.pollIdleIntervalMs }, log })
  const metrics = createMetrics(() => hub.counts)
  const adapters = config.providers.map((provider) =>
    createAdapter(provider, config.upstreamTimeoutMs, metrics.observeCall),
  )
  const isAllowedOrigin = createOriginCheck(config.allowedOrigins)
  const identify = createIdentify(config.operators)
  const graphql = createGraphQL({
    schema,
    registry: createRegistry(adapters),
    hub,
    outbox: new Outbox(),
    log,
    introspection: config.introspection,
    exampleQuery: options.exampleQuery ?? null,
  })
  let ready = false
  const http = createHttpDoors({ graphql, identify, isAllowedOrigin, log, metrics, isReady: () => ready })
  const { server } = http
  const drainMs = options.drainMs ?? DRAIN_MS
  const closeWebSockets = serveWebSockets(server, {
    graphql,
    identify,
    isAllowedOrigin,
    maxSubscriptionsPerSocket: config.maxSubscriptionsPerSocket,
    initTimeoutMs: options.websocketInitTimeoutMs ?? WEBSOCKET_INIT_TIMEOUT_MS,
    drainMs,
    log,
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, resolve)
  })
  ready = true

  const stop = async (): Promise<void> => {
    ready = false
    const drained = http.drain(drainMs)
    // Sockets first: their clients must see them go, and come back, not see their subscriptions complete.
    const socketsClosed = closeWebSockets()
    hub.close()
    await Promise.all([drained, socketsClosed])
    await Promise.all(adapters.map((adapter) => adapter.close()))
  }
  let stopping: Promise<void> | null = null
  return {
    url: `http://${hostInUrl(config.host)}:${(server.address() as AddressInfo).port}/graphql`,
    watched: () => hub.counts,
    close: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

function createAdapter(
  provider: ProviderConfig,
  timeoutMs: number,
  observe: (provider: string, report: UpstreamReport) => void,
): ChatAdapter {
  const { name } = provider
  const onCall = (report: UpstreamReport) => observe(name, report)
  if (provider.kind === 'ROCKET_CHAT') {
    const { url, offlineDepartment = null, offlineHost = null, serviceAccount = null } = provider
    const offline = { offlineDepartment, offlineHost }
    return createRocketChat({ name, url, timeoutMs, ...offline, serviceAccount, onCall })
  }
  const { credential = null, organizationId = null, classic = null, oauth } = provider
  const { clientId, clientSecret = null, refreshToken = null } = oauth ?? {}
  const app = clientId === undefined ? null : { clientId, clientSecret, refreshToken }
  return createLiveChat({ ...provider, credential, organizationId, classic, oauth: app, timeoutMs, onCall })
}

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
