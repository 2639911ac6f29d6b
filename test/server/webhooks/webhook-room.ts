import { onTestFinished } from 'vitest'
import { enableLiveChatWebhooks, enableRocketChatWebhooks } from '../../../sandbox/enable-webhooks.ts'
import { startLiveChatSandbox } from '../../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../../sandbox/rocketchat/index.ts'
import type { WebhookControl } from '../../../sandbox/webhook-delivery.ts'
import type { WireServer } from '../../../sandbox/wire-server.ts'
import type { Config } from '../../../src/config/index.ts'
import { encodeId } from '../../../src/domain/ids.ts'
import type { Gateway } from '../../../src/gateway.ts'
import type { WebhooksEventsSubscription } from '../../generated/graphql.ts'
import { type EventStream, openSocketClient, subscribe, waitUntil } from '../../support/graphql-client.ts'
import {
  liveChatConfig,
  OPERATOR_KEY,
  rocketChatConfig,
  startTestGateway,
} from '../../support/test-gateway.ts'
import { webhookUrl } from '../../support/webhook-requests.ts'
import { Events } from './documents.ts'

const SECRET = 'secret-of-the-webhooks'

/** Poll intervals longer than any test. */
export const HOURLY_POLLING = { pollIntervalMs: 3_600_000, pollIdleIntervalMs: 3_600_000 }

/** A room at one vendor with a subscriber at a gateway. */
export interface WebhookRoom {
  readonly gateway: Gateway
  readonly sandbox: WireServer
  readonly webhooks: WebhookControl
  readonly roomId: string
  readonly events: EventStream<WebhooksEventsSubscription>
  /** Adds a message to the room at the provider. */
  sendMessage(text: string): void
  /** Sends a webhook for a message that does not exist yet. */
  announce(): void
  closeRoom(): void
  /** Number of requests to the provider since the subscription started. */
  countProviderCalls(): number
  /** The vendor's webhook about the room, to be sent by a test. */
  readonly webhook: { readonly body: object; readonly headers: Readonly<Record<string, string>> }
}

export interface WebhookRoomOptions {
  readonly config?: Partial<Config>
  /** False keeps the vendor's webhooks disabled. */
  readonly hints?: boolean
}

/** A vendor, and a function that opens a room at it with one subscriber. */
export interface Vendor {
  readonly name: string
  open(options?: WebhookRoomOptions): Promise<WebhookRoom>
}

export const vendors: readonly Vendor[] = [
  { name: 'rocketchat', open: openRocketChat },
  { name: 'livechat', open: openLiveChat },
]

async function openRocketChat({
  config = HOURLY_POLLING,
  hints = true,
}: WebhookRoomOptions = {}): Promise<WebhookRoom> {
  const sandbox = await startRocketChatSandbox({ seed: false })
  const { workspace, webhooks } = sandbox
  const provider = { ...rocketChatConfig(sandbox.url), webhookToken: SECRET }
  onTestFinished(() => sandbox.close())
  const gateway = await startTestGateway([provider], config)
  const agent = workspace.createAgent({ name: 'Ada' })
  const { token } = workspace.createVisitor({ name: 'Vera' })
  const { _id: roomId } = workspace.openRoom({ token, agentId: agent._id })
  if (hints) enableRocketChatWebhooks(sandbox, webhookUrl(gateway.url, 'rocketchat'), SECRET)
  const events = await watch(gateway, 'rocketchat', roomId, { visitorToken: token })
  sandbox.clearCalls()
  return {
    gateway,
    sandbox,
    webhooks,
    roomId,
    events,
    sendMessage: (text) => void workspace.visitorSends(roomId, text),
    announce: () => webhooks.announce(roomId),
    closeRoom: () => void workspace.closeRoom(roomId),
    countProviderCalls: () => sandbox.calls.length,
    webhook: { body: { type: 'Message', _id: roomId }, headers: { 'x-rocketchat-livechat-token': SECRET } },
  }
}

async function openLiveChat({
  config = HOURLY_POLLING,
  hints = true,
}: WebhookRoomOptions = {}): Promise<WebhookRoom> {
  const sandbox = await startLiveChatSandbox({ seed: false })
  const { chats, webhooks } = sandbox
  const { accountId, personalAccessToken, organizationId } = sandbox.credentials
  const provider = {
    ...liveChatConfig(sandbox),
    credential: { type: 'pat', accountId, token: personalAccessToken },
    organizationId,
    webhookSecret: SECRET,
  } as const
  onTestFinished(() => sandbox.close())
  const gateway = await startTestGateway([provider], config)
  const { id: roomId } = chats.start({ customer: { name: 'Cleo' } })
  if (hints) await enableLiveChatWebhooks(sandbox, webhookUrl(gateway.url, 'livechat'), SECRET)
  const asOperator = { authorization: `Bearer ${OPERATOR_KEY}` }
  const events = await watch(gateway, 'livechat', roomId, asOperator)
  sandbox.clearCalls()
  return {
    gateway,
    sandbox,
    webhooks,
    roomId,
    events,
    sendMessage: (text) => void chats.customerSends(roomId, text),
    announce: () => webhooks.announce(roomId),
    closeRoom: () => chats.close(roomId),
    countProviderCalls: () => sandbox.calls.length,
    webhook: {
      body: { action: 'incoming_event', secret_key: SECRET, payload: { chat_id: roomId } },
      headers: {},
    },
  }
}

async function watch(
  gateway: Gateway,
  provider: string,
  roomId: string,
  connection: Record<string, unknown>,
): Promise<WebhookRoom['events']> {
  const room = encodeId({ type: 'Room', provider, roomId })
  const events = subscribe(openSocketClient(gateway.url, connection), Events, { room })
  await waitUntil(() => gateway.liveCounts().subscribers === 1)
  return events
}
