import type { Kysely } from 'kysely'

/** Snapshots of live logs know when they were saved. Those that exist count as old. */
export async function addSnapshotTime(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('live_log')
    .addColumn('saved_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
}
