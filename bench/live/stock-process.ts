import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExecutionArgs } from 'graphql'
import { useServer as serveGraphQL } from 'graphql-ws/use/ws'
import { createPubSub, createYoga } from 'graphql-yoga'
import { pino } from 'pino'
import { WebSocketServer } from 'ws'
import { createRegistry } from '../../src/domain/adapter-registry.ts'
import type { RoomEvent } from '../../src/domain/events.ts'
import { schema } from '../../src/schema/index.ts'
import { createOperationContext } from '../../src/server/graphql/operation-context.ts'
import { createAdapterWithoutStore } from '../../test/support/adapter-without-store.ts'
import { serveCommands } from '../shared/child.ts'
import { usedMicros } from '../shared/usage.ts'
import { benchEvent } from './event.ts'

const pubSub = createPubSub<{ room: [RoomEvent] }>()
let subscribers = 0
/** The dependencies of the gateway's resolvers; only the events are used here. */
const dependencies = {
  registry: createRegistry([
    createAdapterWithoutStore(
      {
        kind: 'ROCKET_CHAT',
        name: 'rocketchat',
        url: 'http://127.0.0.1:9',
      },
      1_000,
    ),
  ]),
  hub: {
    subscribe: async () => {
      subscribers += 1
      return pubSub.subscribe('room')
    },
    requestPoll: never,
    getRoomLiveState: never,
    getAccountLiveState: never,
    subscribeToActivity: never,
    signals: { subscribe: never },
  },
  eventErasure: { erase: never },
  outbox: { send: never, retry: never, discard: never, erase: never },
  storedMessages: { find: never, read: never, count: never, countWaiting: never, withoutStored: never },
  offlineMessageFeed: { subscribe: never },
  mutationLimits: { consume: never, budget: never },
  renewalTokens: { issue: never, verify: never },
  onMutationEnd: never,
  log: pino({ level: 'silent' }),
}

/** The same schema on the usual stack: graphql-yoga, createPubSub, and graphql-ws as yoga documents it. */
const yoga = createYoga({
  schema,
  context: () =>
    createOperationContext(dependencies, {
      caller: { role: 'VISITOR', token: 'bench-visitor' },
      clientAddress: null,
      signal: new AbortController().signal,
    }),
})
type Engine = Pick<ReturnType<typeof yoga.getEnveloped>, 'execute' | 'subscribe'>
type Enveloped = ExecutionArgs & { readonly rootValue: Engine }

const server = createServer(yoga)
serveGraphQL(
  {
    execute: (args) => (args as Enveloped).rootValue.execute(args),
    subscribe: (args) => (args as Enveloped).rootValue.subscribe(args),
    onSubscribe: async (ctx, _id, params) => {
      const {
        schema: served,
        execute,
        subscribe,
        contextFactory,
        parse,
        validate,
      } = yoga.getEnveloped({
        ...ctx,
        req: ctx.extra.request,
        socket: ctx.extra.socket,
        params,
      })
      const args = {
        schema: served,
        operationName: params.operationName,
        document: parse(params.query),
        variableValues: params.variables,
        contextValue: await contextFactory(),
        rootValue: { execute, subscribe },
      }
      const errors = validate(args.schema, args.document)
      return errors.length > 0 ? errors : args
    },
  },
  new WebSocketServer({ server, path: yoga.graphqlEndpoint }),
)
server.listen(0, '127.0.0.1')
await once(server, 'listening')

const commands = {
  url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
  subscribers: () => subscribers,
  writeMessage: (text: string) => pubSub.publish('room', benchEvent(text)),
  usedMicros,
}
export type StockCommands = typeof commands
serveCommands(commands)

function never(): never {
  throw new Error('not available in this benchmark')
}
