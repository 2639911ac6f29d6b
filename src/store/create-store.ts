import { Kysely } from 'kysely'
import type { IdempotencyKeyStore } from '../coordination/idempotency-key-store.ts'
import type { LeaseStore } from '../coordination/lease-store.ts'
import type { OfflineStore } from '../offline/offline-store.ts'
import { sharedSecret } from './coordination/shared-secret.ts'
import { SqlIdempotencyKeyStore } from './coordination/sql-idempotency-key-store.ts'
import { SqlLeaseStore } from './coordination/sql-lease-store.ts'
import type { DatabaseBackend } from './databases/database.ts'
import { migrate } from './migrations.ts'
import { SqlOfflineStore } from './offline-messages/sql-offline-store.ts'
import type { Tables } from './tables.ts'

/** The gateway's own data, which no provider stores. All processes of one database share it. */
export interface Store {
  readonly offline: OfflineStore
  readonly leases: LeaseStore
  readonly idempotencyKeys: IdempotencyKeyStore
  /** The random secret of 32 bytes with this name, the same for all processes. */
  secret(name: string): Promise<Buffer>
  close(): Promise<void>
}

/** Creates the store for either database. Migrates the schema first, and closes the database if that fails. */
export async function createStore(backend: DatabaseBackend): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: backend.dialect })
  const close = async (): Promise<void> => {
    await db.destroy()
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
    leases: new SqlLeaseStore(db, backend),
    idempotencyKeys: new SqlIdempotencyKeyStore(db, backend),
    secret: (name) => sharedSecret(db, name),
    close,
  }
}
