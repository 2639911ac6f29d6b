import type { LiveSourcesRoomStatesSubscription } from '../generated/graphql.ts'
import {
  type EventStream,
  fetchData,
  openSocketClient,
  subscribe,
  waitUntil,
} from '../support/graphql-client.ts'
import { asOperator, asVisitor, OPERATOR_KEY } from '../support/test-gateway.ts'
import { RoomStates, StatePage } from './account-documents.ts'
import { type BothProviders, globalId, type ProviderFixture } from './both-providers.ts'

/** The token of the visitor that subscribes; null for an operator. */
export type VisitorToken = string | null

/** The routes that read a room and its messages, for each role. */
export const routes = {
  rocketchat: {
    operator: { room: '/api/v1/rooms.info', messages: '/api/v1/livechat/messages.history/:rid' },
    visitor: { room: '/api/v1/livechat/room', messages: '/api/v1/livechat/messages.history/:rid' },
  },
  livechat: {
    operator: { room: '/v3.6/agent/action/get_chat', messages: '/v3.6/agent/action/list_threads' },
    visitor: { room: '/v3.6/customer/action/get_chat', messages: '/v3.6/customer/action/list_threads' },
  },
} as const

/** The sandbox of a provider. */
export function sandboxOf(setup: BothProviders, { name }: ProviderFixture) {
  return name === 'rocketchat' ? setup.rocketChat : setup.liveChat
}

/** Subscribes to a room; resolves when the subscriber is registered. */
export async function subscribeToRoomState(
  setup: BothProviders,
  fixture: ProviderFixture,
  roomId: string,
  who: VisitorToken,
  after: string | null = null,
): Promise<RoomStateStream> {
  const { subscribers: subscriberCount } = setup.gateway.liveCounts()
  const credential = who === null ? { authorization: `Bearer ${OPERATOR_KEY}` } : { visitorToken: who }
  const socket = openSocketClient(setup.url, credential)
  const events = subscribe(socket, RoomStates, { room: globalId(fixture, roomId), after })
  await waitUntil(() => setup.gateway.liveCounts().subscribers > subscriberCount)
  return new RoomStateStream(events)
}

/** Reads the newest page of a room, with its status. */
export async function readPage(
  setup: BothProviders,
  { name }: ProviderFixture,
  roomId: string,
  who: VisitorToken,
) {
  const variables = { provider: name, nativeId: roomId }
  const as = who === null ? asOperator : asVisitor(who)
  const { roomByNativeId: room } = await fetchData(setup.url, StatePage, variables, as)
  if (!room) throw new Error('there is no such room')
  const { nodes, pageInfo } = room.messages
  const hasSystem = nodes.some(({ kind }) => kind === 'SYSTEM')
  return { status: room.status, hasSystem, after: pageInfo.endCursor ?? null }
}

type StateEvent = LiveSourcesRoomStatesSubscription['roomEvents']

/** A stream of a room's events. */
export class RoomStateStream {
  readonly #events: EventStream<LiveSourcesRoomStatesSubscription>

  constructor(events: EventStream<LiveSourcesRoomStatesSubscription>) {
    this.#events = events
  }

  async next(): Promise<StateEvent> {
    const [result] = await this.#events.take(1)
    if (!result?.data) throw new Error(`an event without data: ${JSON.stringify(result?.errors)}`)
    return result.data.roomEvents
  }

  /** The next event of a message. A subscriber that does not know the room's state may receive that before. */
  async nextOfMessage(): Promise<StateEvent> {
    for (;;) {
      const event = await this.next()
      if (event.__typename !== 'RoomUpdatedEvent') return event
    }
  }

  /** The summary of the next room state, and the types of the events before it. */
  async nextState(): Promise<{ readonly state: string; readonly before: readonly string[] }> {
    const before: string[] = []
    for (;;) {
      const event = await this.next()
      if (event.__typename === 'RoomUpdatedEvent') {
        const { status, tags, agents } = event.room
        return { state: [status, `${agents.length} agents`, ...tags].join(', '), before }
      }
      before.push(event.__typename)
    }
  }

  stop(): Promise<void> {
    return this.#events.stop()
  }
}
