import { expect, onTestFinished } from 'vitest'
import { startLiveChatProvider } from '../simulation/driver/livechat-provider.ts'
import { startRocketChatProvider } from '../simulation/driver/rocketchat-provider.ts'
import { createProviderClock, type SimulatedProvider } from '../simulation/driver/simulated-provider.ts'
import { createPostgresDatabase } from '../support/postgres.ts'
import { startTestGateway } from '../support/test-gateway.ts'
import { type Cluster, startCluster, urlOf } from './cluster.ts'
import type { LoadBalancer } from './load-balancer.ts'
import { WatchedRooms } from './watched-rooms.ts'

/** Intervals that keep a test short. */
const POLL_INTERVAL_MS = 100
const POLL_IDLE_INTERVAL_MS = 300
const POLL_SETTINGS = {
  POLL_INTERVAL_MS: String(POLL_INTERVAL_MS),
  POLL_IDLE_INTERVAL_MS: String(POLL_IDLE_INTERVAL_MS),
}

/** A provider on a busy machine must not seem to be down. */
const UPSTREAM_TIMEOUT_MS = 15_000

/** The provider of a test. */
export interface TestRoomsOptions {
  readonly rooms: number
  readonly provider: 'rocketchat' | 'livechat'
  readonly push: boolean
}

export interface TestClusterOptions extends TestRoomsOptions {
  readonly replicas: number
  readonly settings?: Readonly<Record<string, string>>
}

/** A cluster, the address of its database, and the rooms of its provider. */
export interface TestCluster extends Cluster {
  readonly databaseUrl: string
  readonly watched: WatchedRooms
}

/** Starts gateway processes on a database of their own with one provider. Everything ends with the test. */
export async function openCluster(options: TestClusterOptions): Promise<TestCluster> {
  const provider = await openProvider(options)
  const database = await createPostgresDatabase()
  onTestFinished(() => database.drop())
  const cluster = await startCluster({
    replicas: options.replicas,
    databaseUrl: database.url,
    providers: [provider.config],
    settings: { ...POLL_SETTINGS, ...options.settings },
  })
  const watched = new WatchedRooms(provider)
  onTestFinished(() => {
    watched.stopActivity()
    watched.disconnectAll()
    cluster.dispose()
  })
  return { ...cluster, databaseUrl: database.url, watched }
}

/**
 * Starts one gateway in this process, without a shared database, with a provider of its own and a client of every room, in the
 * roles of `watchEverywhere`. Everything ends with the test.
 */
export async function watchAlone(options: TestRoomsOptions): Promise<WatchedRooms> {
  const provider = await openProvider(options)
  const { url } = await startTestGateway([provider.config], {
    pollIntervalMs: POLL_INTERVAL_MS,
    pollIdleIntervalMs: POLL_IDLE_INTERVAL_MS,
    upstreamTimeoutMs: UPSTREAM_TIMEOUT_MS,
  })
  const watched = new WatchedRooms(provider)
  onTestFinished(() => {
    watched.stopActivity()
    watched.disconnectAll()
  })
  for (const room of provider.rooms.keys()) watched.watch({ room, role: roleIn(room), url: () => url })
  return watched
}

async function openProvider({ provider: kind, push, rooms }: TestRoomsOptions): Promise<SimulatedProvider> {
  const clock = createProviderClock(0)
  const provider = await (kind === 'rocketchat'
    ? startRocketChatProvider(clock, { limit: null, push, rooms })
    : startLiveChatProvider(clock, { push, rooms }))
  onTestFinished(() => provider.close())
  return provider
}

/** Starts a load balancer in front of a cluster; it ends with the test. */
export async function balance(
  { replicas }: Cluster,
  start: (targets: readonly string[]) => Promise<LoadBalancer>,
): Promise<string> {
  const balancer = await start(replicas.map(({ url }) => url))
  onTestFinished(() => balancer.close())
  return balancer.url
}

/** The role in which `watchEverywhere` watches a room. */
export function roleIn(room: number): 'OPERATOR' | 'VISITOR' {
  return room % 2 === 0 ? 'OPERATOR' : 'VISITOR'
}

/** Connects a client of every room to every replica, operators and visitors in turn; while its own is down it uses another. */
export async function watchEverywhere(cluster: TestCluster, ms: number): Promise<void> {
  const { replicas, watched } = cluster
  for (const replica of replicas)
    for (const room of watched.provider.rooms.keys())
      watched.watch({
        room,
        role: roleIn(room),
        url: () => urlOf(replica, cluster),
      })
  expect(await watched.waitForAll(ms)).toEqual([])
}
