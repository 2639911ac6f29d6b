import { type Kysely, sql } from 'kysely'

/**
 * Columns and indexes for fair queueing by sender. Texts are stored only once: `search` repeated them. Replicas of the
 * previous version may still run: new columns have defaults, and `search` stays.
 */
export async function addFairQueueing(db: Kysely<unknown>): Promise<void> {
  const none = (type: 'bigint' | 'integer', name: string, table: string) =>
    db.schema
      .alterTable(table)
      .addColumn(name, type, (column) => column.notNull().defaultTo(0))
      .execute()
  await db.schema.alterTable('offline_message').addColumn('sender', 'text').execute()
  await none('integer', 'bytes', 'offline_message')
  await none('bigint', 'turn', 'offline_message')
  await none('bigint', 'turn', 'offline_pace')
  await sql`update offline_message set search = '', bytes = length(draft)`.execute(db)
  const index = (name: string) => db.schema.createIndex(name).on('offline_message')
  await index('offline_message_turn').columns(['state', 'provider', 'turn', 'next_attempt_at']).execute()
  // The limits count unsettled messages by provider, client address and e-mail address, using the index only.
  for (const by of ['sender', 'email']) {
    await index(`offline_message_unsettled_${by}`)
      .columns(['provider', by, 'accepted_at', 'bytes', 'state', 'turn', 'settled_at'])
      .where(sql.ref('settled_at'), 'is', null)
      .execute()
  }
  await index('offline_message_unsettled')
    .columns(['provider', 'state', 'bytes', 'settled_at'])
    .where(sql.ref('settled_at'), 'is', null)
    .execute()
}
