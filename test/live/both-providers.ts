import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { enableLiveChatWebhooks, enableRocketChatWebhooks } from '../../sandbox/enable-webhooks.ts'
import {
  type LiveChatSandbox,
  type LiveChatSandboxOptions,
  startLiveChatSandbox,
} from '../../sandbox/livechat/index.ts'
import {
  type RocketChatSandbox,
  type RocketChatSandboxOptions,
  startRocketChatSandbox,
} from '../../sandbox/rocketchat/index.ts'
import type { Config } from '../../src/config/index.ts'
import { decodeId, encodeId } from '../../src/domain/ids.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
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
  liveChatConfig,
  OPERATOR_KEY,
  rocketChatConfig,
  testConfig,
} from '../support/test-gateway.ts'
import { webhookUrl } from '../support/webhook-requests.ts'
import { Events, Sources } from './account-documents.ts'

export const LIST = '/api/v1/livechat/rooms'
export const LIST_CHATS = '/v3.6/agent/action/list_chats'
export const HISTORY = '/api/v1/livechat/messages.history/:rid'

/** What the vendors' webhooks carry. */
const SECRET = 'secret-of-the-webhooks'

/** Looks that no test lives to see. */
export const HOUR = { pollIntervalMs: 3_600_000, pollIdleIntervalMs: 3_600_000 }

export interface HouseOptions {
  readonly rocketChat?: RocketChatSandboxOptions
  readonly liveChat?: LiveChatSandboxOptions
  readonly config?: Partial<Config>
}

