import type { Logger } from 'pino'
import type { Config } from '../config/index.ts'
import { schema } from '../schema/index.ts'
import { describeSpans } from '../server/diagnostics/operation-spans.ts'
import { DirectExecution, type DirectResult } from '../server/graphql/direct/direct-execution.ts'
import { OperationCache } from '../server/graphql/direct/operation-cache.ts'
import { SharedQueries } from '../server/graphql/direct/shared-queries.ts'
import { createGraphQLServer } from '../server/graphql/graphql-server.ts'
import { TrustedDocuments } from '../server/graphql/trusted-documents.ts'
import { createOperatorIdentification } from '../server/identity/operator-identification.ts'
import { createMutationLimits } from '../server/limits/mutation-limits.ts'
import { SocketQuota } from '../server/limits/socket-quota.ts'
import { SubscriptionQuota } from '../server/limits/subscription-quota.ts'
import { type WorkLimitSizes, WorkLimits, workLimitSizes } from '../server/limits/work-limits.ts'
import { createGraphiQL, type GraphiQLTab } from '../server/pages/graphiql.ts'
import { createRequestChecks } from '../server/request-checks/request-checks.ts'
import { createSubscriptionServices } from '../server/shared-subscriptions/subscription-services.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Core } from './core.ts'
import type { Stores } from './stores.ts'

/** The part of the gateway's options that concerns all transports. */
export interface TransportSettings {
  readonly log: Logger
  /** Records spans; null or absent where tracing is off. */
  readonly tracing?: Tracing | null
  /** The first tabs of GraphiQL. */
  readonly exampleTabs?: readonly GraphiQLTab[]
  /** Limits on the work of one client before its operations run. */
  readonly workLimits?: Partial<WorkLimitSizes>
  /** Whether repeated operations are compiled and served directly; true by default. */
  readonly compilesOperations?: boolean
}

/** Creates what the HTTP and WebSocket servers share: the GraphQL engine, callers, limits and checks. */
export function createTransportOptions(
  config: Config,
  {
    log,
    exampleTabs = [],
    workLimits: workLimitOverrides,
    compilesOperations = true,
    tracing = null,
  }: TransportSettings,
  {
    hub,
    eventErasure,
    metrics,
    registry,
    adapters,
    outbox,
    storedMessages,
    offlineMessageFeed,
    renewalTokens,
  }: Core,
  { counters, callerSecret, replicaReports }: Pick<Stores, 'counters' | 'callerSecret' | 'replicaReports'>,
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
    callerSecret,
    isVerified: (caller) => adapters.some((adapter) => adapter.isVerified(caller)),
    onRejected: (details) => security.recordRefusal('rate_limit', details),
  })
  const common = { log, unexpected, security, workLimits, documents, tracing }
  const sharedQueries = new SharedQueries<DirectResult | null>()
  const onMutationEnd = () => sharedQueries.closeAll()
  const graphiql = createGraphiQL(exampleTabs)
  const graphqlOptions = {
    ...common,
    schema,
    registry,
    hub,
    eventErasure,
    outbox,
    storedMessages,
    offlineMessageFeed,
    mutationLimits,
    renewalTokens,
    introspection: config.introspection,
    operations: new OperationCache(schema, compilesOperations),
    sharedQueries,
    onMutationEnd,
    graphiql,
    observeOperation: tracing
      ? describeSpans(tracing, metrics.operationNames, metrics.observeOperation)
      : metrics.observeOperation,
  }
  const graphql = createGraphQLServer(graphqlOptions)
  const elsewhere = replicaReports?.subscriptions
  const subscriptionQuota = new SubscriptionQuota(perCaller, {
    countElsewhere: elsewhere && ((caller) => elsewhere.countElsewhere(caller)),
  })
  elsewhere?.reportFrom(() => subscriptionQuota.largestCounts())
  const subscriptions = createSubscriptionServices(graphql, graphqlOptions, subscriptionQuota)
  const socketQuota = new SocketQuota(config, log)
  metrics.observeConnections(() => ({
    webSockets: socketQuota.open.websocket,
    eventStreams: socketQuota.open.event_stream,
    subscriptions: subscriptionQuota.size,
    sharedExecutions: subscriptions.shared.size,
  }))
  return {
    ...common,
    ...createRequestChecks(config),
    registry,
    mutationLimits,
    onMutationEnd,
    graphql,
    // Nobody can open the page otherwise.
    serveGraphiQLFile:
      config.introspection !== 'off' && config.trustedDocuments !== 'all' ? graphiql.serveFile : null,
    direct: new DirectExecution(graphqlOptions),
    subscriptions,
    identify: createOperatorIdentification(config, log),
    socketQuota,
  }
}
