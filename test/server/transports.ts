import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { onTestFinished } from 'vitest'
import type { AdapterRegistry } from '../../src/domain/adapter.ts'
import type { Hub } from '../../src/live/hub.ts'
import type { Context } from '../../src/schema/context.ts'
import { DirectExecution, type DirectResult } from '../../src/server/graphql/direct/direct-execution.ts'
import { OperationCache } from '../../src/server/graphql/direct/operation-cache.ts'
import { SharedQueries } from '../../src/server/graphql/direct/shared-queries.ts'
import { createGraphQLServer, type GraphQLServer } from '../../src/server/graphql/graphql-server.ts'
import { TrustedDocuments } from '../../src/server/graphql/trusted-documents.ts'
import { Compression } from '../../src/server/http/compression.ts'
import { createHttpServer } from '../../src/server/http/http-server.ts'
import type { IdentifyCaller } from '../../src/server/identity/caller-identification.ts'
import { SocketQuota } from '../../src/server/limits/socket-quota.ts'
import { SubscriptionQuota } from '../../src/server/limits/subscription-quota.ts'
import { WorkLimits, workLimitSizes } from '../../src/server/limits/work-limits.ts'
import { createMetrics } from '../../src/server/metrics/metrics.ts'
import { createGraphiQL } from '../../src/server/pages/graphiql.ts'
import type { ClientAddress } from '../../src/server/request-checks/client-address.ts'
import { createRequestChecks } from '../../src/server/request-checks/request-checks.ts'
import {
  createSubscriptionServices,
  type SubscriptionServices,
} from '../../src/server/shared-subscriptions/subscription-services.ts'
import { serveWebSockets } from '../../src/server/websocket/websocket-server.ts'

const MAX_SUBSCRIPTIONS_PER_SOCKET = 500
const MAX_SUBSCRIPTIONS_PER_CALLER = 10_000

export interface TransportsOptions {
  readonly schema: GraphQLSchema
  readonly registry: AdapterRegistry
  readonly hub: Hub
  readonly log: Logger
  readonly identify: IdentifyCaller
  /** Called for everything that these transports lack: stores, webhooks, and mutation limits unless they are given. */
  readonly unavailable: () => never
  readonly clientAddress?: ClientAddress | undefined
  readonly offlineMessageFeed?: Context['offlineMessageFeed'] | undefined
  readonly mutationLimits?: Context['mutationLimits'] | undefined
  readonly maxPerCaller?: number | undefined
  readonly compression?: boolean | undefined
}

/** The listening HTTP and WebSocket servers, and the GraphQL engine that they use. */
export interface Transports {
  readonly url: string
  readonly server: Server
  readonly graphql: GraphQLServer
  readonly subscriptions: SubscriptionServices
}

/** Starts the transports of the gateway without stores and configuration; closed at the end of the test. */
export async function startTransports(options: TransportsOptions): Promise<Transports> {
  const { hub, log, unavailable, maxPerCaller = MAX_SUBSCRIPTIONS_PER_CALLER } = options
  const metrics = createMetrics(hub, { countByState: async () => [] }, log)
  const { security, unexpected } = metrics
  const common = {
    log,
    security,
    unexpected,
    documents: new TrustedDocuments({ mode: 'off', textById: new Map(), security }),
    workLimits: new WorkLimits(
      workLimitSizes({ perSocket: MAX_SUBSCRIPTIONS_PER_SOCKET, perCaller: MAX_SUBSCRIPTIONS_PER_CALLER }),
    ),
  }
  const graphqlOptions = {
    ...common,
    schema: options.schema,
    registry: options.registry,
    hub,
    eventErasure: { erase: unavailable },
    outbox: { send: unavailable, retry: unavailable, discard: unavailable, erase: unavailable },
    storedMessages: {
      find: unavailable,
      read: unavailable,
      count: unavailable,
      countWaiting: unavailable,
      withoutStored: unavailable,
    },
    offlineMessageFeed: options.offlineMessageFeed ?? { subscribe: unavailable },
    mutationLimits: options.mutationLimits ?? { consume: unavailable, budget: unavailable },
    renewalTokens: { issue: unavailable, verify: unavailable },
    introspection: 'off',
    operations: new OperationCache(options.schema),
    sharedQueries: new SharedQueries<DirectResult | null>(),
    onMutationEnd: () => {},
    tracing: null,
    graphiql: createGraphiQL([]),
    observeOperation: metrics.observeOperation,
  } as const
  const graphql = createGraphQLServer(graphqlOptions)
  const subscriptions = createSubscriptionServices(
    graphql,
    graphqlOptions,
    new SubscriptionQuota(maxPerCaller),
  )
  const transportOptions = {
    ...common,
    tracing: null,
    ...createRequestChecks({ host: '127.0.0.1', allowedHosts: null, allowedOrigins: [], trustedProxies: [] }),
    ...(options.clientAddress && { clientAddress: options.clientAddress }),
    graphql,
    direct: new DirectExecution(graphqlOptions),
    subscriptions,
    identify: options.identify,
    socketQuota: new SocketQuota({ maxSockets: 0, maxSocketsPerAddress: 0 }, log),
  }
  const { server } = createHttpServer({
    ...transportOptions,
    metrics,
    compression: new Compression(true),
    webhooks: { handle: unavailable, close: () => {} },
    serveFile: () => null,
    serveMcp: null,
    serveStaticFile: null,
    serveGraphiQLFile: null,
    isReady: () => true,
  })
  const awaitSocketsClosed = serveWebSockets(server, {
    ...transportOptions,
    maxSubscriptionsPerSocket: MAX_SUBSCRIPTIONS_PER_SOCKET,
    compression: options.compression ?? false,
    initTimeoutMs: 5_000,
    finishMs: 100,
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    await subscriptions.openConnections.closeAll(0)
    await awaitSocketsClosed()
    await hub.close()
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/graphql`, server, graphql, subscriptions }
}
