import { type Kysely, sql, type Transaction } from 'kysely'
import type { LogAppend, LogContents, LogCursor, NamedLogEntry } from '../../coordination/live-log-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'
import { toChunks } from './chunks.ts'

/** Inserts the entries of appends whose leases are locked. Those that an earlier attempt stored already are left as they are. */
export async function insertEntries(
  tx: Transaction<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  appends: readonly LogAppend[],
): Promise<void> {
  const appended_at = backend.now()
  const rows = appends.flatMap(({ lease: { name, epoch }, entries }) =>
    entries.map(({ sequence, content }) => ({ name, sequence, epoch, content, appended_at })),
  )
  for (const chunk of toChunks(rows)) {
    await tx
      .insertInto('live_log_entry')
      .values(chunk)
      .onConflict((conflict) => conflict.columns(['name', 'sequence']).doNothing())
      .execute()
  }
}

/** Replaces the snapshots of appends that have one. */
export async function saveSnapshots(
  tx: Transaction<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  appends: readonly LogAppend[],
): Promise<void> {
  const saved_at = backend.now()
  const rows = appends.flatMap(({ lease: { name }, snapshot }) => {
    if (snapshot === null) return []
    const { epoch, sequence, content } = snapshot
    return [{ name, epoch, sequence, content, saved_at }]
  })
  for (const chunk of toChunks(rows)) {
    await tx
      .insertInto('live_log')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((eb) => ({
          epoch: eb.ref('excluded.epoch'),
          sequence: eb.ref('excluded.sequence'),
          content: eb.ref('excluded.content'),
          saved_at: eb.ref('excluded.saved_at'),
        })),
      )
      .execute()
  }
}

/** The entries after each position, per log in ascending order. */
export async function readEntries(
  db: Kysely<Tables>,
  positions: readonly LogCursor[],
): Promise<readonly NamedLogEntry[]> {
  const entries: NamedLogEntry[] = []
  for (const chunk of toChunks(positions)) {
    // One join for all logs. PostgreSQL does not know the types of parameters in a list of values.
    const rows = chunk.map(({ name, sequence }) => sql`(cast(${name} as text), cast(${sequence} as bigint))`)
    const read = await db
      .with('after_position(name, sequence)', () => sql<LogCursor>`(values ${sql.join(rows)})`)
      .selectFrom('after_position')
      .innerJoin('live_log_entry', (join) =>
        join
          .onRef('live_log_entry.name', '=', 'after_position.name')
          .onRef('live_log_entry.sequence', '>', 'after_position.sequence'),
      )
      .select(['live_log_entry.name', 'epoch', 'live_log_entry.sequence', 'content'])
      .orderBy('live_log_entry.name')
      .orderBy('live_log_entry.sequence')
      .execute()
    entries.push(...read)
  }
  return entries
}

/**
 * Names of the logs in which another epoch has an entry after the position at which these appends begin, or a snapshot that
 * includes one: their holder does not know all that they have held.
 */
export async function findConflicts(
  tx: Transaction<Tables>,
  appends: readonly LogAppend[],
): Promise<ReadonlySet<string>> {
  const epochsByName = new Map(appends.map(({ lease: { name, epoch } }) => [name, epoch]))
  const positions = appends.flatMap(({ lease: { name }, entries: [first], snapshot }) => {
    const sequence = first ? first.sequence - 1 : snapshot?.sequence
    return sequence === undefined ? [] : [{ name, sequence }]
  })
  const known = [...(await readEntries(tx, positions)), ...(await readLaterSnapshots(tx, positions))]
  return new Set(known.filter(({ name, epoch }) => epochsByName.get(name) !== epoch).map(({ name }) => name))
}

/** Which of these logs have a snapshot that includes an entry after the position. */
async function readLaterSnapshots(
  db: Kysely<Tables>,
  positions: readonly LogCursor[],
): Promise<readonly Pick<NamedLogEntry, 'name' | 'epoch'>[]> {
  const sequences = new Map(positions.map(({ name, sequence }) => [name, sequence]))
  const later: Pick<NamedLogEntry, 'name' | 'epoch'>[] = []
  for (const chunk of toChunks([...sequences.keys()])) {
    const rows = await db
      .selectFrom('live_log')
      .select(['name', 'epoch', 'sequence'])
      .where('name', 'in', chunk)
      .execute()
    later.push(...rows.filter(({ name, sequence }) => sequence > (sequences.get(name) ?? 0)))
  }
  return later
}

/** Reads everything that a log holds, in one statement: entries may be deleted and a snapshot be saved at any moment. */
export async function loadLog(
  db: Kysely<Tables>,
  backend: Pick<DatabaseBackend, 'now'>,
  name: string,
): Promise<LogContents> {
  const rows = await db
    .selectFrom('live_log')
    .select([
      'epoch',
      'sequence',
      'content',
      sql<number>`0`.as('isEntry'),
      msSince(backend, 'saved_at').as('ageMs'),
    ])
    .where('name', '=', name)
    .unionAll((eb) =>
      eb
        .selectFrom('live_log_entry')
        .select([
          'epoch',
          'sequence',
          'content',
          sql<number>`1`.as('isEntry'),
          msSince(backend, 'appended_at').as('ageMs'),
        ])
        .where('name', '=', name),
    )
    .orderBy('isEntry')
    .orderBy('sequence')
    .execute()
  const ages = rows.map(({ ageMs }) => ageMs)
  const [saved] = rows.filter(({ isEntry }) => isEntry === 0)
  return {
    snapshot: saved ? { epoch: saved.epoch, sequence: saved.sequence, content: saved.content } : null,
    entries: rows
      .filter(({ isEntry }) => isEntry === 1)
      .map(({ epoch, sequence, content }) => ({ epoch, sequence, content })),
    changedMsAgo: ages.length > 0 ? Math.min(...ages) : null,
  }
}

function msSince(backend: Pick<DatabaseBackend, 'now'>, column: 'saved_at' | 'appended_at') {
  return sql<number>`${backend.now()} - ${sql.ref(column)}`
}
