import { createMaskError } from '../graphql/error-masking.ts'
import type { GraphQLServer, GraphQLServerOptions } from '../graphql/graphql-server.ts'
import { createOperationContext } from '../graphql/operation-context.ts'
import { SubscriptionQuota } from '../limits/subscription-quota.ts'
import { FairScheduler } from '../scheduling/fair-scheduler.ts'
import { KeepAlive } from '../scheduling/keep-alive.ts'
import { SharedOperations } from './shared-operations.ts'

/** Handing one event on takes some microseconds. */
const EVENTS_PER_CLOCK_READ = 32

/** What the transports have in common while they serve subscriptions. */
export interface SubscriptionServices {
  readonly shared: SharedOperations
  /** The turns of streams that hand on events. */
  readonly outbound: FairScheduler
  /** The turns of messages and requests that clients have sent without waiting for an answer. */
  readonly inbound: FairScheduler
  readonly quota: SubscriptionQuota
  readonly keepAlive: KeepAlive
}

/** Makes what the transports share, for the engine that was made with the same options. */
export function createSubscriptionServices(
  graphql: GraphQLServer,
  options: GraphQLServerOptions,
  maxPerCaller: number,
): SubscriptionServices {
  const shared = new SharedOperations({
    schema: options.schema,
    graphql,
    createContext: (scope) => createOperationContext(options, scope),
    maskError: createMaskError(options),
  })
  return {
    shared,
    outbound: new FairScheduler(options.unexpected, EVENTS_PER_CLOCK_READ),
    inbound: new FairScheduler(options.unexpected),
    quota: new SubscriptionQuota(maxPerCaller),
    keepAlive: new KeepAlive(options.unexpected),
  }
}
