import type { Kysely } from 'kysely'
import type { AcceptRequest, AcceptResult, QueueLimits } from '../../offline/offline-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { toKeyRow, toMessageRow, toStoredMessage } from './message-rows.ts'
import { admitMessage } from './queue-admission.ts'

/** Takes a message in, with its key if it has one. Rejects with what the database says; nothing is stored then. */
export function acceptMessage(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks'>,
  acceptance: AcceptRequest,
  limits: QueueLimits,
): Promise<AcceptResult> {
  return db.transaction().execute((tx) => takeIn(tx, backend, acceptance, limits))
}

async function takeIn(
  tx: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks'>,
  acceptance: AcceptRequest,
  limits: QueueLimits,
): Promise<AcceptResult> {
  const { idempotencyKey } = acceptance
  const key = idempotencyKey === null ? null : toKeyRow(acceptance, idempotencyKey)
  // A message that was accepted before is answered however full the queue is now.
  const before = key && (await recognise(tx, key))
  if (before) return before
  const admission = await admitMessage(tx, backend, acceptance, limits)
  if ('fullOf' in admission) return { outcome: 'refused', exceededLimit: admission.fullOf }
  // Where two bring one key at once, PostgreSQL lets the second wait here for the first's commit.
  if (key && !(await takeKey(tx, key))) return (await recognise(tx, key)) ?? { outcome: 'conflict' }
  const row = toMessageRow(acceptance, admission.turn)
  await tx.insertInto('offline_message').values(row).execute()
  return { outcome: 'stored', message: toStoredMessage(row) }
}

async function takeKey(tx: Kysely<Tables>, key: ReturnType<typeof toKeyRow>): Promise<boolean> {
  const taken = await tx
    .insertInto('offline_key')
    .values(key)
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .executeTakeFirst()
  return taken !== undefined
}

/** What a key stands for; a conflict where its message is another, or is erased; null where it is free. */
async function recognise(tx: Kysely<Tables>, key: ReturnType<typeof toKeyRow>): Promise<AcceptResult | null> {
  const known = await tx
    .selectFrom('offline_key')
    .select(['fingerprint', 'message_id'])
    .where('provider', '=', key.provider)
    .where('key_hash', '=', key.key_hash)
    .executeTakeFirst()
  if (!known) return null
  if (known.fingerprint !== key.fingerprint) return { outcome: 'conflict' }
  const row = await tx
    .selectFrom('offline_message')
    .selectAll()
    .where('id', '=', known.message_id)
    .executeTakeFirst()
  return row ? { outcome: 'known', message: toStoredMessage(row) } : { outcome: 'conflict' }
}
