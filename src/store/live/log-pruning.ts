import { type Kysely, sql } from 'kysely'
import { liveWorkers } from '../coordination/sql-lease-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'

/** Rows per statement: SQLite blocks the event loop meanwhile, and PostgreSQL ends statements that take too long. */
const BATCH_ROWS = 1_000

/** Deletes the entries that are older than `maxAgeMs`. Replicas that prune at the same time skip each other's rows. */
export async function deleteOldEntries(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks' | 'now'>,
  maxAgeMs: number,
): Promise<void> {
  const oldest = db
    .selectFrom('live_log_entry')
    .select(['name', 'sequence'])
    .where('appended_at', '<=', sql<number>`${backend.now()} - ${maxAgeMs}`)
    .orderBy('appended_at')
    .limit(BATCH_ROWS)
  const batch = backend.hasRowLocks ? oldest.forUpdate().skipLocked() : oldest
  let deleted: bigint
  do {
    const result = await db
      .deleteFrom('live_log_entry')
      .where((eb) => eb(eb.refTuple('name', 'sequence'), 'in', batch.$asTuple('name', 'sequence')))
      .executeTakeFirst()
    deleted = result.numDeletedRows
  } while (deleted === BigInt(BATCH_ROWS))
}

/** Deletes all but the newest entries of each log. Sequences have no holes, so the oldest and the newest say how many there are. */
export async function deleteExcessEntries(db: Kysely<Tables>, maxEntries: number): Promise<void> {
  const end = (order: 'asc' | 'desc') =>
    db
      .selectFrom('live_log_entry')
      .select('sequence')
      .where('live_log_entry.name', '=', sql.ref<string>('live_log_lease.name'))
      .orderBy('sequence', order)
      .limit(1)
  const logs = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('live_log_lease')
        .select('name')
        .select([end('asc').as('oldest'), end('desc').as('newest')])
        .as('log'),
    )
    .select(['name', 'newest'])
    .where((eb) => eb(eb('newest', '-', eb.ref('oldest')), '>=', maxEntries))
    .execute()
  for (const { name, newest } of logs) {
    await db
      .deleteFrom('live_log_entry')
      .where('name', '=', name)
      .where('sequence', '<=', (newest ?? 0) - maxEntries)
      .execute()
  }
}

/** Deletes the logs that hold no entry and have no live holder. */
export async function deleteAbandonedLogs(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks' | 'now'>,
): Promise<void> {
  const abandoned = db
    .selectFrom('live_log_lease')
    .select('name')
    .where((eb) => eb.or([eb('worker', 'is', null), eb('worker', 'not in', liveWorkers(db, backend))]))
    .where((eb) => eb.not(eb.exists(entriesOf(db, 'live_log_lease'))))
  await db
    .deleteFrom('live_log_lease')
    .where('name', 'in', backend.hasRowLocks ? abandoned.forUpdate().skipLocked() : abandoned)
    .execute()
  await db
    .deleteFrom('live_log')
    .where('name', 'not in', db.selectFrom('live_log_lease').select('name'))
    .where((eb) => eb.not(eb.exists(entriesOf(db, 'live_log'))))
    .execute()
}

function entriesOf(db: Kysely<Tables>, table: 'live_log' | 'live_log_lease') {
  return db
    .selectFrom('live_log_entry')
    .select('live_log_entry.name')
    .where('live_log_entry.name', '=', sql.ref<string>(`${table}.name`))
}
