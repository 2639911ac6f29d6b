import type { Logger } from 'pino'
import type { Config } from '../config/index.ts'
import { WorkerLease } from '../coordination/worker-lease.ts'
import { openRateLimitCounters, type RateLimitCounters } from '../store/coordination/rate-limit-counters.ts'
import type { Store } from '../store/create-store.ts'
import { openStore } from '../store/open-store.ts'

/** What the gateway keeps in its database. */
export interface Stores {
  readonly store: Store
  /** The lease of this process. */
  readonly lease: WorkerLease
  /** Null if the process counts rate limits in memory. */
  readonly counters: RateLimitCounters | null
  /** Stops the lease, then closes the database. */
  close(): Promise<void>
}

/** Opens the database. Rejects with a ConfigError that names the setting at fault. */
export async function openStores(config: Config, log: Logger): Promise<Stores> {
  const store = await openStore(config, log)
  const lease = new WorkerLease({ store: store.leases, log })
  const counters = openCounters(config, log)
  return {
    store,
    lease,
    counters,
    async close() {
      await lease.stop()
      await Promise.all([store.close(), counters?.close()])
    },
  }
}

/** Counts rate limits in PostgreSQL for all replicas, if there is one and any limit is set. */
function openCounters({ databaseUrl, rateLimits }: Config, log: Logger): RateLimitCounters | null {
  const isLimited = Object.values(rateLimits).some((perMinute) => perMinute > 0)
  return databaseUrl !== undefined && isLimited ? openRateLimitCounters(databaseUrl, log) : null
}

/** Acquires the lease of this process, and warns if another process uses the same SQLite database. */
export async function acquireLease(config: Config, log: Logger, { lease }: Stores): Promise<void> {
  const isOnlyProcess = await lease.start()
  if (!isOnlyProcess && lease.isHeld() && config.databaseUrl === undefined)
    log.warn('another process uses this DATA_DIR: several replicas need DATABASE_URL')
}
