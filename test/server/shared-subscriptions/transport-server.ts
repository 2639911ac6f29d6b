import type { Socket } from 'node:net'
import { type ExecutionResult, parse } from 'graphql'
import { onTestFinished } from 'vitest'
import { keyDigest } from '../../../src/config/index.ts'
import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import { createRegistry } from '../../../src/domain/adapter-registry.ts'
import { type Caller, createOperatorCaller } from '../../../src/domain/caller.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import { type Message, NO_ROOM_DETAILS, type Room } from '../../../src/domain/model.ts'
import { Hub } from '../../../src/live/hub.ts'
import type { PollIntervalOptions } from '../../../src/live/polling/poll-interval.ts'
import type { Context } from '../../../src/schema/context.ts'
import { schema } from '../../../src/schema/index.ts'
import type { GraphQLServer } from '../../../src/server/graphql/graphql-server.ts'
import { createCallerIdentification } from '../../../src/server/identity/caller-identification.ts'
import type { SubscriptionServices } from '../../../src/server/shared-subscriptions/subscription-services.ts'
import { FakeRoom } from '../../live/fake-room.ts'
import { silentLog } from '../../support/log.ts'
import { OPERATOR_KEY } from '../../support/test-gateway.ts'
import { startTransports } from '../transports.ts'

/** The credentials of clients, for connection_init. */
export const operatorCredentials = { authorization: `Bearer ${OPERATOR_KEY}` }
export const visitorCredentials = (token: string) => ({ visitorToken: token })

/** The transports of the gateway with a provider that has one room in memory. */
export interface TransportServer {
  readonly url: string
  /** The room's global id. */
  readonly roomId: string
  readonly hub: Hub
  readonly subscriptions: SubscriptionServices
  readonly room: FakeRoom
  /** Number of requests for the room itself, without its messages. */
  readonly roomReads: () => number
  /** Bytes that wait for the clients to read them. */
  readonly bufferedBytes: () => number
  /** Adds messages to the room, and requests a poll. */
  addMessages(...messages: readonly Message[]): void
  /** Subscribes through the GraphQL engine, without a transport and without sharing. */
  subscribeAlone(
    caller: Caller,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<AsyncIterator<ExecutionResult>>
}

export interface TransportServerOptions {
  readonly maxPerCaller?: number
  readonly compression?: boolean
  /** Returns the room itself. */
  readonly getRooms?: ChatAdapter['getRooms']
  /** By default there are no regular polls, only requested ones. */
  readonly pollInterval?: PollIntervalOptions
  /** Overrides of the provider. */
  readonly adapter?: Partial<ChatAdapter>
  /** The feed of offline messages; unavailable by default. */
  readonly offlineMessageFeed?: Context['offlineMessageFeed']
  /** The limits on mutations, without which there are no mutations. */
  readonly mutationLimits?: Context['mutationLimits']
}

/** Starts the server; closed at the end of the test. */
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
  const pollInterval = options.pollInterval ?? { activeMs: 60_000, idleMs: 60_000 }
  const hub = new Hub({ pollInterval, log: silentLog })
  const caller = createOperatorCaller('tester')
  const { url, server, graphql, subscriptions } = await startTransports({
    schema,
    registry: createRegistry([adapter]),
    hub,
    log: silentLog,
    identify: createCallerIdentification([{ caller, keyDigest: keyDigest(OPERATOR_KEY) }]),
    unavailable,
    offlineMessageFeed: options.offlineMessageFeed,
    mutationLimits: options.mutationLimits,
    maxPerCaller: options.maxPerCaller,
    compression: options.compression,
  })
  const connections = new Set<Socket>()
  server.on('connection', (connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  return {
    url,
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
    subscribeAlone: (caller, query, variables) => subscribeAlone(graphql, caller, query, variables),
  }
}

async function subscribeAlone(
  graphql: GraphQLServer,
  caller: Caller,
  query: string,
  variables: Record<string, unknown>,
): Promise<AsyncIterator<ExecutionResult>> {
  const disconnected = new AbortController()
  onTestFinished(() => disconnected.abort())
  const engine = graphql.getEnveloped({ caller, signal: disconnected.signal, params: { query } })
  const stream = await engine.subscribe({
    schema,
    document: parse(query),
    variableValues: variables,
    contextValue: await engine.contextFactory(),
  })
  return stream[Symbol.asyncIterator]()
}

export function createOpenRoom(nativeId: string): Room {
  return {
    ...NO_ROOM_DETAILS,
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

function unavailable(): never {
  throw new Error('This server has no stores and no webhooks.')
}
