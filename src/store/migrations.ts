import { type Kysely, type Migration, Migrator } from 'kysely'
import { createOfflineTables } from './migrations/0001-offline-messages.ts'
import { createRateLimitTable } from './migrations/0003-rate-limits.ts'
import { createWorkerLeases } from './migrations/0004-worker-leases.ts'
import { createIdempotencyKeys } from './migrations/0005-idempotency-keys.ts'
import { addFairQueueing } from './migrations/0006-fair-queue.ts'
import { createLiveLog } from './migrations/0007-live-log.ts'
import { createReplicaReports } from './migrations/0008-replica-reports.ts'
import { addSnapshotTime } from './migrations/0009-snapshot-time.ts'
import type { Tables } from './tables.ts'

/** Migrations run forward only and are never edited once released: a change of the schema is a new entry. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-offline-messages': { up: createOfflineTables },
  '0003-rate-limits': { up: createRateLimitTable },
  '0004-worker-leases': { up: createWorkerLeases },
  '0005-idempotency-keys': { up: createIdempotencyKeys },
  '0006-fair-queue': { up: addFairQueueing },
  '0007-live-log': { up: createLiveLog },
  '0008-replica-reports': { up: createReplicaReports },
  '0009-snapshot-time': { up: addSnapshotTime },
}

/** How often a migration is tried that exceeds the time limit of a statement: another replica's may take longer than that. */
const MAX_ATTEMPTS = 6
/** PostgreSQL's code of a statement that exceeded its time limit. */
const QUERY_CANCELED = '57014'

/** The database was migrated by a newer version, whose tables this version does not know. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
}

/**
 * Migrates the schema in one transaction. Replicas that start together wait for each other: Kysely takes an advisory lock
 * on PostgreSQL, and on SQLite the transaction begins with the write lock. The wait may exceed the time limit of a statement:
 * then nothing was changed, and it is tried again.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  let { error } = await migrator.migrateToLatest()
  for (let attempt = 1; attempt < MAX_ATTEMPTS && isCanceled(error); attempt += 1)
    error = (await migrator.migrateToLatest()).error
  if (error === undefined) return
  if (await hasUnknownMigrations(db))
    throw new NewerDatabaseError('the database was migrated by a newer version of the gateway', {
      cause: error,
    })
  throw error
}

/** Whether migrations were applied that this version does not know. */
async function hasUnknownMigrations(db: Kysely<Tables>): Promise<boolean> {
  const journal = db.withTables<{ kysely_migration: { readonly name: string } }>()
  const applied = await journal
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
    .catch(() => [])
  return applied.some(({ name }) => !(name in migrations))
}

function isCanceled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === QUERY_CANCELED
}
