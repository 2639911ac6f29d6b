import type { Logger } from 'pino'
import type { Config } from '../config/index.ts'
import { LiveLogPruning } from '../coordination/live-log-pruning.ts'
import { ReplicaReports } from '../coordination/replica-reports.ts'
import { WorkerLease } from '../coordination/worker-lease.ts'
import { openRateLimitCounters, type RateLimitCounters } from '../store/coordination/rate-limit-counters.ts'
import type { Store } from '../store/create-store.ts'
import { openStore } from '../store/open-store.ts'

/** Options of the database. */
export interface StoreOptions {
  readonly log: Logger
  /** Milliseconds for which other processes take this one for alive after its last renewal, for tests. */
  readonly leaseMs?: number
  /** Milliseconds after which the database counts as unavailable for rate limits, for tests. */
  readonly countersTimeoutMs?: number
}

/** What the gateway keeps in its database. */
export interface Stores {
  readonly store: Store
  /** Hashes callers where they are counted in the database; the same for all processes. */
  readonly callerSecret: Buffer
  /** The lease of this process. */
  readonly lease: WorkerLease
  /** Null if the process counts rate limits in memory. */
  readonly counters: RateLimitCounters | null
  /** What the processes of one PostgreSQL report to each other; null without one. */
  readonly replicaReports: ReplicaReports | null
  /** Stops the reports, the lease and the pruning, then closes the database. */
  close(): Promise<void>
}

/** Opens the database. Rejects with a ConfigError that names the setting at fault. */
export async function openStores(config: Config, options: StoreOptions): Promise<Stores> {
  const { log, leaseMs } = options
  const store = await openStore(config, log)
  const callerSecret = await loadCallerSecret(store)
  const lease = new WorkerLease({ store: store.leases, log, leaseMs })
  const counters = openCounters(config, options)
  const maxAgeMs = config.eventLogMinutes * 60_000
  const pruning = new LiveLogPruning({ store: store.liveLog, log, maxAgeMs })
  pruning.start()
  const isShared = config.databaseUrl !== undefined
  const replicaReports = isShared
    ? new ReplicaReports({ store: store.replicaReports, lease, log, callerSecret })
    : null
  return {
    store,
    callerSecret,
    lease,
    counters,
    replicaReports,
    async close() {
      await replicaReports?.stop()
      await Promise.all([lease.stop(), pruning.stop()])
      await Promise.all([store.close(), counters?.close()])
    },
  }
}

/** The secret that hashes callers. Closes the database if it cannot be read. */
async function loadCallerSecret(store: Store): Promise<Buffer> {
  try {
    return await store.secret('caller-counts')
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Counts rate limits in PostgreSQL for all replicas, if there is one and any limit is set. */
function openCounters(
  { databaseUrl, rateLimits }: Config,
  { log, countersTimeoutMs }: StoreOptions,
): RateLimitCounters | null {
  const isLimited = Object.values(rateLimits).some((perMinute) => perMinute > 0)
  return databaseUrl !== undefined && isLimited
    ? openRateLimitCounters(databaseUrl, log, countersTimeoutMs)
    : null
}

/**
 * Acquires the lease of this process, and begins to share limits with the other processes. Warns if another process uses the
 * same SQLite database.
 */
export async function acquireLease(
  config: Config,
  log: Logger,
  { lease, replicaReports }: Stores,
): Promise<void> {
  const isOnlyProcess = await lease.start()
  if (!isOnlyProcess && lease.isHeld() && config.databaseUrl === undefined)
    log.warn('another process uses this DATA_DIR: several replicas need DATABASE_URL')
  await replicaReports?.start()
}
