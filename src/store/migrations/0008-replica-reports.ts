import { type Kysely, PostgresAdapter, sql } from 'kysely'

/**
 * Table of what replicas report to each other. It is unlogged, because reports change every second and each process
 * repeats its own. SQLite has none: no replica shares it.
 */
export async function createReplicaReports(db: Kysely<unknown>): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return
  await sql`create unlogged table replica_report (worker text primary key, report text not null)`.execute(db)
}
