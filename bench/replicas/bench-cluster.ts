import type { ProviderConfig } from '../../src/config/index.ts'
import { type Cluster, startCluster, urlOf } from '../../test/cluster/cluster.ts'
import { type LoadBalancer, startLoadBalancer } from '../../test/cluster/load-balancer.ts'
import { hasNginx, startNginx } from '../../test/cluster/nginx.ts'
import { WatchedRooms } from '../../test/cluster/watched-rooms.ts'
import { startLiveChatProvider } from '../../test/simulation/driver/livechat-provider.ts'
import { startRocketChatProvider } from '../../test/simulation/driver/rocketchat-provider.ts'
import {
  createProviderClock,
  type SimulatedProvider,
} from '../../test/simulation/driver/simulated-provider.ts'
import { createPostgresDatabase } from '../../test/support/postgres.ts'
import { UpstreamTraffic } from '../push/upstream-traffic.ts'

/** How rooms are watched: at Rocket.Chat with a service account, by visitors only, or at LiveChat by customers. */
export type Watchers = 'operators' | 'visitors' | 'customers'

export interface ClusterSetup {
  readonly replicas: number
  readonly rooms: number
  readonly watchers: Watchers
  readonly push: boolean
  /** Whether Rocket.Chat has the limits of a stock server. */
  readonly isLimited?: boolean
}

/** Gateway processes with default settings on one database, and the rooms of their provider, which is in this process. */
export interface BenchCluster extends Cluster {
  readonly databaseUrl: string
  readonly provider: SimulatedProvider
  readonly watched: WatchedRooms
  readonly traffic: UpstreamTraffic
  /** Starts a load balancer in front of all replicas, nginx if it is installed; resolves with its URL. It ends with the cluster. */
  balance(): Promise<string>
}

/** Runs a measurement with a cluster of its own, and removes that. */
export async function withCluster<T>(
  setup: ClusterSetup,
  measure: (cluster: BenchCluster) => Promise<T>,
): Promise<T> {
  const provider = await startProvider(setup)
  const database = await createPostgresDatabase()
  const cluster = await startCluster({
    replicas: setup.replicas,
    databaseUrl: database.url,
    providers: [configFor(setup.watchers, provider.config)],
    // The default, which tests set to 0.
    settings: { DRAIN_SECONDS: '5' },
  })
  const watched = new WatchedRooms(provider)
  const traffic = new UpstreamTraffic(Object.assign(provider.server, { push: provider.push.control }))
  const balancers: LoadBalancer[] = []
  const balance = async () => {
    const start = hasNginx ? startNginx : startLoadBalancer
    const balancer = await start(cluster.replicas.map(({ url }) => url))
    balancers.push(balancer)
    return balancer.url
  }
  try {
    return await measure({ ...cluster, databaseUrl: database.url, provider, watched, traffic, balance })
  } finally {
    traffic.stop()
    watched.stopActivity()
    watched.disconnectAll()
    await Promise.all(balancers.map((balancer) => balancer.close()))
    cluster.dispose()
    await provider.close()
    await database.drop()
  }
}

/** A client of every room at each replica, which starts with the next replica when all of the one before have started. */
export async function watchEverywhere(cluster: BenchCluster, watchers: Watchers): Promise<void> {
  const { replicas, watched, provider } = cluster
  for (const replica of replicas) {
    const url = () => urlOf(replica, cluster)
    for (const room of provider.rooms.keys()) watched.watch({ room, role: roleOf(watchers), url })
    if ((await watched.waitForAll(START_MS)).length > 0) throw new Error('not all subscriptions have started')
  }
}

/** The gateway's role for those who watch. */
export function roleOf(watchers: Watchers): 'OPERATOR' | 'VISITOR' {
  return watchers === 'operators' ? 'OPERATOR' : 'VISITOR'
}

const START_MS = 120_000

function startProvider({
  watchers,
  push,
  rooms,
  isLimited = false,
}: ClusterSetup): Promise<SimulatedProvider> {
  const clock = createProviderClock(0)
  if (watchers === 'customers') return startLiveChatProvider(clock, { push, rooms })
  return startRocketChatProvider(clock, { push, rooms, limit: isLimited ? 'default' : null })
}

/** LiveChat's push is for customers, as by default; visitors of Rocket.Chat have no service account. */
function configFor(watchers: Watchers, config: ProviderConfig): ProviderConfig {
  if (config.kind === 'LIVECHAT') return { ...config, ...(config.push && { push: 'customers' }) }
  if (watchers === 'operators') return config
  const { serviceAccount: _serviceAccount, ...visitorsOnly } = config
  return visitorsOnly
}
