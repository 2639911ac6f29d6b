import { Kysely } from 'kysely'
import {
  type Acceptance,
  type Accepted,
  type AttemptOutcome,
  type Claim,
  type ClaimRequest,
  NotStored,
  type OfflineStore,
  type StoredMessage,
  type StoredPlace,
  type StoredQuery,
} from '../offline/store.ts'
import { accept } from './accepting.ts'
import type { Backend } from './backend.ts'
import { claimDue, pauseUntil } from './claims.ts'
import { countMessages, findMessages, listMessages } from './listing.ts'
import { migrate } from './migrations.ts'
import { foldAddress, plain, toStoredMessage } from './rows.ts'
import type { Tables } from './tables.ts'

const LEASE_RAN_OUT = 'The gateway that sent it went away before an answer came; it may have arrived.'

/** The one implementation of the contract, over either database. Migrates it first; closes it where that fails. */
export async function createOfflineStore(backend: Backend): Promise<OfflineStore> {
  const db = new Kysely<Tables>({ dialect: backend.dialect })
  try {
    await migrate(db)
    await backend.keep()
  } catch (error) {
    await db.destroy()
    await backend.close()
    throw error
  }
  return new SqlOfflineStore(db, backend)
}

class SqlOfflineStore implements OfflineStore {
  readonly #db: Kysely<Tables>
  readonly #backend: Backend

  constructor(db: Kysely<Tables>, backend: Backend) {
    this.#db = db
    this.#backend = backend
  }

  async accept(acceptance: Acceptance): Promise<Accepted> {
    const accepted = await accept(this.#db, acceptance).catch((error: unknown) => {
      throw new NotStored(this.#backend.mayHaveHappened(error), error)
    })
    // It is there, and may go with the next power cut.
    return this.#kept(accepted).catch((error: unknown) => {
      throw new NotStored(true, error)
    })
  }

  find(ids: readonly string[]): Promise<readonly (StoredMessage | null)[]> {
    return findMessages(this.#db, ids)
  }

  list(query: StoredQuery, behind: StoredPlace | null, limit: number): Promise<readonly StoredMessage[]> {
    return listMessages(this.#db, this.#backend, query, behind, limit)
  }

  count(query: StoredQuery): Promise<number> {
    return countMessages(this.#db, this.#backend, query)
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const claim = await claimDue(this.#db, this.#backend, request)
    return claim.message ? this.#kept(claim) : claim
  }

  async pause(provider: string, until: Date): Promise<void> {
    await this.#kept(await pauseUntil(this.#db, provider, until))
  }

  async settle(id: string, claim: number, outcome: AttemptOutcome, now: Date): Promise<boolean> {
    const { state } = outcome
    const unsent = state === 'QUEUED' && outcome.unsent
    const settled = await this.#db
      .updateTable('offline_message')
      .set((eb) => ({
        state,
        attempts: eb('attempts', '-', unsent ? 1 : 0),
        last_error: state === 'SENT' ? null : outcome.error,
        native_id: state === 'SENT' && outcome.nativeId !== null ? plain(outcome.nativeId) : null,
        next_attempt_at: state === 'QUEUED' ? outcome.nextAttemptAt.getTime() : null,
        lease_until: null,
        settled_at: state === 'SENT' ? now.getTime() : null,
      }))
      .where('id', '=', id)
      .where('claims', '=', claim)
      .where('state', 'in', ['SENDING', 'UNCONFIRMED'])
      .returning('id')
      .executeTakeFirst()
    return this.#kept(settled !== undefined)
  }

  async expireLeases(now: Date): Promise<number> {
    const expired = await this.#db
      .updateTable('offline_message')
      .set({ state: 'UNCONFIRMED', last_error: LEASE_RAN_OUT, lease_until: null })
      .where('state', '=', 'SENDING')
      .where('lease_until', '<', now.getTime())
      .returning('id')
      .execute()
    return expired.length === 0 ? 0 : this.#kept(expired.length)
  }

  async retry(id: string, now: Date): Promise<StoredMessage | null> {
    const row = await this.#db
      .updateTable('offline_message')
      .set((eb) => ({
        state: 'QUEUED' as const,
        attempts_before: eb.ref('attempts'),
        next_attempt_at: now.getTime(),
      }))
      .where('id', '=', plain(id))
      .where('state', 'in', ['UNCONFIRMED', 'FAILED'])
      .returningAll()
      .executeTakeFirst()
    return this.#kept(row ? toStoredMessage(row) : null)
  }

  async discard(id: string, now: Date): Promise<StoredMessage | null> {
    const row = await this.#db
      .updateTable('offline_message')
      .set({ state: 'DISCARDED', next_attempt_at: null, settled_at: now.getTime() })
      .where('id', '=', plain(id))
      .where('state', 'in', ['QUEUED', 'UNCONFIRMED', 'FAILED'])
      .returningAll()
      .executeTakeFirst()
    return this.#kept(row ? toStoredMessage(row) : null)
  }

  async erase(email: string, providers: readonly string[] | null): Promise<number> {
    if (providers?.length === 0) return 0
    const address = foldAddress(email)
    const erased = await this.#db.transaction().execute(async (tx) => {
      const rows = await tx
        .deleteFrom('offline_message')
        .where('email', '=', address)
        .$if(providers !== null, (query) => query.where('provider', 'in', providers ?? []))
        .returning('id')
        .execute()
      for (const { id } of rows) {
        await tx.updateTable('offline_key').set({ fingerprint: '' }).where('message_id', '=', id).execute()
      }
      return rows
    })
    return this.#kept(erased.length)
  }

  tally() {
    return this.#db
      .selectFrom('offline_message')
      .select((eb) => ['provider', 'state', eb.fn.countAll<number>().as('count')])
      .groupBy(['provider', 'state'])
      .execute()
  }

  async prune({ settled, keys }: { readonly settled: Date; readonly keys: Date }): Promise<void> {
    await this.#db.deleteFrom('offline_message').where('settled_at', '<', settled.getTime()).execute()
    await this.#db.deleteFrom('offline_key').where('used_at', '<', keys.getTime()).execute()
  }

  async close(): Promise<void> {
    await this.#db.destroy()
    await this.#backend.close()
  }

  /** What a write has answered, when it is there to stay. */
  async #kept<T>(answer: T): Promise<T> {
    await this.#backend.keep()
    return answer
  }
}
