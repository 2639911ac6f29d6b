import { expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { openLiveChatRoom, type Replicas, startRoom, untilKnown } from '../coordination/replicas.ts'
import { startProcess } from '../process/gateway-process.ts'
import { databases } from '../store/databases.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { OPERATOR_KEY } from '../support/test-gateway.ts'

const PROCESS_MS = 120_000
/** Longer than a process takes to restart, so that the request of the dead one is still in flight. */
const SLOW_MS = 5_000

async function openProviders(): Promise<Omit<Replicas, 'urls'>> {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  const liveChat = await startLiveChatSandbox({ seed: false })
  onTestFinished(async () => void (await Promise.all([rocketChat.close(), liveChat.close()])))
  return { rocketChat, liveChat }
}

/** Starts a gateway as a separate process on a database that survives it. */
async function start(
  { rocketChat, liveChat }: Omit<Replicas, 'urls'>,
  { dataDir, databaseUrl = '' }: StoreSettings,
) {
  const { accessToken, clientId, clientSecret, refreshToken, organizationId } = liveChat.credentials
  const gateway = startProcess({
    PORT: '0',
    OPERATOR_KEYS: `tester:${OPERATOR_KEY}`,
    ROCKETCHAT_URL: rocketChat.url,
    LIVECHAT_API_URL: liveChat.url,
    LIVECHAT_ACCOUNTS_URL: liveChat.url,
    LIVECHAT_TOKEN: accessToken,
    LIVECHAT_CLIENT_ID: clientId,
    LIVECHAT_CLIENT_SECRET: clientSecret,
    LIVECHAT_REFRESH_TOKEN: refreshToken,
    LIVECHAT_ORGANIZATION_ID: organizationId,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    RATE_LIMIT_ANONYMOUS: '0',
    LOG_LEVEL: 'silent',
  })
  onTestFinished(() => gateway.dispose())
  const url = await gateway.url
  const kill = async () => {
    gateway.signal('SIGKILL')
    await gateway.ended
  }
  return { url, kill }
}

it.each(databases)(
  'killed while LiveChat is slow: the same key finds that message on $name, and posts no other',
  { timeout: PROCESS_MS },
  async ({ empty }) => {
    const providers = await openProviders()
    const settings = await empty()
    const { send, said } = openLiveChatRoom(providers)
    const route = '/v3.6/agent/action/send_event'
    providers.liveChat.injectFault({ kind: 'slow', ms: SLOW_MS, route, times: 1 })
    const before = await start(providers, settings)
    const cut = send(before.url, 'operator').catch(() => 'cut')
    await waitUntil(() => providers.liveChat.counts()[`POST ${route}`] === 1)
    await before.kill()
    expect(await cut).toBe('cut')
    const after = await start(providers, settings)
    const answer = await untilKnown(() => send(after.url, 'operator'))
    expect(answer).toMatchObject({ message: { text: 'only once' } })
    await waitUntil(() => said() > 0)
    expect(said()).toBe(1)
    expect(providers.liveChat.counts()[`POST ${route}`]).toBe(1)
  },
)

it.each(databases)(
  'killed while LiveChat opens a room: the same key finds that room on $name, and opens no other',
  { timeout: PROCESS_MS },
  async ({ empty }) => {
    const providers = await openProviders()
    const settings = await empty()
    const route = '/v3.6/customer/action/start_chat'
    providers.liveChat.injectFault({ kind: 'slow', ms: SLOW_MS, route, times: 1 })
    const before = await start(providers, settings)
    const cut = startRoom(before.url, 'livechat').catch(() => 'cut')
    await waitUntil(() => providers.liveChat.counts()[`POST ${route}`] === 1)
    await before.kill()
    expect(await cut).toBe('cut')
    const after = await start(providers, settings)
    const started = await untilKnown(() => startRoom(after.url, 'livechat'))
    const [chat] = providers.liveChat.chats.all
    expect(started).toMatchObject({ room: { nativeId: chat?.id }, visitorToken: expect.any(String) })
    expect(providers.liveChat.chats.all).toHaveLength(1)
  },
)

it.each(['livechat', 'rocketchat'])(
  'restarted: the key of a room that was opened at %s finds it, with its token',
  { timeout: PROCESS_MS },
  async (provider) => {
    const providers = await openProviders()
    const settings = { dataDir: createTestDirectory() }
    const before = await start(providers, settings)
    const first = await startRoom(before.url, provider)
    expect(first).toMatchObject({ __typename: 'StartRoomPayload' })
    await before.kill()
    const after = await start(providers, settings)
    expect(await startRoom(after.url, provider)).toEqual(first)
  },
)
