import type { Kysely, Transaction } from 'kysely'
import type {
  LogDescription,
  LogDescriptions,
  LogErasureStore,
} from '../../coordination/log-erasure-store.ts'
import { liveWorkers } from '../coordination/sql-lease-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { toChunks } from './chunks.ts'
import { type LeaseRow, lockRows, readRows } from './log-leases.ts'
import type { NoticePublisher } from './notice.ts'
import { findInEntries, findInSnapshots } from './text-search.ts'

/** Logs per transaction: their holders cannot append meanwhile. */
const LOGS_PER_TRANSACTION = 50

/** Deletes from the logs of either database. */
export class SqlLogErasureStore implements LogErasureStore {
  readonly #db: Kysely<Tables>
  readonly #backend: DatabaseBackend
  readonly #notices: NoticePublisher | null

  /** `notices` tell the other processes; null where there are none. */
  constructor(db: Kysely<Tables>, backend: DatabaseBackend, notices: NoticePublisher | null) {
    this.#db = db
    this.#backend = backend
    this.#notices = notices
  }

  async findContaining(text: string, signal: AbortSignal): Promise<readonly string[]> {
    const names = new Set<string>()
    for (const find of [findInEntries, findInSnapshots]) {
      for await (const name of find(this.#db, this.#backend, text, signal)) names.add(name)
    }
    return [...names]
  }

  async describe(names: readonly string[]): Promise<LogDescriptions> {
    const { at } = await this.#db.selectNoFrom(this.#backend.now().as('at')).executeTakeFirstOrThrow()
    const logs: LogDescription[] = []
    for (const chunk of toChunks(names, LOGS_PER_TRANSACTION)) logs.push(...(await this.#describe(chunk)))
    return { at, logs }
  }

  async requestSnapshots(names: readonly string[]): Promise<void> {
    await this.#notices?.publish(this.#db, { kind: 'save', names })
  }

  async erase({ at, logs }: LogDescriptions): Promise<readonly string[]> {
    const left: string[] = []
    for (const part of toChunks(logs, LOGS_PER_TRANSACTION)) {
      left.push(...(await this.#db.transaction().execute((tx) => this.#erase(tx, part, at))))
    }
    await this.#backend.flush()
    return left
  }

  async #describe(names: readonly string[]): Promise<readonly LogDescription[]> {
    const newest = await this.#db
      .selectFrom('live_log_entry')
      .select((eb) => ['name', eb.fn.max('sequence').as('sequence')])
      .where('name', 'in', names)
      .groupBy('name')
      .execute()
    const sequences = new Map(newest.map(({ name, sequence }) => [name, sequence]))
    const leases = await readRows(this.#db, names)
    const isLive = await this.#readLiveWorkers(this.#db)
    return names.map((name) => {
      const lease = leases.get(name)
      const sequence = sequences.get(name) ?? 0
      return { name, sequence, epoch: lease?.epoch ?? null, isHeld: isLive(lease) }
    })
  }

  /** Returns the names of the logs that it leaves as they are. */
  async #erase(
    tx: Transaction<Tables>,
    logs: readonly LogDescription[],
    at: number,
  ): Promise<readonly string[]> {
    const names = logs.map(({ name }) => name)
    const leases = await lockRows(tx, this.#backend, names)
    const isLive = await this.#readLiveWorkers(tx)
    const isSaved = await readSaved(tx, names, at)
    const held = logs.filter(({ name }) => isLive(leases.get(name)))
    const saved = held.filter(isSaved)
    const abandoned = logs.filter(
      ({ name, epoch, isHeld }) =>
        !isHeld && !isLive(leases.get(name)) && epoch === (leases.get(name)?.epoch ?? null),
    )
    for (const { name, sequence } of saved) await deleteEntries(tx, name, sequence)
    for (const { name } of abandoned) await deleteLog(tx, name)
    const erased = new Set([...saved, ...abandoned])
    return logs.filter((log) => !erased.has(log)).map(({ name }) => name)
  }

  async #readLiveWorkers(db: Kysely<Tables>): Promise<(lease: LeaseRow | undefined) => boolean> {
    const alive = new Set((await liveWorkers(db, this.#backend).execute()).map(({ id }) => id))
    return (lease) => lease?.worker != null && alive.has(lease.worker)
  }
}

/** Whether a log has a snapshot as new as its description, which includes the entries that are to be deleted; or has neither. */
async function readSaved(
  tx: Transaction<Tables>,
  names: readonly string[],
  at: number,
): Promise<(log: LogDescription) => boolean> {
  const rows = await tx
    .selectFrom('live_log')
    .select(['name', 'sequence', 'saved_at'])
    .where('name', 'in', names)
    .execute()
  const snapshots = new Map(rows.map((row) => [row.name, row]))
  return ({ name, sequence }) => {
    const snapshot = snapshots.get(name)
    return snapshot ? snapshot.saved_at >= at && snapshot.sequence >= sequence : sequence === 0
  }
}

/** Deletes the entries of a log up to a sequence number. */
async function deleteEntries(tx: Transaction<Tables>, name: string, sequence: number): Promise<void> {
  await tx.deleteFrom('live_log_entry').where('name', '=', name).where('sequence', '<=', sequence).execute()
}

/** Deletes a log that nobody holds, with its lease: a worker that was suspended cannot append any more. */
async function deleteLog(tx: Transaction<Tables>, name: string): Promise<void> {
  for (const table of ['live_log_entry', 'live_log', 'live_log_lease'] as const) {
    await tx.deleteFrom(table).where('name', '=', name).execute()
  }
}
