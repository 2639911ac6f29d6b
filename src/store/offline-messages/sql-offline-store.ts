import type { Kysely } from 'kysely'
import {
  type AcceptRequest,
  type AcceptResult,
  type AttemptOutcome,
  type Claim,
  type ClaimRequest,
  MessageNotStoredError,
  type OfflineStore,
  type QueueLimits,
  type StoredMessage,
  type StoredMessagePosition,
  type StoredMessageQuery,
} from '../../offline/offline-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { expireAbandoned, recordOutcome } from './attempt-outcomes.ts'
import { acceptMessage } from './message-acceptance.ts'
import { claimDueMessage, pauseProvider } from './message-claims.ts'
import { countMessages, findMessages, listMessages } from './message-queries.ts'
import { normalizeAddress, toStoredMessage, withoutNul } from './message-rows.ts'

/** Offline messages in either database. */
export class SqlOfflineStore implements OfflineStore {
  readonly #db: Kysely<Tables>
  readonly #backend: DatabaseBackend

  constructor(db: Kysely<Tables>, backend: DatabaseBackend) {
    this.#db = db
    this.#backend = backend
  }

  async accept(acceptance: AcceptRequest, limits: QueueLimits): Promise<AcceptResult> {
    const accepted = await acceptMessage(this.#db, this.#backend, acceptance, limits)
    // The message is committed, but a power failure may still lose it.
    return this.#flushed(accepted).catch((error: unknown) => {
      throw new MessageNotStoredError(true, error)
    })
  }

  find(ids: readonly string[]): Promise<readonly (StoredMessage | null)[]> {
    return findMessages(this.#db, ids)
  }

  list(
    query: StoredMessageQuery,
    after: StoredMessagePosition | null,
    limit: number,
  ): Promise<readonly StoredMessage[]> {
    return listMessages(this.#db, query, after, limit)
  }

  count(query: StoredMessageQuery): Promise<number> {
    return countMessages(this.#db, query)
  }

  async claim(request: ClaimRequest): Promise<Claim> {
    const claim = await claimDueMessage(this.#db, this.#backend, request)
    return claim.message ? this.#flushed(claim) : claim
  }

  async pauseProvider(provider: string, until: Date): Promise<void> {
    await this.#flushed(await pauseProvider(this.#db, provider, until))
  }

  async recordOutcome(id: string, claim: number, outcome: AttemptOutcome, now: Date): Promise<boolean> {
    return this.#flushed(await recordOutcome(this.#db, { id, claim, outcome, now }))
  }

  async expireAbandoned(now: Date): Promise<number> {
    const expired = await expireAbandoned(this.#db, this.#backend, now)
    return expired === 0 ? 0 : this.#flushed(expired)
  }

  async makeRetriesDue(now: Date): Promise<void> {
    await this.#db
      .updateTable('offline_message')
      .set((eb) => ({ next_attempt_at: now.getTime(), attempts_before: eb('attempts_before', '+', 1) }))
      .where('state', '=', 'QUEUED')
      .where('next_attempt_at', '>', now.getTime())
      .whereRef('attempts', '>', 'attempts_before')
      .execute()
  }

  async retry(id: string, now: Date): Promise<StoredMessage | null> {
    const row = await this.#db
      .updateTable('offline_message')
      .set((eb) => ({
        state: 'QUEUED' as const,
        attempts_before: eb.ref('attempts'),
        next_attempt_at: now.getTime(),
        // An operator waits for it: it is the next.
        turn: 0,
      }))
      .where('id', '=', withoutNul(id))
      .where('state', 'in', ['UNCONFIRMED', 'FAILED'])
      .returningAll()
      .executeTakeFirst()
    return this.#flushed(row ? toStoredMessage(row) : null)
  }

  async discard(id: string, now: Date): Promise<StoredMessage | null> {
    const row = await this.#db
      .updateTable('offline_message')
      .set({ state: 'DISCARDED', next_attempt_at: null, settled_at: now.getTime(), sender: null })
      .where('id', '=', withoutNul(id))
      .where('state', 'in', ['QUEUED', 'UNCONFIRMED', 'FAILED'])
      .returningAll()
      .executeTakeFirst()
    return this.#flushed(row ? toStoredMessage(row) : null)
  }

  async erase(email: string, providers: readonly string[] | null): Promise<number> {
    if (providers?.length === 0) return 0
    const address = normalizeAddress(email)
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
    return this.#flushed(erased.length)
  }

  countByState() {
    return this.#db
      .selectFrom('offline_message')
      .select((eb) => ['provider', 'state', eb.fn.countAll<number>().as('count')])
      .groupBy(['provider', 'state'])
      .execute()
  }

  async prune({ completed, keys }: { readonly completed: Date; readonly keys: Date }): Promise<void> {
    await this.#db.deleteFrom('offline_message').where('settled_at', '<', completed.getTime()).execute()
    await this.#db.deleteFrom('offline_key').where('used_at', '<', keys.getTime()).execute()
    await this.#db.deleteFrom('idempotency_key').where('begun_at', '<', keys.getTime()).execute()
  }

  /** Returns the result of a write after it is flushed to disk. */
  async #flushed<T>(result: T): Promise<T> {
    await this.#backend.flush()
    return result
  }
}
