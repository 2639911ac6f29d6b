import type { ProviderConfig } from '../../src/config/index.ts'
import { OPERATOR_KEY } from '../support/test-gateway.ts'
import { providerSettings } from './provider-settings.ts'
import { Replica } from './replica.ts'

export interface ClusterOptions {
  readonly replicas: number
  /** The PostgreSQL database that all replicas share. */
  readonly databaseUrl: string
  readonly providers: readonly ProviderConfig[]
  /** More settings of all replicas, which override the others. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Gateway processes on one database. */
export interface Cluster {
  readonly replicas: readonly Replica[]
  /** Kills all processes. */
  dispose(): void
}

/** The URL of a replica, or of another one while it does not run. */
export function urlOf(replica: Replica, { replicas }: Pick<Cluster, 'replicas'>): string {
  return (replica.isRunning ? replica : (replicas.find(({ isRunning }) => isRunning) ?? replica)).url
}

/** Limits and warnings that would disturb a test; the address of a client comes from the proxy in front. */
const COMMON_SETTINGS = {
  OPERATOR_KEYS: `tester:${OPERATOR_KEY}`,
  TRUSTED_PROXIES: '127.0.0.1',
  RATE_LIMIT_ANONYMOUS: '0',
  RATE_LIMIT_VISITOR: '0',
  RATE_LIMIT_OPERATOR: '0',
  OFFLINE_SPACING_MS: '0',
  LOG_LEVEL: 'warn',
}

/** Starts a cluster; resolves when all replicas accept connections. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { databaseUrl, providers, settings } = options
  const all = {
    ...COMMON_SETTINGS,
    DATABASE_URL: databaseUrl,
    ...Object.assign({}, ...providers.map(providerSettings)),
    ...settings,
  }
  const replicas = Array.from({ length: options.replicas }, () => new Replica(all))
  const dispose = () => {
    for (const replica of replicas) replica.dispose()
  }
  try {
    await Promise.all(replicas.map((replica) => replica.start()))
  } catch (error) {
    dispose()
    throw error
  }
  return { replicas, dispose }
}
