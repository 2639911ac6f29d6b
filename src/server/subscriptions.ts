import { createContext } from './context.ts'
import { createMaskError } from './errors.ts'
import type { GraphQLOptions, GraphQLServer } from './graphql.ts'
import { KeepAlive } from './keep-alive.ts'
import { Rounds } from './sharing/rounds.ts'
import { SharedOperations } from './sharing/shared-operations.ts'
import { SubscriptionPlaces } from './subscription-places.ts'

/** Handing one event on takes some microseconds. */
const EVENTS_PER_CLOCK_READ = 32

/** What the transports have in common while they serve subscriptions. */
export interface Subscriptions {
  readonly shared: SharedOperations
  /** The turns of streams that hand on events. */
  readonly rounds: Rounds
  /** The turns of messages and requests that clients have sent without waiting for an answer. */
  readonly inbound: Rounds
  readonly places: SubscriptionPlaces
  readonly keepAlive: KeepAlive
}

/** Makes what the transports share, for the engine that was made with the same options. */
export function createSubscriptions(
  graphql: GraphQLServer,
  options: GraphQLOptions,
  maxPerCaller: number,
): Subscriptions {
  const shared = new SharedOperations({
    schema: options.schema,
    graphql,
    makeContext: (scope) => createContext(options, scope),
    maskError: createMaskError(options),
  })
  return {
    shared,
    rounds: new Rounds(options.unexpected, EVENTS_PER_CLOCK_READ),
    inbound: new Rounds(options.unexpected),
    places: new SubscriptionPlaces(maxPerCaller),
    keepAlive: new KeepAlive(options.unexpected),
  }
}
