import { setImmediate } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { DatabaseBackend } from '../databases/database.ts'
import type { Tables } from '../tables.ts'

/** Rows per statement: SQLite blocks the event loop meanwhile, and PostgreSQL ends statements that take too long. */
const ENTRIES_PER_READ = 500
const SNAPSHOTS_PER_READ = 20

type Backend = Pick<DatabaseBackend, 'asciiLowerCase'>

/** Yields the names of the logs of which an entry contains a text; a name more than once where several do. Rejects when the signal aborts. */
export async function* findInEntries(
  db: Kysely<Tables>,
  backend: Backend,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for (let after = { name: '', sequence: 0 }; ; ) {
    signal.throwIfAborted()
    const rows = await db
      .selectFrom('live_log_entry')
      .select(['name', 'sequence', isMatch(backend, text).as('isMatch')])
      .where(sql<boolean>`(name, sequence) > (${after.name}, ${after.sequence})`)
      .orderBy('name')
      .orderBy('sequence')
      .limit(ENTRIES_PER_READ)
      .execute()
    for (const { name, isMatch } of rows) if (isMatch === 1) yield name
    const last = rows.at(-1)
    if (!last || rows.length < ENTRIES_PER_READ) return
    after = last
    await setImmediate()
  }
}

/** Yields the names of the logs whose snapshot contains a text. Rejects when the signal aborts. */
export async function* findInSnapshots(
  db: Kysely<Tables>,
  backend: Backend,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    signal.throwIfAborted()
    const rows = await db
      .selectFrom('live_log')
      .select(['name', isMatch(backend, text).as('isMatch')])
      .where('name', '>', after)
      .orderBy('name')
      .limit(SNAPSHOTS_PER_READ)
      .execute()
    for (const { name, isMatch } of rows) if (isMatch === 1) yield name
    const last = rows.at(-1)
    if (!last || rows.length < SNAPSHOTS_PER_READ) return
    after = last.name
    await setImmediate()
  }
}

/** 1 where the content, which is JSON, contains a text in a string. */
function isMatch(backend: Backend, text: string) {
  const inJson = JSON.stringify(text).slice(1, -1)
  const pattern = `%${inJson.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
  const content = backend.asciiLowerCase(sql.ref<string>('content'))
  const lowered = backend.asciiLowerCase(sql.val(pattern))
  return sql<number>`case when ${content} like ${lowered} escape '\\' then 1 else 0 end`
}