/** A gateway with agents' credentials before both providers; all of it is closed when the test is over. */
export interface House {
  readonly url: string
  readonly gateway: Gateway
  readonly rocketChat: RocketChatSandbox
  readonly liveChat: LiveChatSandbox
  /** Starts another gateway before the same providers. */
  openReplica(config?: Partial<Config>): Promise<House>
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const rocketChat = await startRocketChatSandbox({ seed: false, ...options.rocketChat })
  const liveChat = await startLiveChatSandbox({ seed: false, ...options.liveChat })
  const { accountId, personalAccessToken, organizationId } = liveChat.credentials
  const account = rocketChat.workspace.serviceAccount()
  rocketChat.workspace.createAgent({ username: 'ada', name: 'Ada Agent' })
  const providers: Config['providers'] = [
    { ...rocketChatConfig(rocketChat.url), serviceAccount: account, webhookToken: SECRET },
    {
      ...liveChatConfig(liveChat),
      webhookSecret: SECRET,
      credential: { type: 'pat', accountId, token: personalAccessToken },
      organizationId,
    },
  ]
  const gateways: Gateway[] = []
  onTestFinished(async () => {
    await Promise.all(gateways.map((gateway) => gateway.close()))
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  const openReplica = async (config?: Partial<Config>): Promise<House> => {
    const gateway = await startGateway(testConfig(providers, config), { log: pino({ level: 'silent' }) })
    gateways.push(gateway)
    return { url: gateway.url, gateway, rocketChat, liveChat, openReplica }
  }
  return openReplica(options.config)
}

/** One provider behind the gateway, and hands on a room of it. */
export interface Place {
  readonly name: 'rocketchat' | 'livechat'
  /** Opens a room of a new visitor that the agent serves; gives its native id. */
  open(house: House): string
  /** The visitor says something; gives the message's native id. */
  say(house: House, roomId: string, text: string): string
  close(house: House, roomId: string): void
  /** What the visitor presents. */
  tokenOf(house: House, roomId: string): string
  /** Lets the vendor send its webhooks. */
  switchOnHints(house: House): Promise<void>
  /** What a look at the account asks. */
  readonly digest: string
  /** Makes the account refuse to tell in which rooms something happened; the returned function lets it again. */
  refuseDigest(house: House): () => void
  /** Makes every such look fail, as a server in trouble does. */
  breakDigest(house: House): () => void
}

export const rocketChatPlace: Place = {
  name: 'rocketchat',
  open({ rocketChat: { workspace } }) {
    const { token } = workspace.createVisitor({ name: 'Vera Visitor' })
    const { _id } = workspace.openRoom({ token })
    for (const message of [...workspace.messages(_id)]) workspace.prune(message._id)
    return _id
  },
  say({ rocketChat: { workspace } }, rid, text) {
    // Messages of one millisecond are ordered by their ids.
    const _id = `${rid}-${10_000 + workspace.messages(rid).length}`
    return workspace.visitorSends(rid, text, { _id })._id
  },
  close: ({ rocketChat: { workspace } }, rid) => void workspace.closeRoom(rid, 'Solved'),
  tokenOf: ({ rocketChat: { workspace } }, rid) => workspace.room(rid).v.token,
  switchOnHints: async ({ rocketChat, url }) =>
    enableRocketChatWebhooks(rocketChat, webhookUrl(url, 'rocketchat'), SECRET),
  digest: `GET ${LIST}`,
  refuseDigest: ({ rocketChat }) => {
    const body = {
      success: false,
      error: 'User does not have the permissions required for this action [error-unauthorized]',
    }
    return rocketChat.injectFault({ kind: 'answer', status: 403, body, route: LIST })
  },
  breakDigest: ({ rocketChat }) =>
    rocketChat.injectFault({ kind: 'answer', status: 502, body: 'bad gateway', route: LIST }),
}

export const liveChatPlace: Place = {
  name: 'livechat',
  open: ({ liveChat }) => liveChat.chats.start({ customer: { name: 'Cy Customer' } }).id,
  say: ({ liveChat }, chatId, text) => liveChat.chats.customerSends(chatId, text).id,
  close: ({ liveChat }, chatId) => liveChat.chats.close(chatId, 'agent'),
  tokenOf: ({ liveChat }, chatId) => liveChat.tokens.customerToken(liveChat.chats.customerOf(chatId).id),
  switchOnHints: ({ liveChat, url }) => enableLiveChatWebhooks(liveChat, webhookUrl(url, 'livechat'), SECRET),
  digest: `POST ${LIST_CHATS}`,
  refuseDigest: ({ liveChat }) => {
    const body = { error: { type: 'authorization', message: 'Missing scopes' } }
    return liveChat.injectFault({ kind: 'answer', status: 403, body, route: LIST_CHATS })
  },
  breakDigest: ({ liveChat }) =>
    liveChat.injectFault({
      kind: 'answer',
      status: 503,
      body: { error: { type: 'service_unavailable', message: 'Later' } },
      route: LIST_CHATS,
    }),
}

export const places = [rocketChatPlace, liveChatPlace]

type LiveStream = EventStream<LiveSourcesEventsSubscription>

export function globalId(place: Place, roomId: string): string {
  return encodeId({ type: 'Room', provider: place.name, roomId })
}

/** Subscribes to a room as an operator, or as the visitor whose token is given; resolves when events are counted. */
export async function watch(
  house: House,
  place: Place,
  roomId: string,
  as: { readonly token?: string; readonly after?: string | null } = {},
): Promise<LiveStream> {
  const { subscribers: watchers } = house.gateway.liveCounts()
  const credential =
    as.token === undefined ? { authorization: `Bearer ${OPERATOR_KEY}` } : { visitorToken: as.token }
  const socket = openSocketClient(house.url, credential)
  const stream = subscribe(socket, Events, { room: globalId(place, roomId), after: as.after ?? null })
  await waitUntil(() => house.gateway.liveCounts().subscribers > watchers)
  return stream
}

/** Waits until a room is served by this source. */
export async function servedBy(
  house: House,
  place: Place,
  roomId: string,
  source: string,
  token?: string,
): Promise<void> {
  await waitUntil(async () => (await sourcesOf(house, place, roomId, token)).room?.source === source)
}

/** What serves a room and its provider, as the operator is told, or the visitor whose token is given. */
export async function sourcesOf({ url }: House, { name }: Place, nativeId: string, token?: string) {
  const as = token === undefined ? asOperator : asVisitor(token)
  const { providers, roomByNativeId } = await fetchData(url, Sources, { provider: name, nativeId }, as)
  return { provider: providers.find((one) => one.name === name)?.live, room: roomByNativeId?.live }
}

/** How often the account was asked in which rooms something happened. */
export function digestLooks({ rocketChat, liveChat }: House, { name, digest }: Place): number {
  return (name === 'rocketchat' ? rocketChat : liveChat).counts()[digest] ?? 0
}

/** Events in a few words each. */
export function brief(answers: readonly OperationResult<LiveSourcesEventsSubscription>[]): string[] {
  return answers.map(({ data, errors }) => {
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
