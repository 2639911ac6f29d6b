import { type Kysely, sql, type UpdateObject } from 'kysely'
import type { ClaimStore, KeyAttempt, KeyRequest, KeyState } from '../coordination/claim-store.ts'
import type { Backend } from './backend.ts'
import type { Tables } from './tables.ts'

/** No attempt takes longer, however many calls it makes: after it one is unknown though its process lives. */
const LONGEST_ATTEMPT_MS = 600_000

/** Idempotency keys, in the database that all processes share. */
export class SqlClaimStore implements ClaimStore {
  readonly #db: Kysely<Tables>
  readonly #backend: Backend

  constructor(db: Kysely<Tables>, backend: Backend) {
    this.#db = db
    this.#backend = backend
  }

  async claim(request: KeyRequest): Promise<KeyState> {
    // A key that was free, then taken, then freed again in between, is claimed with the next try.
    for (;;) {
      const state = (await this.#take(request)) ?? (await this.#read(request))
      if (state) return state
    }
  }

  async takeOver({ id, attempt }: KeyAttempt, worker: string): Promise<KeyAttempt | null> {
    const taken = await this.#db
      .updateTable('idempotency_key')
      .set({ state: 'PENDING', worker, attempt: attempt + 1, begun_at: this.#backend.now(), lands_by: null })
      .where('id', '=', id)
      .where('attempt', '=', attempt)
      .where('state', '=', 'UNKNOWN')
      .returning('attempt')
      .executeTakeFirst()
    await this.#backend.keep()
    return taken ? { id, attempt: taken.attempt } : null
  }

  async note(attempt: KeyAttempt, record: string): Promise<void> {
    await this.#update(attempt, { record })
    await this.#backend.keep()
  }

  // Where this is lost in a power cut, the attempt counts as unknown, and what it did is found at the provider.
  async finish(attempt: KeyAttempt, record: string): Promise<void> {
    await this.#update(attempt, { state: 'DONE', record, lands_by: null })
  }

  async leaveUnknown(attempt: KeyAttempt, landsInMs: number): Promise<void> {
    await this.#update(attempt, {
      state: 'UNKNOWN',
      lands_by: sql<number>`${this.#backend.now()} + ${landsInMs}`,
    })
  }

  async free({ id, attempt }: KeyAttempt): Promise<void> {
    await this.#db
      .deleteFrom('idempotency_key')
      .where('id', '=', id)
      .where('attempt', '=', attempt)
      .where('state', '!=', 'DONE')
      .execute()
  }

  async #take({ id, fingerprint, worker }: KeyRequest): Promise<KeyState | null> {
    const first = { state: 'PENDING', attempt: 1, record: null, lands_by: null } as const
    const taken = await this.#db
      .insertInto('idempotency_key')
      .values({ id, fingerprint, worker, ...first, begun_at: this.#backend.now() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('attempt')
      .executeTakeFirst()
    if (!taken) return null
    await this.#backend.keep()
    return { state: 'claimed', attempt: taken.attempt }
  }

  async #read({ id, fingerprint, landingMs }: KeyRequest): Promise<KeyState | null> {
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
      return { state: 'unknown', attempt, record, landsInMs: Math.max(0, (lands_by ?? 0) - now) }
    }
    const isUnderWay = lease_until !== null && lease_until >= now && now - begun_at < LONGEST_ATTEMPT_MS
    if (isUnderWay) return { state: 'pending' }
    await this.leaveUnknown({ id, attempt }, landingMs)
    return { state: 'unknown', attempt, record, landsInMs: landingMs }
  }

  async #update(
    { id, attempt }: KeyAttempt,
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
