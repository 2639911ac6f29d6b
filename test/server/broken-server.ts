import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { createRegistry } from '../../src/domain/adapter-registry.ts'
import { Hub } from '../../src/live/hub.ts'
import { createLog } from '../../src/log.ts'
import {
  createCallerIdentification,
  type IdentifyCaller,
} from '../../src/server/identity/caller-identification.ts'
import type { ClientAddress } from '../../src/server/request-checks/client-address.ts'
import { startTransports } from './transports.ts'

/** The message of an internal error, which only the log may contain. */
export const INTERNAL_DETAIL = 'the cache at cache.internal:6379 is full'

/** A schema whose resolvers fail with unexpected errors. */
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

/** Other parts that fail. */
export interface BrokenServerOptions {
  readonly identify?: IdentifyCaller
  readonly clientAddress?: ClientAddress
}

/** Starts the transports with a schema whose resolvers fail; closed at the end of the test. */
export async function openBrokenServer(options: BrokenServerOptions = {}): Promise<BrokenServer> {
  const lines: Readonly<Record<string, unknown>>[] = []
  const log = createLog('trace', { write: (line) => void lines.push(JSON.parse(line)) })
  const { url } = await startTransports({
    schema: brokenSchema,
    registry: createRegistry([]),
    hub: new Hub({ pollInterval: { activeMs: 20, idleMs: 20 }, log }),
    log,
    identify: options.identify ?? createCallerIdentification([]),
    clientAddress: options.clientAddress,
    unavailable: fail,
  })
  return { url, lines }
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
