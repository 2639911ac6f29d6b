import type { Kysely } from 'kysely'
import type { Acceptance, Accepted } from '../offline/store.ts'
import { newKey, newMessage, toStoredMessage } from './rows.ts'
import type { Tables } from './tables.ts'

/** Takes a message in, with its key if it has one. Rejects with what the database says; nothing is stored then. */
export function accept(db: Kysely<Tables>, acceptance: Acceptance): Promise<Accepted> {
  if (acceptance.idempotencyKey === null) return takeIn(db, acceptance)
  return db.transaction().execute((tx) => takeIn(tx, acceptance))
}

async function takeIn(tx: Kysely<Tables>, acceptance: Acceptance): Promise<Accepted> {
  const { idempotencyKey } = acceptance
  if (idempotencyKey !== null) {
    const key = newKey(acceptance, idempotencyKey)
    // Where two bring one key at once, PostgreSQL lets the second wait here for the first's commit.
    const taken = await tx
      .insertInto('offline_key')
      .values(key)
      .onConflict((conflict) => conflict.doNothing())
      .returning('message_id')
      .executeTakeFirst()
    if (!taken) return recognise(tx, key)
  }
  const row = newMessage(acceptance)
  await tx.insertInto('offline_message').values(row).execute()
  return { outcome: 'stored', message: toStoredMessage(row) }
}

/** What a key that is taken stands for; a conflict where its message is another, or is erased. */
async function recognise(tx: Kysely<Tables>, key: ReturnType<typeof newKey>): Promise<Accepted> {
  const known = await tx
    .selectFrom('offline_key')
    .innerJoin('offline_message', 'offline_message.id', 'offline_key.message_id')
    .selectAll('offline_message')
    .where('offline_key.provider', '=', key.provider)
    .where('key_hash', '=', key.key_hash)
    .where('fingerprint', '=', key.fingerprint)
    .executeTakeFirst()
  return known ? { outcome: 'known', message: toStoredMessage(known) } : { outcome: 'conflict' }
}
