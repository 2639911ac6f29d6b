import type { Kysely } from 'kysely'
import type {
  LiveLogStore,
  LogAppend,
  LogContents,
  LogCursor,
  LogLease,
  NamedLogEntry,
} from '../../coordination/live-log-store.ts'
import { liveWorkers } from '../coordination/sql-lease-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { findConflicts, insertEntries, loadLog, readEntries, saveSnapshots } from './log-entries.ts'
import { acquireLeases, lockLeases, releaseLeases } from './log-leases.ts'
import { deleteAbandonedLogs, deleteExcessEntries, deleteOldEntries } from './log-pruning.ts'
import type { NoticePublisher } from './notice.ts'

/**
 * The logs of live events in either database. Nothing is flushed to disk: after a power failure cursors resume by position
 * and fingerprint where the last entries are lost.
 */
export class SqlLiveLogStore implements LiveLogStore {
  readonly #db: Kysely<Tables>
  readonly #backend: DatabaseBackend
  readonly #notices: NoticePublisher | null

  /** `notices` tell the other processes; null where there are none. */
  constructor(db: Kysely<Tables>, backend: DatabaseBackend, notices: NoticePublisher | null) {
    this.#db = db
    this.#backend = backend
    this.#notices = notices
  }

  acquire(names: readonly string[], worker: string): Promise<readonly LogLease[]> {
    return this.#onOneConnection((db) => acquireLeases(db, this.#backend, names, worker))
  }

  async release(leases: readonly LogLease[]): Promise<void> {
    if (leases.length === 0) return
    await this.#db.transaction().execute(async (tx) => {
      const names = await releaseLeases(tx, this.#backend, leases)
      await this.#notices?.publish(tx, { kind: 'released', names })
    })
  }

  async append(appends: readonly LogAppend[]): Promise<readonly string[]> {
    if (appends.length === 0) return []
    return this.#db.transaction().execute(async (tx) => {
      const isHeld = await lockLeases(
        tx,
        this.#backend,
        appends.map(({ lease }) => lease),
      )
      const held = appends.filter(({ lease }) => isHeld(lease))
      const conflicts = await findConflicts(tx, held)
      const accepted = new Set(held.filter(({ lease }) => !conflicts.has(lease.name)))
      await insertEntries(tx, this.#backend, [...accepted])
      await saveSnapshots(tx, this.#backend, [...accepted])
      await this.#notices?.publish(tx, { kind: 'appended', logs: [...accepted].flatMap(newestOf) })
      return appends.filter((append) => !accepted.has(append)).map(({ lease }) => lease.name)
    })
  }

  readAfter(positions: readonly LogCursor[]): Promise<readonly NamedLogEntry[]> {
    return this.#onOneConnection((db) => readEntries(db, positions))
  }

  load(name: string): Promise<LogContents> {
    return this.#onOneConnection((db) => loadLog(db, this.#backend, name))
  }

  async liveWorkers(): Promise<readonly string[]> {
    const workers = await liveWorkers(this.#db, this.#backend).execute()
    return workers.map(({ id }) => id)
  }

  async prune(maxAgeMs: number, maxEntries: number): Promise<void> {
    await deleteOldEntries(this.#db, this.#backend, maxAgeMs)
    await deleteExcessEntries(this.#db, maxEntries)
    await deleteAbandonedLogs(this.#db, this.#backend)
  }

  /** One time limit holds for all statements together, because they share one connection. */
  #onOneConnection<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.#db.connection().execute(work)
  }
}

/** A snapshot alone is announced too: a follower that came before it has waited for it. */
function newestOf({ lease: { name }, entries, snapshot }: LogAppend): readonly LogCursor[] {
  const newest = entries.at(-1) ?? snapshot
  return newest ? [{ name, sequence: newest.sequence }] : []
}
