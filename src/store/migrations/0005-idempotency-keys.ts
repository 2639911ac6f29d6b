import type { Kysely } from 'kysely'

/** Table of the idempotency keys of provider writes. */
export async function createIdempotencyKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('idempotency_key')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('worker', 'text', (column) => column.notNull())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('record', 'text')
    .addColumn('begun_at', 'bigint', (column) => column.notNull())
    .addColumn('lands_by', 'bigint')
    .execute()
  await db.schema.createIndex('idempotency_key_begun').on('idempotency_key').column('begun_at').execute()
}
