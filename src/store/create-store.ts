import { Kysely } from 'kysely'
import type { IdempotencyKeyStore } from '../coordination/idempotency-key-store.ts'
import type { LeaseStore } from '../coordination/lease-store.ts'
import type { LiveLogStore, LiveNotices } from '../coordination/live-log-store.ts'
import type { LogErasureStore } from '../coordination/log-erasure-store.ts'
import type { ReplicaReportStore } from '../coordination/replica-report-store.ts'
import type { OfflineStore } from '../offline/offline-store.ts'
import { sharedSecret } from './coordination/shared-secret.ts'
import { SqlIdempotencyKeyStore } from './coordination/sql-idempotency-key-store.ts'
import { SqlLeaseStore } from './coordination/sql-lease-store.ts'
import { SqlReplicaReportStore } from './coordination/sql-replica-report-store.ts'
import type { DatabaseBackend } from './databases/database.ts'
import { SqlLiveLogStore } from './live/sql-live-log-store.ts'
import { SqlLogErasureStore } from './live/sql-log-erasure-store.ts'
import { migrate } from './migrations.ts'
import { SqlOfflineStore } from './offline-messages/sql-offline-store.ts'
import type { Tables } from './tables.ts'

/** The gateway's own data, which no provider stores. All processes of one database share it. */
export interface Store {
  readonly offline: OfflineStore
  readonly leases: LeaseStore
  readonly idempotencyKeys: IdempotencyKeyStore
  readonly liveLog: LiveLogStore
  readonly logErasure: LogErasureStore
  /** Null with the embedded database, which one process uses. */
  readonly notices: LiveNotices | null
  /** Only for PostgreSQL: no other process shares SQLite. */
  readonly replicaReports: ReplicaReportStore
  /** The random secret of 32 bytes with this name, the same for all processes. */
  secret(name: string): Promise<Buffer>
  close(): Promise<void>
}

/** Creates the store for either database. Migrates the schema first, and closes the database if that fails. */
export async function createStore(backend: DatabaseBackend): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: backend.dialect })
  const { coordination } = backend
  const coordinationDb = coordination ? new Kysely<Tables>({ dialect: coordination.dialect }) : db
  const notices = coordination?.openNotices(coordinationDb) ?? null
  const close = async (): Promise<void> => {
    await notices?.close()
    await Promise.all([...new Set([db, coordinationDb])].map((each) => each.destroy()))
    await backend.close()
  }
  try {
    await migrate(db)
    await backend.flush()
  } catch (error) {
    await close()
    throw error
  }
  return {
    offline: new SqlOfflineStore(db, backend),
    leases: new SqlLeaseStore(coordinationDb, backend),
    idempotencyKeys: new SqlIdempotencyKeyStore(db, backend),
    liveLog: new SqlLiveLogStore(coordinationDb, backend, notices),
    logErasure: new SqlLogErasureStore(coordinationDb, backend, notices),
    notices,
    replicaReports: new SqlReplicaReportStore(coordinationDb, backend),
    secret: (name) => sharedSecret(db, name),
    close,
  }
}
