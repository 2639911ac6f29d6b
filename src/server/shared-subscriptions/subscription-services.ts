import { createMaskError } from '../graphql/error-masking.ts'
import type { GraphQLServer, GraphQLServerOptions } from '../graphql/graphql-server.ts'
import { createOperationContext } from '../graphql/operation-context.ts'
import type { SubscriptionQuota } from '../limits/subscription-quota.ts'
import { FairScheduler } from '../scheduling/fair-scheduler.ts'
import { KeepAlive } from '../scheduling/keep-alive.ts'
import { OpenConnections } from '../scheduling/open-connections.ts'
import { SharedOperationRegistry, type SharedOperationsOptions } from './shared-operation-registry.ts'

/** Writing one event to a client takes a few microseconds. */
const EVENTS_PER_CLOCK_READ = 32

/** Services that all transports share for subscriptions. */
export interface SubscriptionServices {
  readonly shared: SharedOperationRegistry
  /** Schedules streams that have events to write. */
  readonly outbound: FairScheduler
  /** Schedules messages and requests that clients sent without waiting for a response. */
  readonly inbound: FairScheduler
  readonly quota: SubscriptionQuota
  readonly keepAlive: KeepAlive
  /** The connections that are closed when the gateway stops. */
  readonly openConnections: OpenConnections
}

/** Creates the services for a GraphQL server, from the options that it was created with. */
export function createSubscriptionServices(
  graphql: GraphQLServer,
  options: GraphQLServerOptions & Pick<SharedOperationsOptions, 'tracing'>,
  quota: SubscriptionQuota,
): SubscriptionServices {
  const shared = new SharedOperationRegistry({
    schema: options.schema,
    graphql,
    createContext: (scope) => createOperationContext(options, scope),
    maskError: createMaskError(options),
    observeOperation: options.observeOperation,
    tracing: options.tracing,
  })
  return {
    shared,
    outbound: new FairScheduler(options.unexpected, EVENTS_PER_CLOCK_READ),
    inbound: new FairScheduler(options.unexpected),
    quota,
    keepAlive: new KeepAlive(options.unexpected),
    openConnections: new OpenConnections(options.unexpected),
  }
}
