import { enableLiveChatWebhooks, enableRocketChatWebhooks } from '../../sandbox/enable-webhooks.ts'
import { decodeId, encodeId } from '../../src/domain/ids.ts'
import type { LiveSourcesEventsSubscription } from '../generated/graphql.ts'
import {
  type EventStream,
  fetchData,
  type OperationResult,
  openSocketClient,
  subscribe,
  waitUntil,
} from '../support/graphql-client.ts'
import {
  asOperator,
  asVisitor,
  createTestGateway,
  OPERATOR_KEY,
  type TestGateway,
  type TestGatewayOptions,
} from '../support/test-gateway.ts'
import { webhookUrl } from '../support/webhook-requests.ts'
import { Events, Sources } from './account-documents.ts'

export const ROOM_LIST_ROUTE = '/api/v1/livechat/rooms'
export const CHAT_LIST_ROUTE = '/v3.6/agent/action/list_chats'
export const HISTORY_ROUTE = '/api/v1/livechat/messages.history/:rid'

/** The secret of the vendors' webhooks. */
const SECRET = 'secret-of-the-webhooks'

/** No poll is due within a test. */
export const HOURLY_POLLS = { pollIntervalMs: 3_600_000, pollIdleIntervalMs: 3_600_000 }

/** A gateway with an agent's account at both providers. */
export type BothProviders = TestGateway

export async function openBothProviders(
  options: Pick<TestGatewayOptions, 'rocketChat' | 'liveChat' | 'config' | 'gateway'> = {},
): Promise<BothProviders> {
  const setup = await createTestGateway({
    ...options,
    as: 'agents',
    configureRocketChat: (config) => ({ ...config, webhookToken: SECRET }),
    configureLiveChat: (config) => ({ ...config, webhookSecret: SECRET }),
  })
  setup.rocketChat.workspace.createAgent({ username: 'ada', name: 'Ada Agent' })
  return setup
}

/** What a test does at one provider. */
export interface ProviderFixture {
  readonly name: 'rocketchat' | 'livechat'
  /** Opens a room of a new visitor with an agent; gives its native id. */
  openRoom(setup: BothProviders): string
  /** Sends a message as the visitor; gives its native id. */
  sendAsVisitor(setup: BothProviders, roomId: string, text: string): string
  closeRoom(setup: BothProviders, roomId: string): void
  /** The visitor's token. */
  visitorTokenOf(setup: BothProviders, roomId: string): string
  /** Makes the vendor send its webhooks. */
  enableWebhooks(setup: BothProviders): Promise<void>
  /** The request of an account poll. */
  readonly activityRoute: string
  /** Makes the provider forbid account polls; the returned function undoes it. */
  forbidActivity(setup: BothProviders): () => void
  /** Makes every account poll fail with a server error; the returned function undoes it. */
  failActivity(setup: BothProviders): () => void
}

export const rocketChatFixture: ProviderFixture = {
  name: 'rocketchat',
  openRoom({ rocketChat: { workspace } }) {
    const { token } = workspace.createVisitor({ name: 'Vera Visitor' })
    const { _id } = workspace.openRoom({ token })
    for (const message of [...workspace.messages(_id)]) workspace.prune(message._id)
    return _id
  },
  sendAsVisitor({ rocketChat: { workspace } }, rid, text) {
    // Messages of one millisecond are ordered by their ids.
    const _id = `${rid}-${10_000 + workspace.messages(rid).length}`
    return workspace.visitorSends(rid, text, { _id })._id
  },
  closeRoom: ({ rocketChat: { workspace } }, rid) => void workspace.closeRoom(rid, 'Solved'),
  visitorTokenOf: ({ rocketChat: { workspace } }, rid) => workspace.room(rid).v.token,
  enableWebhooks: async ({ rocketChat, url }) =>
    enableRocketChatWebhooks(rocketChat, webhookUrl(url, 'rocketchat'), SECRET),
  activityRoute: `GET ${ROOM_LIST_ROUTE}`,
  forbidActivity: ({ rocketChat }) => {
    const body = {
      success: false,
      error: 'User does not have the permissions required for this action [error-unauthorized]',
    }
    return rocketChat.injectFault({ kind: 'answer', status: 403, body, route: ROOM_LIST_ROUTE })
  },
  failActivity: ({ rocketChat }) =>
    rocketChat.injectFault({ kind: 'answer', status: 502, body: 'bad gateway', route: ROOM_LIST_ROUTE }),
}

