import type { Server } from 'node:http'
import type { Config } from './config/index.ts'
import { checkDocuments } from './gateway/check-documents.ts'
import { checkProviders } from './gateway/check-providers.ts'
import { type CoreOptions, createCore } from './gateway/core.ts'
import { listen } from './gateway/listen.ts'
import { createServers, type ServerOptions } from './gateway/servers.ts'
import { summarizeStart } from './gateway/start-summary.ts'
import { acquireLease, openStores, type Stores } from './gateway/stores.ts'
import type { UnexpectedErrors } from './server/diagnostics/unexpected-errors.ts'
import { GRAPHQL_PATH } from './server/graphql/graphql-server.ts'

/** The log of a gateway, and optional overrides of its defaults. */
export interface GatewayOptions extends CoreOptions, ServerOptions {}

/** A running gateway. */
export interface Gateway {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  /** A few lines for people: version, providers with their modes, database, console. Contains no secret. */
  readonly summary: string
  /** Numbers of rooms with subscribers, and of their subscribers. */
  readonly liveCounts: () => { readonly rooms: number; readonly subscribers: number }
  /** Number of those subscribers that have started. */
  readonly startedSubscribers: () => number
  /** Numbers of subscriptions to signals at the providers, and of the subscribers that share them and have started. */
  readonly signalCounts: () => { readonly sources: number; readonly subscribers: number }
  /** Records unexpected errors. */
  readonly unexpected: UnexpectedErrors
  /**
   * Sends each provider one request, unless its health is known. A provider that does not work is logged with the cause;
   * never rejects.
   */
  checkProviders(): Promise<void>
  /** Announces the stop, then accepts no more requests, ends the streams, waits for requests in flight, and releases everything. */
  close(): Promise<void>
}

/**
 * Starts a gateway. Rejects with a ConfigError if the store cannot be opened, or if a trusted document is not valid for
 * the schema.
 */
export async function startGateway(config: Config, options: GatewayOptions): Promise<Gateway> {
  checkDocuments(config)
  const stores = await openStores(config, options)
  try {
    return await start(config, options, stores)
  } catch (error) {
    await stores.close()
    throw error
  }
}

/** Composes the gateway and starts to listen. */
async function start(config: Config, options: GatewayOptions, stores: Stores): Promise<Gateway> {
  await acquireLease(config, options.log, stores)
  const core = await createCore(config, options, stores)
  const servers = createServers(config, options, core, stores)
  const { server } = servers
  await listen(server, config)
  await core.worker.start()
  servers.setReady(true)

  const stopped = new AbortController()
  const stop = async (): Promise<void> => {
    stopped.abort()
    // Load balancers learn first that clients belong elsewhere.
    await servers.announceStop()
    void stores.replicaReports?.leave()
    // Other replicas read the rooms before the clients come to them.
    await core.hub.handOver()
    // The hub outlives the connections: a client must see a disconnect, after which it connects again, not a completed subscription.
    await Promise.all([servers.close(), core.worker.stop(servers.finishMs)])
    core.offlineMessageFeed.close()
    await core.hub.close()
    await Promise.all(core.adapters.map((adapter) => adapter.close()))
    await stores.close()
  }
  const url = `http://${hostInUrl(config.host)}:${portOf(server)}${GRAPHQL_PATH}`
  let stopping: Promise<void> | null = null
  return {
    url,
    summary: summarizeStart(config, { url, apps: servers.apps }),
    liveCounts: () => core.hub.counts,
    startedSubscribers: () => core.hub.startedSubscribers,
    signalCounts: () => core.hub.signals.counts,
    unexpected: core.metrics.unexpected,
    checkProviders: () => checkProviders(core.adapters, stopped.signal, options.log),
    close: () => {
      stopping ??= stop()
      return stopping
    },
  }
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
