import type { Config } from '../config/index.ts'
import { createFileHandler } from '../server/files/file-handler.ts'
import { createHttpServer } from '../server/http/http-server.ts'
import { createStaticFiles } from '../server/pages/static-files.ts'
import { createWebhookHandler } from '../server/webhooks/webhook-handler.ts'
import { serveWebSockets } from '../server/websocket/websocket-server.ts'
import type { RateLimitCounters } from '../store/coordination/rate-limit-counters.ts'
import type { Core } from './core.ts'
import { createTransportOptions, type TransportSettings } from './transport-options.ts'

const WEBSOCKET_INIT_TIMEOUT_MS = 5_000
const DRAIN_MS = 5_000

/** Options of the servers. */
export interface ServerOptions extends TransportSettings {
  /** The operator key that the console gets from a sandbox, so that it opens without a login. */
  readonly sandboxKey?: string
  /** Called when a webhook says that a provider may have new offline messages. */
  readonly onOfflineHint?: (provider: string) => void
  /** Milliseconds within which a WebSocket client must send connection_init. */
  readonly websocketInitTimeoutMs?: number
  /** Milliseconds after which a file transfer whose client neither sends nor takes anything is cut. */
  readonly transferIdleMs?: number
  /** Milliseconds that requests in flight and open sockets have when the gateway stops. */
  readonly drainMs?: number
}

/** Creates the HTTP and WebSocket servers. They do not listen yet. */
export function createServers(
  config: Config,
  options: ServerOptions,
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
    serveFile: createFileHandler({
      ...shared,
      onFileSent: (provider, roomId) => core.hub.requestPoll(provider, roomId),
      ...(options.transferIdleMs !== undefined && { idleMs: options.transferIdleMs }),
    }),
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

function createWebhooks(options: ServerOptions, { registry, metrics, hub, offlineMessageFeed }: Core) {
  return createWebhookHandler({
    registry,
    log: options.log,
    unexpected: metrics.unexpected,
    onOutcome: metrics.observeWebhook,
    onRoomHint: (provider, roomId, hint) => hub.requestPoll(provider, roomId, hint),
    onContent: (provider, { roomId, changes, view }) => hub.applyChanges(provider, roomId, changes, view),
    onOfflineHint: (provider) => {
      offlineMessageFeed.requestPoll(provider)
      options.onOfflineHint?.(provider)
    },
  })
}