export const liveChatFixture: ProviderFixture = {
  name: 'livechat',
  openRoom: ({ liveChat }) => liveChat.chats.start({ customer: { name: 'Cy Customer' } }).id,
  sendAsVisitor: ({ liveChat }, chatId, text) => liveChat.chats.customerSends(chatId, text).id,
  closeRoom: ({ liveChat }, chatId) => liveChat.chats.close(chatId, 'agent'),
  visitorTokenOf: ({ liveChat }, chatId) =>
    liveChat.tokens.customerToken(liveChat.chats.customerOf(chatId).id),
  enableWebhooks: ({ liveChat, url }) =>
    enableLiveChatWebhooks(liveChat, webhookUrl(url, 'livechat'), SECRET),
  activityRoute: `POST ${CHAT_LIST_ROUTE}`,
  forbidActivity: ({ liveChat }) => {
    const body = { error: { type: 'authorization', message: 'Missing scopes' } }
    return liveChat.injectFault({ kind: 'answer', status: 403, body, route: CHAT_LIST_ROUTE })
  },
  failActivity: ({ liveChat }) =>
    liveChat.injectFault({
      kind: 'answer',
      status: 503,
      body: { error: { type: 'service_unavailable', message: 'Later' } },
      route: CHAT_LIST_ROUTE,
    }),
}

export const providerFixtures = [rocketChatFixture, liveChatFixture]

type LiveStream = EventStream<LiveSourcesEventsSubscription>

export function globalId(fixture: ProviderFixture, roomId: string): string {
  return encodeId({ type: 'Room', provider: fixture.name, roomId })
}

/** Subscribes to a room as an operator, or as the visitor with the token; resolves when the subscriber is registered. */
export async function subscribeToRoom(
  setup: BothProviders,
  fixture: ProviderFixture,
  roomId: string,
  as: { readonly token?: string; readonly after?: string | null } = {},
): Promise<LiveStream> {
  const { subscribers: subscriberCount } = setup.gateway.liveCounts()
  const credential =
    as.token === undefined ? { authorization: `Bearer ${OPERATOR_KEY}` } : { visitorToken: as.token }
  const socket = openSocketClient(setup.url, credential)
  const stream = subscribe(socket, Events, { room: globalId(fixture, roomId), after: as.after ?? null })
  await waitUntil(() => setup.gateway.liveCounts().subscribers > subscriberCount)
  return stream
}

/** Waits until a source serves a room. */
export async function waitForSource(
  setup: BothProviders,
  fixture: ProviderFixture,
  roomId: string,
  source: string,
  token?: string,
): Promise<void> {
  await waitUntil(async () => (await liveStatesOf(setup, fixture, roomId, token)).room?.source === source)
}

/** The live state of a room and its provider, for an operator or the visitor with the token. */
export async function liveStatesOf(
  { url }: BothProviders,
  { name }: ProviderFixture,
  nativeId: string,
  token?: string,
) {
  const as = token === undefined ? asOperator : asVisitor(token)
  const { providers, roomByNativeId } = await fetchData(url, Sources, { provider: name, nativeId }, as)
  return { provider: providers.find((one) => one.name === name)?.live, room: roomByNativeId?.live }
}

/** Counts the account polls. */
export function countActivityPolls(
  { rocketChat, liveChat }: BothProviders,
  { name, activityRoute }: ProviderFixture,
): number {
  return (name === 'rocketchat' ? rocketChat : liveChat).counts()[activityRoute] ?? 0
}

/** Summarizes events. */
export function summarize(results: readonly OperationResult<LiveSourcesEventsSubscription>[]): string[] {
  return results.map(({ data, errors }) => {
    const event = data?.roomEvents
    if (!event) return `failed ${errors?.map(({ extensions }) => extensions?.['code']).join()}`
    if (event.__typename === 'MessageAddedEvent') return `added ${event.message.text}`
    if (event.__typename === 'MessageUpdatedEvent') return `updated ${event.message.text}`
    if (event.__typename === 'MessageDeletedEvent') return `deleted ${nativeIdOf(event.messageId)}`
    return event.__typename === 'GapEvent' ? `gap ${event.reason}` : 'room updated'
  })
}

function nativeIdOf(id: string): string {
  const decoded = decodeId(id)
  return decoded?.type === 'Message' ? decoded.ref.messageId : id
}
