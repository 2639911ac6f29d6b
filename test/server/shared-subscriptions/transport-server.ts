import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { type ExecutionResult, parse } from 'graphql'
import { onTestFinished } from 'vitest'
import { keyDigest } from '../../../src/config/index.ts'
import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import { createRegistry } from '../../../src/domain/adapter-registry.ts'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import type { Message, Room } from '../../../src/domain/model.ts'
import { Hub } from '../../../src/live/hub.ts'
import type { PollIntervalOptions } from '../../../src/live/polling/poll-interval.ts'
import type { Context } from '../../../src/schema/context.ts'
import { schema } from '../../../src/schema/index.ts'
import { createGraphQLServer } from '../../../src/server/graphql/graphql-server.ts'
import { TrustedDocuments } from '../../../src/server/graphql/trusted-documents.ts'
import { createHttpServer } from '../../../src/server/http/http-server.ts'
import { createCallerIdentification } from '../../../src/server/identity/caller-identification.ts'
import { SocketQuota } from '../../../src/server/limits/socket-quota.ts'
import { WorkLimits, workLimitSizes } from '../../../src/server/limits/work-limits.ts'
import { createMetrics } from '../../../src/server/metrics/metrics.ts'
import { createRequestChecks } from '../../../src/server/request-checks/request-checks.ts'
import {
  createSubscriptionServices,
  type SubscriptionServices,
} from '../../../src/server/shared-subscriptions/subscription-services.ts'
import { serveWebSockets } from '../../../src/server/websocket/websocket-server.ts'
import { FakeRoom } from '../../live/fake-room.ts'
import { silentLog } from '../../support/log.ts'
import { OPERATOR_KEY } from '../../support/test-gateway.ts'

/** How a client presents itself. */
export const operatorCredentials = { authorization: `Bearer ${OPERATOR_KEY}` }
export const visitorCredentials = (token: string) => ({ visitorToken: token })

/** The gateway's transports before one room that lies in memory, and the engine behind them. */
export interface TransportServer {
  readonly url: string
  /** The room's global id. */
  readonly roomId: string
  readonly hub: Hub
  readonly subscriptions: SubscriptionServices
  readonly room: FakeRoom
  /** How often the room was asked for, beside its messages. */
  readonly roomReads: () => number
  /** How many bytes wait here for the clients to read. */
  readonly bufferedBytes: () => number
  /** Puts messages into the room, and has it read at once. */
  addMessages(...messages: readonly Message[]): void
  /** Subscribes past the transports, through the engine alone. */
  subscribeAlone(
    caller: Caller,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<AsyncIterator<ExecutionResult>>
}

export interface TransportServerOptions {
  readonly maxPerCaller?: number
  readonly compression?: boolean
  /** What asking for the room itself gives. */
  readonly getRooms?: ChatAdapter['getRooms']
  /** Looks come by hints only unless it says otherwise. */
  readonly pace?: PollIntervalOptions
  /** What else the provider does otherwise. */
  readonly adapter?: Partial<ChatAdapter>
  /** What tells of offline messages; else nobody asks for any. */
  readonly offlineMessageFeed?: Context['offlineMessageFeed']
}

/** Opens it; closed when the test is over. */
export async function openTransportServer(options: TransportServerOptions = {}): Promise<TransportServer> {
  const room = new FakeRoom()
  let roomReads = 0
  const adapter: ChatAdapter = {
    ...room.adapter,
    name: 'rocketchat',
    getRooms: async (ids, call) => {
      roomReads += 1
      return options.getRooms ? options.getRooms(ids, call) : ids.map(createOpenRoom)
    },
    ...options.adapter,
  }
  const pace = options.pace ?? { activeMs: 60_000, idleMs: 60_000 }
  const hub = new Hub({ pollInterval: pace, log: silentLog })
  const metrics = createMetrics(() => hub.counts, { countByState: async () => [] }, silentLog)
  const { security, unexpected } = metrics
  const workLimits = new WorkLimits(workLimitSizes({ perSocket: 500, perCaller: 10_000 }))
  const documents = new TrustedDocuments({ mode: 'off', textById: new Map(), security })
  const serving = {
    schema,
    registry: createRegistry([adapter]),
    hub,
    ...noOfflineMessages,
    ...(options.offlineMessageFeed && { offlineMessageFeed: options.offlineMessageFeed }),
    log: silentLog,
    unexpected,
    security,
    workLimits,
    introspection: 'off',
    documents,
    exampleTabs: [],
  } as const
  const graphql = createGraphQLServer(serving)
  const subscriptions = createSubscriptionServices(graphql, serving, options.maxPerCaller ?? 10_000)
  const identify = createCallerIdentification([
    { caller: createOperatorCaller('tester'), keyDigest: keyDigest(OPERATOR_KEY) },
  ])
  const common = {
    graphql,
    subscriptions,
    log: silentLog,
    unexpected,
    workLimits,
    socketQuota: new SocketQuota({ maxSockets: 0, maxSocketsPerAddress: 0 }, silentLog),
    identify,
    ...createRequestChecks({ host: '127.0.0.1', allowedHosts: null, allowedOrigins: [], trustedProxies: [] }),
    security,
    documents,
  }
  const { server } = createHttpServer({
    ...common,
    metrics,
    webhooks: { handle: nobodyAsks, close: () => {} },
    serveStaticFile: null,
    isReady: () => true,
  })
  const closeWebSockets = serveWebSockets(server, {
    ...common,
    maxSubscriptionsPerSocket: 500,
    compression: options.compression ?? false,
    initTimeoutMs: 5_000,
    drainMs: 100,
  })
  const connections = new Set<Socket>()
  server.on('connection', (connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    await closeWebSockets()
    hub.close()
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    roomId: encodeId({ type: 'Room', provider: 'rocketchat', roomId: 'room' }),
    hub,
    subscriptions,
    room,
    roomReads: () => roomReads,
    bufferedBytes: () => [...connections].reduce((sum, { writableLength }) => sum + writableLength, 0),
    addMessages(...messages) {
      room.putMessages(...messages)
      hub.requestPoll('rocketchat', 'room')
    },
    async subscribeAlone(caller, query, variables) {
      const leaving = new AbortController()
      onTestFinished(() => leaving.abort())
      const engine = graphql.getEnveloped({ caller, signal: leaving.signal, params: { query } })
      const stream = await engine.subscribe({
        schema,
        document: parse(query),
        variableValues: variables,
        contextValue: await engine.contextFactory(),
      })
      return stream[Symbol.asyncIterator]()
    },
  }
}

export function createOpenRoom(nativeId: string): Room {
  return {
    type: 'Room',
    provider: 'rocketchat',
    nativeId,
    status: 'OPEN',
    visitor: null,
    agents: [],
    departmentId: null,
    tags: [],
    createdAt: null,
    closedAt: null,
    lastActivityAt: null,
    lastMessage: null,
  }
}

const noOfflineMessages = {
  outbox: { send: nobodyAsks, retry: nobodyAsks, discard: nobodyAsks, erase: nobodyAsks },
  storedMessages: { find: nobodyAsks, read: nobodyAsks, count: nobodyAsks, withoutStored: nobodyAsks },
  offlineMessageFeed: { subscribe: nobodyAsks },
  mutationLimits: { consume: nobodyAsks, budget: nobodyAsks },
}

function nobodyAsks(): never {
  throw new Error('Nobody asks for this here.')
}
