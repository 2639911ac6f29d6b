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

/** Who subscribes: an operator, or the visitor whose token is given. */
export type VisitorToken = string | null

/** Which route reads a room's document, and which its messages, for each role. */
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

/** The provider's server behind a place. */
export function sandboxOf(house: BothProviders, { name }: ProviderFixture) {
  return name === 'rocketchat' ? house.rocketChat : house.liveChat
}

/** Subscribes to a room; resolves when the subscriber is registered. */
export async function subscribeToRoomState(
  house: BothProviders,
  place: ProviderFixture,
  roomId: string,
  who: VisitorToken,
  after: string | null = null,
): Promise<RoomStateStream> {
  const { subscribers: watchers } = house.gateway.liveCounts()
  const credential = who === null ? { authorization: `Bearer ${OPERATOR_KEY}` } : { visitorToken: who }
  const socket = openSocketClient(house.url, credential)
  const events = subscribe(socket, RoomStates, { room: globalId(place, roomId), after })
  await waitUntil(() => house.gateway.liveCounts().subscribers > watchers)
  return new RoomStateStream(events)
}

/** Reads the newest page of a room, with its status. */
export async function readPage(
  house: BothProviders,
  { name }: ProviderFixture,
  roomId: string,
  who: VisitorToken,
) {
  const variables = { provider: name, nativeId: roomId }
  const as = who === null ? asOperator : asVisitor(who)
  const { roomByNativeId: room } = await fetchData(house.url, StatePage, variables, as)
  if (!room) throw new Error('there is no such room')
  const { nodes, pageInfo } = room.messages
  const hasSystem = nodes.some(({ kind }) => kind === 'SYSTEM')
  return { status: room.status, hasSystem, after: pageInfo.endCursor ?? null }
}

type StateEvent = LiveSourcesRoomStatesSubscription['roomEvents']

/** A stream of a room's events, and what its reader can conclude of the room. */
export class RoomStateStream {
  readonly #events: EventStream<LiveSourcesRoomStatesSubscription>

  constructor(events: EventStream<LiveSourcesRoomStatesSubscription>) {
    this.#events = events
  }

  async next(): Promise<StateEvent> {
    const [answer] = await this.#events.take(1)
    if (!answer?.data) throw new Error(`an event without data: ${JSON.stringify(answer?.errors)}`)
    return answer.data.roomEvents
  }

  /** The next change of the room's state, in a few words, and what came before it. */
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
