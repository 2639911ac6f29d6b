import type { Kysely } from 'kysely'
import type { AttemptOutcome } from '../../offline/offline-store.ts'
import { liveWorkers, removeExpiredLeases } from '../coordination/sql-lease-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { withoutNul } from './message-rows.ts'
import { nextTurn } from './queue-admission.ts'

const ABANDONED_ERROR =
  'The gateway process that sent it died before the response; the message may have arrived.'

/** The end of the attempt that a claim began. */
interface AttemptEnd {
  readonly id: string
  readonly claim: number
  readonly outcome: AttemptOutcome
  readonly now: Date
}

/** Records an attempt's outcome; returns false if the message was claimed again, changed or erased since. */
export function recordOutcome(db: Kysely<Tables>, end: AttemptEnd): Promise<boolean> {
  const { outcome } = end
  if (outcome.state !== 'QUEUED' || outcome.unsent) return update(db, end, {})
  return db.transaction().execute(async (tx) => update(tx, end, await turnAfterAttempt(tx, end.id)))
}

/** A requeued message goes after the others of its sender: every attempt uses a turn. */
async function turnAfterAttempt(tx: Kysely<Tables>, id: string): Promise<{ readonly turn?: number }> {
  const message = await tx
    .selectFrom('offline_message')
    .select(['provider', 'sender', 'email'])
    .where('id', '=', id)
    .executeTakeFirst()
  return message ? { turn: await nextTurn(tx, message) } : {}
}

async function update(
  db: Kysely<Tables>,
  { id, claim, outcome, now }: AttemptEnd,
  requeued: { readonly turn?: number },
): Promise<boolean> {
  const { state } = outcome
  const unsent = state === 'QUEUED' && outcome.unsent
  const updated = await db
    .updateTable('offline_message')
    .set((eb) => ({
      state,
      attempts: eb('attempts', '-', unsent ? 1 : 0),
      last_error: state === 'SENT' ? null : outcome.error,
      native_id: state === 'SENT' && outcome.nativeId !== null ? withoutNul(outcome.nativeId) : null,
      next_attempt_at: state === 'QUEUED' ? outcome.nextAttemptAt.getTime() : null,
      lease_until: null,
      worker: null,
      settled_at: state === 'SENT' ? now.getTime() : null,
      ...(state === 'SENT' ? { sender: null } : {}),
      ...requeued,
    }))
    .where('id', '=', id)
    .where('claims', '=', claim)
    .where('state', 'in', ['SENDING', 'UNCONFIRMED'])
    .returning('id')
    .executeTakeFirst()
  return updated !== undefined
}

/** Makes the messages of dead processes `UNCONFIRMED`, and returns their number. */
export async function expireAbandoned(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  now: Date,
): Promise<number> {
  const expired = await db
    .updateTable('offline_message')
    .set({ state: 'UNCONFIRMED', last_error: ABANDONED_ERROR, lease_until: null, worker: null })
    .where('state', '=', 'SENDING')
    .where((eb) =>
      eb.or([
        eb('worker', 'not in', liveWorkers(db, backend)),
        // A replica of a version before worker leases holds its claims until a time.
        eb('lease_until', '<', now.getTime()),
      ]),
    )
    .returning('id')
    .execute()
  await removeExpiredLeases(db, backend)
  return expired.length
}
