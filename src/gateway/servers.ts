import { setTimeout } from 'node:timers/promises'
import type { Config } from '../config/index.ts'
import { schema } from '../schema/index.ts'
import { createFileHandler } from '../server/files/file-handler.ts'
import { Compression } from '../server/http/compression.ts'
import { createHttpServer } from '../server/http/http-server.ts'
import { createMcpHandler } from '../server/mcp/mcp-handler.ts'
import { createStaticFiles, findBuiltApps } from '../server/pages/static-files.ts'
import { createWebhookHandler } from '../server/webhooks/webhook-handler.ts'
import { serveWebSockets } from '../server/websocket/websocket-server.ts'
import type { Core } from './core.ts'
import { packageVersion } from './package-version.ts'
import type { Stores } from './stores.ts'
import { createTransportOptions, type TransportSettings } from './transport-options.ts'

const WEBSOCKET_INIT_TIMEOUT_MS = 5_000
const FINISH_MS = 5_000

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
  /** Milliseconds that requests in flight, and clients that close their sockets, have to finish when the gateway stops. */
  readonly finishMs?: number
}

/** Creates the HTTP and WebSocket servers. They do not listen yet. */
export function createServers(
  config: Config,
  options: ServerOptions,
  core: Core,
  stores: Pick<Stores, 'counters' | 'callerSecret' | 'replicaReports'>,
) {
  const { metrics } = core
  const finishMs = options.finishMs ?? FINISH_MS
  // One half announces the stop, the other closes connections.
  const halfDrainMs = (config.drainSeconds * 1_000) / 2
  const shared = createTransportOptions(config, options, core, stores)
  const webhooks = createWebhooks(options, core)
  const apps = findBuiltApps(config, options.log)
  const serveStaticFile = createStaticFiles({
    apps,
    sandboxKey: options.sandboxKey ?? null,
    unexpected: metrics.unexpected,
  })
  let isReady = false
  const http = createHttpServer({
    ...shared,
    metrics,
    compression: new Compression(config.httpCompression),
    webhooks,
    serveFile: createFileHandler({
      ...shared,
      onFileSent: (provider, roomId) => core.hub.requestPoll(provider, roomId),
      ...(options.transferIdleMs !== undefined && { idleMs: options.transferIdleMs }),
    }),
    serveMcp: config.mcp ? createMcpHandler({ ...shared, schema, version: packageVersion() }) : null,
    serveStaticFile,
    isReady: () => isReady,
  })
  const awaitSocketsClosed = serveWebSockets(http.server, {
    ...shared,
    maxSubscriptionsPerSocket: config.maxSubscriptionsPerSocket,
    compression: config.webSocketCompression,
    initTimeoutMs: options.websocketInitTimeoutMs ?? WEBSOCKET_INIT_TIMEOUT_MS,
    finishMs,
  })
  return {
    server: http.server,
    finishMs,
    apps,
    setReady(value: boolean): void {
      isReady = value
    },
    /** Reports at /ready that the gateway stops, and gives load balancers time to notice it. Everything works meanwhile. */
    async announceStop(): Promise<void> {
      isReady = false
      // Without a drain, no connection may come between the decision to stop and the end of the listener.
      if (halfDrainMs > 0) await setTimeout(halfDrainMs)
    },
    /** Accepts no more connections, closes those that are open a few at a time, and waits for requests in flight. */
    async close(): Promise<void> {
      // First of all: a client whose connection is closed must not connect to this process again.
      const drained = http.drain(halfDrainMs + finishMs)
      await shared.subscriptions.openConnections.closeAll(halfDrainMs)
      webhooks.close()
      await Promise.all([drained, awaitSocketsClosed()])
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
