import { describe, expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { StoreSettings } from '../../src/store/open-store.ts'
import { openLiveChatRoom, type Replicas, startRoom, untilKnown } from '../coordination/replicas.ts'
import { startProcess } from '../process/gateway-process.ts'
import { databases, queryDatabase } from '../store/databases.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { holdRequests, holdResponses } from '../support/hold-responses.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { asVisitor, OPERATOR_KEY } from '../support/test-gateway.ts'

interface Providers extends Omit<Replicas, 'urls'> {
  /** The agent of Rocket.Chat. */
  readonly agentId: string
}

async function openProviders(): Promise<Providers> {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const { _id: agentId } = rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  const liveChat = await startLiveChatSandbox({ seed: false })
  onTestFinished(async () => void (await Promise.all([rocketChat.close(), liveChat.close()])))
  return { rocketChat, liveChat, agentId }
}

/** Starts a gateway as a separate process on a database that survives it. */
async function startGateway(
  { rocketChat, liveChat }: Providers,
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

/** Makes the leases of dead processes end now. */
async function endLeases(settings: StoreSettings): Promise<void> {
  await queryDatabase(settings, 'update worker_lease set lease_until = 0 returning id')
}

// Each database passes the tests of the store: here one of them is enough.
it.each(databases.slice(-1))(
  'killed while LiveChat is slow: the same key finds that message on $name, and posts no other',
  async ({ empty }) => {
    const providers = await openProviders()
    const settings = await empty()
    const { send, said } = openLiveChatRoom(providers)
    const route = '/v3.6/agent/action/send_event'
    const count = (action: string) => providers.liveChat.counts()[`POST /v3.6/agent/action/${action}`] ?? 0
    const release = holdRequests(providers.liveChat, { route, times: 1 })
    const before = await startGateway(providers, settings)
    const cut = send(before.url, 'operator').catch(() => 'cut')
    await waitUntil(() => count('send_event') === 1)
    await before.kill()
    expect(await cut).toBe('cut')
    await endLeases(settings)
    const readBefore = count('list_threads')
    const after = await startGateway(providers, settings)
    const answer = untilKnown(() => send(after.url, 'operator'))
    // It looks for the message while the request of the dead process is in flight.
    await waitUntil(() => count('list_threads') > readBefore)
    expect(said()).toBe(0)
    release()
    expect(await answer).toMatchObject({ message: { text: 'only once' } })
    expect(said()).toBe(1)
    expect(count('send_event')).toBe(1)
  },
)

it.each(databases.slice(0, 1))(
  'killed while LiveChat opens a room: the same key finds that room on $name, and opens no other',
  async ({ empty }) => {
    const providers = await openProviders()
    const { chats } = providers.liveChat
    const settings = await empty()
    const route = '/v3.6/customer/action/start_chat'
    const count = (action: string) => providers.liveChat.counts()[`POST /v3.6/customer/action/${action}`] ?? 0
    const release = holdRequests(providers.liveChat, { route, times: 1 })
    const before = await startGateway(providers, settings)
    const cut = startRoom(before.url, 'livechat').catch(() => 'cut')
    await waitUntil(() => count('start_chat') === 1)
    await before.kill()
    expect(await cut).toBe('cut')
    await endLeases(settings)
    const readBefore = count('list_chats')
    const after = await startGateway(providers, settings)
    const started = untilKnown(() => startRoom(after.url, 'livechat'))
    // It looks for the room while the request of the dead process is in flight.
    await waitUntil(() => count('list_chats') > readBefore)
    expect(chats.all).toEqual([])
    release()
    const room = await started
    expect(room).toMatchObject({ room: { nativeId: chats.all[0]?.id }, visitorToken: expect.any(String) })
    expect(chats.all).toHaveLength(1)
  },
)

describe('killed after Rocket.Chat has opened a room', () => {
  const OPEN = '/api/v1/livechat/room'
  const SEND = '/api/v1/livechat/message'

  /**
   * Starts a room with the key. The process is killed before it receives the response of this route; another one takes its
   * place when its lease has ended.
   */
  async function startAndKill(route: string, start: (url: string) => Promise<unknown>, providers: Providers) {
    const settings = { dataDir: createTestDirectory() }
    const before = await startGateway(providers, settings)
    holdResponses(providers.rocketChat, { route, times: 1 })
    const cut = start(before.url).catch(() => 'cut')
    const { workspace } = providers.rocketChat
    await waitUntil(() => workspace.rooms().some(({ open }) => open))
    await waitUntil(() =>
      Object.keys(providers.rocketChat.counts()).some((call) => call.endsWith(` ${route}`)),
    )
    await before.kill()
    expect(await cut).toBe('cut')
    await endLeases(settings)
    return startGateway(providers, settings)
  }

  it('the same key finds that room, although it was closed since', async () => {
    const providers = await openProviders()
    const { workspace } = providers.rocketChat
    const start = (url: string) => startRoom(url, 'rocketchat', { text: null })
    const { url } = await startAndKill(OPEN, start, providers)
    const [opened] = workspace.rooms()
    workspace.closeRoom(opened?._id ?? '')
    const started = await untilKnown(() => start(url))
    expect(started).toMatchObject({ room: { nativeId: opened?._id }, visitorToken: opened?.v.token })
    expect(await start(url)).toEqual(started)
    expect(workspace.rooms()).toHaveLength(1)
  })

  it('the same key finds that room with its first message', async () => {
    const providers = await openProviders()
    const { workspace } = providers.rocketChat
    const start = (url: string) => startRoom(url, 'rocketchat')
    const { url } = await startAndKill(SEND, start, providers)
    const [opened] = workspace.rooms()
    workspace.closeRoom(opened?._id ?? '')
    expect(await untilKnown(() => start(url))).toMatchObject({ room: { nativeId: opened?._id } })
    expect(workspace.rooms()).toHaveLength(1)
  })

  it('the same key is ROOM_CLOSED if that room was closed before its first message', async () => {
    const providers = await openProviders()
    const { workspace } = providers.rocketChat
    const start = (url: string) => startRoom(url, 'rocketchat')
    const { url } = await startAndKill(OPEN, start, providers)
    workspace.closeRoom(workspace.rooms()[0]?._id ?? '')
    for (const _attempt of [1, 2])
      expect(await untilKnown(() => start(url))).toMatchObject({ code: 'ROOM_CLOSED' })
    expect(workspace.rooms()).toHaveLength(1)
  })

  it('the key of a returning visitor finds that room, not an earlier one', async () => {
    const providers = await openProviders()
    const { workspace } = providers.rocketChat
    const token = 'visitor-token-of-vera'
    workspace.createVisitor({ token })
    const earlier = workspace.openRoom({ token, agentId: providers.agentId })
    workspace.closeRoom(earlier._id)
    const start = (url: string) => startRoom(url, 'rocketchat', { name: null, text: null }, asVisitor(token))
    const { url } = await startAndKill(OPEN, start, providers)
    const opened = workspace.rooms().find(({ _id }) => _id !== earlier._id)
    workspace.closeRoom(opened?._id ?? '')
    expect(await untilKnown(() => start(url))).toMatchObject({
      room: { nativeId: opened?._id },
      visitorToken: token,
    })
    expect(workspace.rooms()).toHaveLength(2)
  })
})

it('killed before Rocket.Chat opens a room: the same key opens one, and does not take an earlier one for it', async () => {
  const providers = await openProviders()
  const { workspace } = providers.rocketChat
  const token = 'visitor-token-of-vera'
  workspace.createVisitor({ token })
  const earlier = workspace.openRoom({ token, agentId: providers.agentId })
  workspace.closeRoom(earlier._id)
  const settings = { dataDir: createTestDirectory() }
  const before = await startGateway(providers, settings)
  providers.rocketChat.injectFault({ kind: 'stall', route: '/api/v1/livechat/room', times: 1 })
  const start = (url: string) => startRoom(url, 'rocketchat', { name: null, text: null }, asVisitor(token))
  const cut = start(before.url).catch(() => 'cut')
  await waitUntil(() => (providers.rocketChat.counts()['GET /api/v1/livechat/room'] ?? 0) > 0)
  await before.kill()
  expect(await cut).toBe('cut')
  const after = await startGateway(providers, settings)
  const started = await untilKnown(() => start(after.url))
  expect(started).toMatchObject({ __typename: 'StartRoomPayload' })
  expect('room' in started && started.room.nativeId).not.toBe(earlier._id)
  expect(workspace.rooms()).toHaveLength(2)
})

it.each(['livechat', 'rocketchat'])(
  'restarted: the key of a room that was opened at %s finds it, with its token',
  async (provider) => {
    const providers = await openProviders()
    const settings = { dataDir: createTestDirectory() }
    const before = await startGateway(providers, settings)
    const first = await startRoom(before.url, provider)
    expect(first).toMatchObject({ __typename: 'StartRoomPayload' })
    await before.kill()
    const after = await startGateway(providers, settings)
    expect(await startRoom(after.url, provider)).toEqual(first)
  },
)
