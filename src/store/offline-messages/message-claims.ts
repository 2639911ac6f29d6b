import type { Kysely, Transaction } from 'kysely'
import type { Claim, ClaimRequest } from '../../offline/offline-store.ts'
import { renewLease } from '../coordination/sql-lease-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { toStoredMessage } from './message-rows.ts'

/**
 * Claims the due message with the lowest turn of a provider, if the provider's spacing allows an attempt now. Reads before
 * it locks, because usually nothing is due.
 */
export async function claimDueMessage(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks' | 'now'>,
  request: ClaimRequest,
): Promise<Claim> {
  const dueAt = await nextDue(db, request.provider)
  if (dueAt === null || dueAt > request.now.getTime()) return noClaim(dueAt)
  const claimed = await db.transaction().execute((tx) => claimMessage(tx, backend, request))
  if (!claimed) return noClaim(await nextDue(db, request.provider))
  const { attempts, attempts_before: before, claims: claim } = claimed
  return { message: toStoredMessage(claimed), attemptsSinceRequeue: attempts - before, claim }
}

function noClaim(dueAt: number | null): Claim {
  return { message: null, dueAt: dueAt === null ? null : new Date(dueAt) }
}

/** When the next message of a provider is due, by its own time and by the provider's. */
async function nextDue(db: Kysely<Tables>, provider: string): Promise<number | null> {
  const first = await db
    .selectFrom('offline_message')
    .leftJoin('offline_pace', 'offline_pace.provider', 'offline_message.provider')
    .select(['next_attempt_at', 'next_at'])
    .where('offline_message.provider', '=', provider)
    .where('state', '=', 'QUEUED')
    .orderBy('next_attempt_at')
    .limit(1)
    .executeTakeFirst()
  return first ? Math.max(first.next_attempt_at ?? 0, first.next_at ?? 0) : null
}

async function claimMessage(
  tx: Transaction<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks' | 'now'>,
  { provider, now, worker, leaseMs, spacingMs }: ClaimRequest,
) {
  const at = now.getTime()
  const due = tx
    .selectFrom('offline_message')
    .select(['id', 'turn'])
    .where('provider', '=', provider)
    .where('state', '=', 'QUEUED')
    // An expression, so that the index by turn is used: with the index by time, all due messages would be sorted.
    .where((eb) => eb(eb('next_attempt_at', '+', 0), '<=', at))
    .orderBy('turn')
    .orderBy('next_attempt_at')
    .limit(1)
  const candidate = await (backend.hasRowLocks ? due.forUpdate().skipLocked() : due).executeTakeFirst()
  if (!candidate || !(await reserveSlot(tx, provider, at, { spacingMs, turn: candidate.turn }))) return null
  await renewLease(tx, backend, worker, leaseMs)
  return tx
    .updateTable('offline_message')
    .set((eb) => ({
      state: 'SENDING' as const,
      claims: eb('claims', '+', 1),
      attempts: eb('attempts', '+', 1),
      next_attempt_at: null,
      worker,
    }))
    .where('id', '=', candidate.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Reserves the provider's next slot; returns false if it has not come. The row is a lock between replicas. */
async function reserveSlot(
  tx: Transaction<Tables>,
  provider: string,
  at: number,
  { spacingMs, turn }: { readonly spacingMs: number; readonly turn: number },
) {
  const next_at = at + spacingMs
  const reserved = await tx
    .insertInto('offline_pace')
    .values({ provider, next_at, turn })
    .onConflict((conflict) =>
      conflict
        .column('provider')
        .doUpdateSet((eb) => ({
          next_at,
          turn: eb
            .case()
            .when('offline_pace.turn', '<', turn)
            .then(turn)
            .else(eb.ref('offline_pace.turn'))
            .end(),
        }))
        .where('offline_pace.next_at', '<=', at),
    )
    .returning('provider')
    .executeTakeFirst()
  return reserved !== undefined
}

/** Delays a provider's next slot until this time. */
export async function pauseProvider(db: Kysely<Tables>, provider: string, until: Date): Promise<void> {
  const next_at = until.getTime()
  await db
    .insertInto('offline_pace')
    .values({ provider, next_at, turn: 0 })
    .onConflict((conflict) =>
      conflict.column('provider').doUpdateSet({ next_at }).where('offline_pace.next_at', '<', next_at),
    )
    .execute()
}
