import { type Kysely, sql } from 'kysely'
import type { LeaseStore } from '../../coordination/lease-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'

/** Leases of worker processes in the database that they share. */
export class SqlLeaseStore implements LeaseStore {
  readonly #db: Kysely<Tables>
  readonly #backend: DatabaseBackend

  constructor(db: Kysely<Tables>, backend: DatabaseBackend) {
    this.#db = db
    this.#backend = backend
  }

  async register(worker: string, leaseMs: number): Promise<boolean> {
    const isAlone = await this.#backend.isOnlyProcess()
    if (isAlone) await this.#db.deleteFrom('worker_lease').execute()
    await this.renew(worker, leaseMs)
    return isAlone
  }

  renew(worker: string, leaseMs: number): Promise<void> {
    return renewLease(this.#db, this.#backend, worker, leaseMs)
  }

  async release(worker: string): Promise<void> {
    await this.#db.deleteFrom('worker_lease').where('id', '=', worker).execute()
  }
}

/** Makes a worker's lease end in `leaseMs`; also used within the transaction of a claim. */
export async function renewLease(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  worker: string,
  leaseMs: number,
): Promise<void> {
  const lease_until = backend.now()
  await db
    .insertInto('worker_lease')
    .values({ id: worker, lease_until: sql<number>`${lease_until} + ${leaseMs}` })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ lease_until: eb.ref('excluded.lease_until') })),
    )
    .execute()
}

/** Subquery for the workers whose leases are valid. */
export function liveWorkers(db: Kysely<Tables>, backend: Pick<DatabaseBackend, 'now'>) {
  return db.selectFrom('worker_lease').select('id').where('lease_until', '>=', backend.now())
}

/** Deletes the expired leases. */
export async function removeExpiredLeases(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
): Promise<void> {
  await db.deleteFrom('worker_lease').where('lease_until', '<', backend.now()).execute()
}
