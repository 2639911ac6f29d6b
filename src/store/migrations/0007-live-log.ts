import { type CreateTableBuilder, type Kysely, PostgresAdapter, sql } from 'kysely'

/**
 * Tables of the shared log of live events. On PostgreSQL they are unlogged: nothing in them is worth a disk flush per batch
 * of events. They are empty after a crash of the server, and cursors then resume by position and fingerprint, as they do
 * where the log does not hold their entry any more.
 */
export async function createLiveLog(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter
  const createTable = (table: string): CreateTableBuilder<string> => {
    const create = db.schema.createTable(table)
    return isPostgres ? create.modifyFront(sql`unlogged`) : create
  }
  // Rows are locked in the order of names: by bytes, as SQLite and the gateway order them, whatever the database's locale.
  const nameType = isPostgres ? sql`text collate "C"` : 'text'
  await createTable('live_log')
    .addColumn('name', nameType, (column) => column.primaryKey())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .execute()
  await createTable('live_log_entry')
    .addColumn('name', nameType, (column) => column.notNull())
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('appended_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('live_log_entry_primary', ['name', 'sequence'])
    .execute()
  await db.schema.createIndex('live_log_entry_appended').on('live_log_entry').column('appended_at').execute()
  await createTable('live_log_lease')
    .addColumn('name', nameType, (column) => column.primaryKey())
    .addColumn('epoch', 'text', (column) => column.notNull())
    .addColumn('worker', 'text')
    .execute()
}
