import { randomBytes } from 'node:crypto'
import type { Kysely, NotNull, Transaction } from 'kysely'
import type { LogLease } from '../../coordination/live-log-store.ts'
import { liveWorkers } from '../coordination/sql-lease-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { toChunks } from './chunks.ts'

/** The last lease of a log. */
export type LeaseRow = Tables['live_log_lease']

/** Epochs stand in cursors: twelve characters. */
const EPOCH_BYTES = 9

/**
 * Acquires the leases that no other live worker holds. Returns the valid lease of every name. Reads before it writes, because
 * processes that follow a log ask again and again.
 */
export async function acquireLeases(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  names: readonly string[],
  worker: string,
): Promise<readonly LogLease[]> {
  const chunks = toChunks([...new Set(names)].toSorted(compareBytes))
  const leases: LogLease[] = []
  for (const chunk of chunks) leases.push(...(await acquireChunk(db, backend, chunk, worker)))
  return leases
}

async function acquireChunk(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  names: readonly string[],
  worker: string,
): Promise<readonly LogLease[]> {
  const leases = new Map<string, LogLease>()
  const missing = () => names.filter((name) => !leases.has(name))
  // A lease that another process acquires between the two statements is read in the next iteration.
  while (leases.size < names.length) {
    for (const lease of await readLeases(db, backend, missing(), worker)) leases.set(lease.name, lease)
    const free = missing()
    if (free.length === 0) break
    for (const lease of await takeLeases(db, backend, free, worker)) leases.set(lease.name, lease)
  }
  return [...leases.values()]
}

/** The leases of live workers, and those that the worker itself still has. */
async function readLeases(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  names: readonly string[],
  worker: string,
): Promise<readonly LogLease[]> {
  return db
    .selectFrom('live_log_lease')
    .select(['name', 'epoch', 'worker'])
    .where('name', 'in', names)
    .where((eb) => eb.or([eb('worker', '=', worker), eb('worker', 'in', liveWorkers(db, backend))]))
    .$narrowType<{ worker: NotNull }>()
    .execute()
}

/** Takes the leases that nobody holds at this moment. Their rows are locked in the order of the names. */
async function takeLeases(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  names: readonly string[],
  worker: string,
): Promise<readonly LogLease[]> {
  const taken = await db
    .insertInto('live_log_lease')
    .values(names.map((name) => ({ name, worker, epoch: randomBytes(EPOCH_BYTES).toString('base64url') })))
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((eb) => ({ worker: eb.ref('excluded.worker'), epoch: eb.ref('excluded.epoch') }))
        .where((eb) =>
          eb.or([
            eb('live_log_lease.worker', 'is', null),
            eb('live_log_lease.worker', 'not in', liveWorkers(db, backend)),
          ]),
        ),
    )
    .returning(['name', 'epoch'])
    .execute()
  return taken.map((lease) => ({ ...lease, worker }))
}

/** Ends those leases that are still the ones in the store. Returns their names. */
export async function releaseLeases(
  tx: Transaction<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks'>,
  leases: readonly LogLease[],
): Promise<readonly string[]> {
  const isCurrent = await lockLeases(tx, backend, leases)
  const names = leases.filter(isCurrent).map(({ name }) => name)
  for (const chunk of toChunks(names)) {
    await tx.updateTable('live_log_lease').set({ worker: null }).where('name', 'in', chunk).execute()
  }
  return names
}

/**
 * Locks the leases of these logs until the transaction ends, so that no other process acquires them meanwhile. Returns whether
 * a lease is the one in the store. All transactions lock in the order of names: two of them cannot wait for each other.
 */
export async function lockLeases(
  tx: Transaction<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks'>,
  leases: readonly LogLease[],
): Promise<(lease: LogLease) => boolean> {
  const rows = await lockRows(
    tx,
    backend,
    leases.map(({ name }) => name),
  )
  return ({ name, epoch, worker }) => {
    const row = rows.get(name)
    return row?.epoch === epoch && row.worker === worker
  }
}

/** Locks the leases of these logs like `lockLeases`. Returns them by name. */
export async function lockRows(
  tx: Transaction<Tables>,
  backend: Pick<DatabaseBackend, 'hasRowLocks'>,
  names: readonly string[],
): Promise<ReadonlyMap<string, LeaseRow>> {
  const rows = new Map<string, LeaseRow>()
  for (const chunk of toChunks(names.toSorted(compareBytes))) {
    const query = selectRows(tx, chunk)
    const locked = await (backend.hasRowLocks ? query.forUpdate() : query).execute()
    for (const row of locked) rows.set(row.name, row)
  }
  return rows
}

/** The last leases of logs by name, also of workers that are dead. */
export async function readRows(
  db: Kysely<Tables>,
  names: readonly string[],
): Promise<ReadonlyMap<string, LeaseRow>> {
  const rows = await selectRows(db, names).execute()
  return new Map(rows.map((row) => [row.name, row]))
}

function selectRows(db: Kysely<Tables>, names: readonly string[]) {
  return db
    .selectFrom('live_log_lease')
    .select(['name', 'epoch', 'worker'])
    .where('name', 'in', names)
    .orderBy('name')
}

/** The order in which both databases sort names. */
function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}
