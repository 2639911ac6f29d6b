import { type Kysely, sql, type UpdateObject } from 'kysely'
import type {
  IdempotencyKeyAttempt,
  IdempotencyKeyClaim,
  IdempotencyKeyState,
  IdempotencyKeyStore,
} from '../../coordination/idempotency-key-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'

/** Maximum duration of an attempt: after it, the outcome is unknown even if the process is alive. */
const MAX_ATTEMPT_MS = 600_000

/** Idempotency keys in the database that all processes share. */
export class SqlIdempotencyKeyStore implements IdempotencyKeyStore {
  readonly #db: Kysely<Tables>
  readonly #backend: DatabaseBackend

  constructor(db: Kysely<Tables>, backend: DatabaseBackend) {
    this.#db = db
    this.#backend = backend
  }

  async claim(request: IdempotencyKeyClaim): Promise<IdempotencyKeyState> {
    // A key that another process claims and releases in between is claimed in the next iteration.
    for (;;) {
      const state = (await this.#insert(request)) ?? (await this.#read(request))
      if (state) return state
    }
  }

  async takeOver(
    { id, attempt }: IdempotencyKeyAttempt,
    worker: string,
  ): Promise<IdempotencyKeyAttempt | null> {
    const claimed = await this.#db
      .updateTable('idempotency_key')
      .set({ state: 'PENDING', worker, attempt: attempt + 1, begun_at: this.#backend.now(), lands_by: null })
      .where('id', '=', id)
      .where('attempt', '=', attempt)
      .where('state', '=', 'UNKNOWN')
      .returning('attempt')
      .executeTakeFirst()
    await this.#backend.flush()
    return claimed ? { id, attempt: claimed.attempt } : null
  }

  async saveRecord(attempt: IdempotencyKeyAttempt, record: string): Promise<void> {
    await this.#update(attempt, { record })
    await this.#backend.flush()
  }

  // Not flushed: if a power failure loses this, the outcome counts as unknown and is found at the provider.
  async complete(attempt: IdempotencyKeyAttempt, record: string): Promise<void> {
    await this.#update(attempt, { state: 'DONE', record, lands_by: null })
  }

  async markUnknown(attempt: IdempotencyKeyAttempt, mayCompleteWithinMs: number): Promise<void> {
    await this.#update(attempt, {
      state: 'UNKNOWN',
      lands_by: sql<number>`${this.#backend.now()} + ${mayCompleteWithinMs}`,
    })
  }

  async release({ id, attempt }: IdempotencyKeyAttempt): Promise<void> {
    await this.#db
      .deleteFrom('idempotency_key')
      .where('id', '=', id)
      .where('attempt', '=', attempt)
      .where('state', '!=', 'DONE')
      .execute()
  }

  async #insert({ id, fingerprint, worker }: IdempotencyKeyClaim): Promise<IdempotencyKeyState | null> {
    const first = { state: 'PENDING', attempt: 1, record: null, lands_by: null } as const
    const claimed = await this.#db
      .insertInto('idempotency_key')
      .values({ id, fingerprint, worker, ...first, begun_at: this.#backend.now() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('attempt')
      .executeTakeFirst()
    if (!claimed) return null
    await this.#backend.flush()
    return { state: 'claimed', attempt: claimed.attempt }
  }

  async #read({
    id,
    fingerprint,
    mayCompleteWithinMs,
  }: IdempotencyKeyClaim): Promise<IdempotencyKeyState | null> {
    const row = await this.#db
      .selectFrom('idempotency_key')
      .leftJoin('worker_lease', 'worker_lease.id', 'idempotency_key.worker')
      .select(['fingerprint', 'state', 'attempt', 'record', 'begun_at', 'lands_by', 'lease_until'])
      .select(this.#backend.now().as('now'))
      .where('idempotency_key.id', '=', id)
      .executeTakeFirst()
    if (!row) return null
    const { state, attempt, record, begun_at, lands_by, lease_until, now } = row
    if (row.fingerprint !== fingerprint) return { state: 'conflict' }
    if (state === 'DONE') return { state: 'done', record: record ?? '' }
    if (state === 'UNKNOWN') {
      return { state: 'unknown', attempt, record, mayCompleteWithinMs: Math.max(0, (lands_by ?? 0) - now) }
    }
    const isInFlight = lease_until !== null && lease_until >= now && now - begun_at < MAX_ATTEMPT_MS
    if (isInFlight) return { state: 'pending' }
    await this.markUnknown({ id, attempt }, mayCompleteWithinMs)
    return { state: 'unknown', attempt, record, mayCompleteWithinMs }
  }

  async #update(
    { id, attempt }: IdempotencyKeyAttempt,
    changes: UpdateObject<Tables, 'idempotency_key'>,
  ): Promise<void> {
    await this.#db
      .updateTable('idempotency_key')
      .set(changes)
      .where('id', '=', id)
      .where('attempt', '=', attempt)
      .where('state', '!=', 'DONE')
      .execute()
  }
}
