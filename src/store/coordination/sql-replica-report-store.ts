import type { Kysely } from 'kysely'
import type { ReplicaReportStore, StoredReplica } from '../../coordination/replica-report-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { liveWorkers } from './sql-lease-store.ts'

/** Reports of worker processes in the database that they share. */
export class SqlReplicaReportStore implements ReplicaReportStore {
  readonly #db: Kysely<Tables>
  readonly #backend: DatabaseBackend

  constructor(db: Kysely<Tables>, backend: DatabaseBackend) {
    this.#db = db
    this.#backend = backend
  }

  async exchange(worker: string, report: string): Promise<readonly StoredReplica[]> {
    await this.#db
      .insertInto('replica_report')
      .values({ worker, report })
      .onConflict((conflict) =>
        conflict
          .column('worker')
          .doUpdateSet({ report })
          // An equal report writes nothing.
          .where('replica_report.report', '!=', report),
      )
      .execute()
    return this.#db
      .selectFrom(liveWorkers(this.#db, this.#backend).as('live'))
      .leftJoin('replica_report', 'replica_report.worker', 'live.id')
      .select(['live.id as worker', 'replica_report.report'])
      .execute()
  }

  async remove(worker: string): Promise<void> {
    await this.#db
      .deleteFrom('replica_report')
      .where((eb) =>
        eb.or([eb('worker', '=', worker), eb('worker', 'not in', liveWorkers(this.#db, this.#backend))]),
      )
      .execute()
  }
}
