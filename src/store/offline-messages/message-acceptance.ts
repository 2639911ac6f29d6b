import type { Kysely } from 'kysely'
import {
  type AcceptRequest,
  type AcceptResult,
  MessageNotStoredError,
  type QueueLimits,
} from '../../offline/offline-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { toKeyRow, toMessageRow, toStoredMessage } from './message-rows.ts'
import { admitMessage } from './queue-admission.ts'

/**
 * How long a message may take until its commit is sent. A database that does not respond is not waited for any longer, because
 * it is certain then that the message is not stored.
 */
const MAX_UNCOMMITTED_MS = 4_000

/** Stores a message with its idempotency key, if it has one. Rejects with a MessageNotStoredError. */
export async function acceptMessage(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks' | 'mayHaveCommitted'>,
  request: AcceptRequest,
  limits: QueueLimits,
): Promise<AcceptResult> {
  let isCommitting = false
  const lateness = new AbortController()
  const accepted = db.transaction().execute(async (tx) => {
    const result = await store(tx, backend, request, limits)
    lateness.signal.throwIfAborted()
    isCommitting = true
    return result
  })
  const timer = setTimeout(() => {
    if (!isCommitting) lateness.abort(new Error('the database did not respond in time'))
  }, MAX_UNCOMMITTED_MS)
  try {
    return await Promise.race([accepted, rejectWhenAborted(lateness.signal)])
  } catch (error) {
    throw new MessageNotStoredError(isCommitting && backend.mayHaveCommitted(error), error)
  } finally {
    clearTimeout(timer)
  }
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

async function store(
  tx: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks'>,
  request: AcceptRequest,
  limits: QueueLimits,
): Promise<AcceptResult> {
  const { idempotencyKey } = request
  const key = idempotencyKey === null ? null : toKeyRow(request, idempotencyKey)
  // A message that is already stored is returned even if the queue is full.
  const known = key && (await findByKey(tx, key))
  if (known) return known
  const admission = await admitMessage(tx, backend, request, limits)
  if ('exceededLimit' in admission) return { outcome: 'limited', exceededLimit: admission.exceededLimit }
  // If two requests bring one key at once, PostgreSQL makes the second wait here for the first's commit.
  if (key && !(await insertKey(tx, key))) return (await findByKey(tx, key)) ?? { outcome: 'conflict' }
  const row = toMessageRow(request, admission.turn)
  await tx.insertInto('offline_message').values(row).execute()
  return { outcome: 'stored', message: toStoredMessage(row) }
}

async function insertKey(tx: Kysely<Tables>, key: ReturnType<typeof toKeyRow>): Promise<boolean> {
  const inserted = await tx
    .insertInto('offline_key')
    .values(key)
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** The message of a key; a conflict if it was another draft or is erased; null if the key is unused. */
async function findByKey(tx: Kysely<Tables>, key: ReturnType<typeof toKeyRow>): Promise<AcceptResult | null> {
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
  return row ? { outcome: 'duplicate', message: toStoredMessage(row) } : { outcome: 'conflict' }
}
