import type { Kysely } from 'kysely'
import type { AttemptOutcome } from '../../offline/offline-store.ts'
import { liveWorkers, removeExpiredLeases } from '../coordination/sql-lease-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { withoutNul } from './message-rows.ts'
import { nextTurn } from './queue-admission.ts'

const ABANDONED = 'The gateway that sent it went away before an answer came; it may have arrived.'

/** The end of the attempt that a claim began. */
interface AttemptEnd {
  readonly id: string
  readonly claim: number
  readonly outcome: AttemptOutcome
  readonly now: Date
}

/** Writes an attempt's outcome down; false where the message has gone on since, or is gone. */
export function recordOutcome(db: Kysely<Tables>, end: AttemptEnd): Promise<boolean> {
  const { outcome } = end
  if (outcome.state !== 'QUEUED' || outcome.unsent) return update(db, end, {})
  return db.transaction().execute(async (tx) => update(tx, end, await turnAfterAttempt(tx, end.id)))
}

/** A message that was tried goes after the others of its sender: an attempt takes a turn, whatever came of it. */
async function turnAfterAttempt(tx: Kysely<Tables>, id: string): Promise<{ readonly turn?: number }> {
  const from = await tx
    .selectFrom('offline_message')
    .select(['provider', 'sender', 'email'])
    .where('id', '=', id)
    .executeTakeFirst()
  return from ? { turn: await nextTurn(tx, from) } : {}
}

async function update(
  db: Kysely<Tables>,
  { id, claim, outcome, now }: AttemptEnd,
  requeued: { readonly turn?: number },
): Promise<boolean> {
  const { state } = outcome
  const unsent = state === 'QUEUED' && outcome.unsent
  const settled = await db
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
  return settled !== undefined
}

/** Makes the messages `UNCONFIRMED` whose process has died, and answers how many. */
export async function expireAbandoned(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  now: Date,
): Promise<number> {
  const expired = await db
    .updateTable('offline_message')
    .set({ state: 'UNCONFIRMED', last_error: ABANDONED, lease_until: null, worker: null })
    .where('state', '=', 'SENDING')
    .where((eb) =>
      eb.or([
        eb('worker', 'not in', liveWorkers(db, backend)),
        // A replica of the version before worker leases holds a claim by time.
        eb('lease_until', '<', now.getTime()),
      ]),
    )
    .returning('id')
    .execute()
  await removeExpiredLeases(db, backend)
  return expired.length
}
