import type { Kysely } from 'kysely'

/**
 * Tables of worker leases and shared secrets; a message names the process that sends it. Replicas of the previous version
 * may still run during the migration: their columns stay, and new ones need no value.
 */
export async function createWorkerLeases(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('worker_lease')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.alterTable('offline_message').addColumn('worker', 'text').execute()
  await db.schema
    .createTable('gateway_secret')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
}
