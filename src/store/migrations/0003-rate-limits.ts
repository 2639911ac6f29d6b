import { type Kysely, PostgresAdapter, sql } from 'kysely'
import { RATE_LIMIT_TABLE } from '../tables.ts'

/**
 * Table of the rate-limit counters, with the columns and order that `rate-limiter-flexible` expects. It is unlogged,
 * because counters change with every mutation and may be lost in a crash. SQLite has none: no replica shares it.
 */
export async function createRateLimitTable(db: Kysely<unknown>): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return
  const table = sql.table(RATE_LIMIT_TABLE)
  await sql`create unlogged table ${table} (key varchar(255) primary key, points integer not null, expire bigint)`.execute(
    db,
  )
  await db.schema.createIndex('rate_limit_expire').on(RATE_LIMIT_TABLE).column('expire').execute()
}
