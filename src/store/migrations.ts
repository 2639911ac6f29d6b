import { type Kysely, type Migration, Migrator, PostgresAdapter, sql } from 'kysely'
import { RATE_LIMIT_TABLE, type Tables } from './tables.ts'

/** Forward only, and never edited once released: a change of the schema is one more entry. */
const migrations: Readonly<Record<string, Migration>> = {
  '0001-offline-messages': { up: createOfflineTables },
  '0003-rate-limits': { up: createRateLimitTable },
}

/** The database was migrated by a newer version, whose tables this one does not know. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema'
}

/**
 * Brings the schema up to date in one transaction. Replicas that start together wait for each other: Kysely takes
 * an advisory lock on PostgreSQL, and on SQLite the transaction begins with the write lock.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  if (await knowsMore(db)) throw new NewerSchema('migrated by a newer version', { cause: error })
  throw error
}

/** Whether migrations were applied of which this version has not heard. */
async function knowsMore(db: Kysely<Tables>): Promise<boolean> {
  const journal = db.withTables<{ kysely_migration: { readonly name: string } }>()
  const applied = await journal
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
    .catch(() => [])
  return applied.some(({ name }) => !(name in migrations))
}

async function createOfflineTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('offline_message')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('draft', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('department', 'text')
    .addColumn('search', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('claims', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('attempts_before', 'integer', (column) => column.notNull())
    .addColumn('last_error', 'text')
    .addColumn('native_id', 'text')
    .addColumn('accepted_at', 'bigint', (column) => column.notNull())
    .addColumn('next_attempt_at', 'bigint')
    .addColumn('lease_until', 'bigint')
    .addColumn('settled_at', 'bigint')
    .execute()
  const message = (name: string) => db.schema.createIndex(name).on('offline_message')
  await message('offline_message_due').columns(['state', 'provider', 'next_attempt_at']).execute()
  await message('offline_message_newest').columns(['accepted_at', 'id']).execute()
  await message('offline_message_email').column('email').execute()
  await message('offline_message_settled').column('settled_at').execute()
  await message('offline_message_native').columns(['native_id', 'provider']).execute()
  await db.schema
    .createTable('offline_key')
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('used_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('offline_key_primary', ['provider', 'key_hash'])
    .execute()
  const key = (name: string) => db.schema.createIndex(name).on('offline_key')
  await key('offline_key_message').column('message_id').execute()
  await key('offline_key_used').column('used_at').execute()
  await db.schema
    .createTable('offline_pace')
    .addColumn('provider', 'text', (column) => column.primaryKey())
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .execute()
}

/**
 * The columns and their order are those that `rate-limiter-flexible` expects. The table is unlogged: counters change
 * with every mutation, and a database server that crashed may forget them. SQLite has none, as no replica shares it.
 */
async function createRateLimitTable(db: Kysely<unknown>): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return
  const table = sql.table(RATE_LIMIT_TABLE)
  await sql`create unlogged table ${table} (key varchar(255) primary key, points integer not null, expire bigint)`.execute(
    db,
  )
  await db.schema.createIndex('rate_limit_expire').on(RATE_LIMIT_TABLE).column('expire').execute()
}
