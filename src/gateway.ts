import { once } from 'node:events'
import type { Server } from 'node:http'
import { type Config, ConfigError } from './config/index.ts'
import { type CoreOptions, createCore } from './gateway/core.ts'
import { createServers, type ServerOptions } from './gateway/servers.ts'
import { acquireLease, openStores, type Stores } from './gateway/stores.ts'
import { schema } from './schema/index.ts'
import type { UnexpectedErrors } from './server/diagnostics/unexpected-errors.ts'
import { GRAPHQL_PATH } from './server/graphql/graphql-server.ts'
import { findInvalidDocuments } from './server/graphql/invalid-documents.ts'

/** The log of a gateway, and optional overrides of its defaults. */
export interface GatewayOptions extends CoreOptions, ServerOptions {}

/** A running gateway. */
export interface Gateway {
  /** `http://HOST:PORT/graphql` */
  readonly url: string
  /** Numbers of rooms with subscribers, and of their subscribers. */
  readonly liveCounts: () => { readonly rooms: number; readonly subscribers: number }
  /** Number of those subscribers that have started. */
  readonly startedSubscribers: () => number
  /** Numbers of subscriptions to signals at the providers, and of the subscribers that share them and have started. */
  readonly signalCounts: () => { readonly sources: number; readonly subscribers: number }
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
    startedSubscribers: () => core.hub.startedSubscribers,
    signalCounts: () => core.hub.signals.counts,
    unexpected: core.metrics.unexpected,
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
