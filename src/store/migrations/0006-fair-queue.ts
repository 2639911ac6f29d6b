import { type Kysely, sql } from 'kysely'

/**
 * Messages are sent in an order that is fair to their senders, and counted by them. Texts are stored once: `search`
 * repeated them. Replicas of the version before may still run: columns have defaults, and `search` stays.
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
  // The caps count what is not settled yet, by provider, client address and e-mail address, from the index alone.
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
