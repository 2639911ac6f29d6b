import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { onTestFinished } from 'vitest'
import { createRegistry } from '../../src/domain/adapter-registry.ts'
import { Hub } from '../../src/live/hub.ts'
import { createLog } from '../../src/log.ts'
import { createGraphQLServer } from '../../src/server/graphql/graphql-server.ts'
import { TrustedDocuments } from '../../src/server/graphql/trusted-documents.ts'
import { createHttpServer } from '../../src/server/http/http-server.ts'
import {
  createCallerIdentification,
  type IdentifyCaller,
} from '../../src/server/identity/caller-identification.ts'
import { SocketQuota } from '../../src/server/limits/socket-quota.ts'
import { WorkLimits, workLimitSizes } from '../../src/server/limits/work-limits.ts'
import { createMetrics } from '../../src/server/metrics/metrics.ts'
import type { ClientAddress } from '../../src/server/request-checks/client-address.ts'
import { createRequestChecks } from '../../src/server/request-checks/request-checks.ts'
import { createSubscriptionServices } from '../../src/server/shared-subscriptions/subscription-services.ts'
import { serveWebSockets } from '../../src/server/websocket/websocket-server.ts'

/** What went wrong inside, as only the log may tell it. */
export const INTERNAL_DETAIL = 'the cache at cache.internal:6379 is full'

/** A schema whose resolvers fail in ways that nobody foresaw. */
const brokenSchema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      fine: { type: GraphQLString, resolve: () => 'fine' },
      thrown: { type: GraphQLString, resolve: fail },
      rejected: { type: GraphQLString, resolve: async () => fail() },
      required: { type: new GraphQLNonNull(GraphQLString), resolve: fail },
      missing: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
      unprintable: { type: GraphQLInt, resolve: () => ({ token: 'abc', note: INTERNAL_DETAIL }) },
      noError: { type: GraphQLString, resolve: () => Promise.reject(INTERNAL_DETAIL) },
    },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      refused: { type: GraphQLString, subscribe: fail },
      breaks: { type: GraphQLString, subscribe: breakAfterOne, resolve: () => 'fine' },
      garbles: { type: GraphQLString, subscribe: one, resolve: fail },
    },
  }),
})

export interface BrokenServer {
  readonly url: string
  /** The log's lines, parsed. */
  readonly lines: readonly Readonly<Record<string, unknown>>[]
}

/** What else breaks. */
export interface BrokenServerOptions {
  readonly identify?: IdentifyCaller
  readonly clientAddress?: ClientAddress
}

/** The gateway's transports before a schema that breaks; closed when the test is over. */
export async function openBrokenServer(options: BrokenServerOptions = {}): Promise<BrokenServer> {
  const lines: Readonly<Record<string, unknown>>[] = []
  const log = createLog('trace', { write: (line) => void lines.push(JSON.parse(line)) })
  const hub = new Hub({ pollInterval: { activeMs: 20, idleMs: 20 }, log })
  const metrics = createMetrics(() => hub.counts, { countByState: async () => [] }, log)
  const { security, unexpected } = metrics
  const workLimits = new WorkLimits(workLimitSizes({ perSocket: 500, perCaller: 10_000 }))
  const documents = new TrustedDocuments({ mode: 'off', textById: new Map(), security })
  const serving = {
    schema: brokenSchema,
    registry: createRegistry([]),
    hub,
    ...noOfflineMessages,
    log,
    unexpected,
    security,
    workLimits,
    introspection: 'off',
    documents,
    exampleTabs: [],
  } as const
  const graphql = createGraphQLServer(serving)
  const subscriptions = createSubscriptionServices(graphql, serving, 10)
  const common = {
    graphql,
    subscriptions,
    log,
    unexpected,
    workLimits,
    socketQuota: new SocketQuota({ maxSockets: 0, maxSocketsPerAddress: 0 }, log),
    identify: options.identify ?? createCallerIdentification([]),
    ...createRequestChecks({ host: '127.0.0.1', allowedHosts: null, allowedOrigins: [], trustedProxies: [] }),
    ...(options.clientAddress && { clientAddress: options.clientAddress }),
    security,
    documents,
  }
  const webhooks = { handle: fail, close: () => {} }
  const { server } = createHttpServer({
    ...common,
    metrics,
    webhooks,
    serveStaticFile: null,
    isReady: () => true,
  })
  const sockets = { maxSubscriptionsPerSocket: 10, compression: false, initTimeoutMs: 5_000, drainMs: 100 }
  const closeWebSockets = serveWebSockets(server, { ...common, ...sockets })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    await closeWebSockets()
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, lines }
}

/** This schema asks for none. */
const noOfflineMessages = {
  outbox: { send: fail, retry: fail, discard: fail, erase: fail },
  storedMessages: { find: fail, read: fail, count: fail, withoutStored: fail },
  offlineMessageFeed: { subscribe: fail },
  mutationLimits: { consume: fail, budget: fail },
}

function fail(): never {
  throw new Error(`${INTERNAL_DETAIL}, asked with token=abc`)
}

async function* one() {
  yield {}
}

async function* breakAfterOne() {
  yield {}
  fail()
}
