import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { Config, LiveChatConfig } from '../../src/config/index.ts'
import type { OfflineMessageDraft } from '../../src/domain/offline-messages.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import type { OfflineStore } from '../../src/offline/offline-store.ts'
import type { OfflineListPageQuery, OfflineMessageFilter } from '../generated/graphql.ts'
import { openTestStore, wideLimits } from '../store/databases.ts'
import { fetchData } from '../support/graphql-client.ts'
import { silentLog } from '../support/log.ts'
import { createStoreDirectory } from '../support/migrated-store.ts'
import {
  asAnonymous,
  asOperator,
  liveChatConfig,
  rocketChatConfig,
  testConfig,
} from '../support/test-gateway.ts'
import { OfflineListPage, OfflineListSend } from './list-documents.ts'

export const OFFLINE_FORM = '/api/v1/livechat/offline.message'
export const CLASSIC_LIST = 'GET /offline_messages'

export interface OfflineGatewayOptions {
  /** Where the licence stores its offline messages; the classic API by default. */
  readonly source?: LiveChatConfig['offlineSource']
  readonly timeZone?: string
  /** Adds the same licence’s tickets as a separate provider named `helpdesk`. */
  readonly withHelpDesk?: boolean
  readonly config?: Partial<Config>
}

/** A gateway with both sandboxes and its store; everything is closed after the test. */
export interface OfflineGateway {
  readonly url: string
  readonly gateway: Gateway
  readonly config: Config
  readonly rocketChat: RocketChatSandbox
  readonly liveChat: LiveChatSandbox
}

export async function openOfflineGateway({
  source = 'rest_v1',
  timeZone = 'UTC',
  withHelpDesk = false,
  config = {},
}: OfflineGatewayOptions = {}): Promise<OfflineGateway> {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const liveChat = await startLiveChatSandbox({ seed: false, timeZone, now: () => Date.now() })
  const { accessToken, clientId, clientSecret, refreshToken, organizationId } = liveChat.credentials
  const licence: LiveChatConfig = {
    ...liveChatConfig(liveChat),
    credential: { type: 'bearer', token: accessToken },
    oauth: { clientId, clientSecret, refreshToken },
    organizationId,
    offlineSource: source,
    timeZone,
  }
  const helpDesk = withHelpDesk ? [{ ...licence, name: 'helpdesk', offlineSource: 'helpdesk' as const }] : []
  const dataDir = config.dataDir ?? (await createStoreDirectory())
  const settings = testConfig([rocketChatConfig(rocketChat.url), licence, ...helpDesk], {
    ...config,
    dataDir,
  })
  const gateway = await startGateway(settings, { log: silentLog })
  onTestFinished(async () => {
    await gateway.close()
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  return { url: gateway.url, gateway, config: settings, rocketChat, liveChat }
}

/** Sends a message as an anonymous caller; returns the result. */
export async function send({ url }: Pick<OfflineGateway, 'url'>, input: Partial<Input> = {}) {
  const whole = { provider: 'rocketchat', name: 'Ada', email: 'ada@mail.test', text: 'Hello', ...input }
  return (await fetchData(url, OfflineListSend, { input: whole }, asAnonymous)).sendOfflineMessage
}

interface Input {
  readonly provider: string
  readonly name: string
  readonly email: string
  readonly text: string
  readonly department: string
  readonly host: string
  readonly idempotencyKey: string
}

/** Sends a message; returns its global id. */
export async function sendAndTakeId(
  offlineGateway: Pick<OfflineGateway, 'url'>,
  input: Partial<Input> = {},
): Promise<string> {
  const answer = await send(offlineGateway, input)
  if (answer.__typename !== 'SendOfflineMessagePayload') throw new Error(`not accepted: ${answer.__typename}`)
  return answer.offlineMessage.id
}

/** Opens the same store as another process would. */
export async function openSharedStore({ config }: Pick<OfflineGateway, 'config'>): Promise<OfflineStore> {
  return openTestStore(config)
}

/** Stores a message as another process would; returns its id. */
export async function acceptAt(
  store: OfflineStore,
  at: Date,
  draft: Partial<OfflineMessageDraft> = {},
  provider = 'rocketchat',
): Promise<string> {
  const whole = { name: 'Ada', email: 'ada@mail.test', text: 'Hello', department: null, host: null, ...draft }
  const id = randomUUID()
  await store.accept(
    { id, provider, draft: whole, idempotencyKey: null, senderHash: null, acceptedAt: at },
    wideLimits,
  )
  return id
}

type Listed = OfflineListPageQuery['offlineMessages']['nodes'][number]

/** All messages that match a filter, read page by page. */
export async function listAll(
  { url }: Pick<OfflineGateway, 'url'>,
  filter: OfflineMessageFilter = {},
  first = 25,
  between: () => Promise<void> | void = () => {},
): Promise<readonly Listed[]> {
  const read: Listed[] = []
  let after: string | null = null
  for (;;) {
    const page: OfflineListPageQuery = await fetchData(
      url,
      OfflineListPage,
      { first, after, filter },
      asOperator,
    )
    const { nodes, pageInfo } = page.offlineMessages
    read.push(...nodes)
    if (!pageInfo.hasNextPage) return read
    after = pageInfo.endCursor ?? null
    await between()
  }
}

/** The texts of messages. */
export function textsOf(messages: readonly { readonly text: string }[]): readonly string[] {
  return messages.map(({ text }) => text)
}
