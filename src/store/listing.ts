import { type Kysely, sql } from 'kysely'
import type { StoredMessage, StoredPlace, StoredQuery } from '../offline/store.ts'
import type { Backend } from './backend.ts'
import { fold, plain, toStoredMessage } from './rows.ts'
import type { Tables } from './tables.ts'

/** Messages by their ids, each with its provider's next turn. */
export async function findMessages(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<readonly (StoredMessage | null)[]> {
  if (ids.length === 0) return []
  const rows = await withTurns(db).where('id', 'in', ids.map(plain)).execute()
  const found = new Map(rows.map((row) => [row.id, toStoredMessage(row)]))
  return ids.map((id) => found.get(id) ?? null)
}

/** A page of matching messages, newest first. */
export async function listMessages(
  db: Kysely<Tables>,
  backend: Pick<Backend, 'position'>,
  query: StoredQuery,
  behind: StoredPlace | null,
  limit: number,
): Promise<readonly StoredMessage[]> {
  if (query.providers.length === 0) return []
  const at = behind?.at.getTime() ?? 0
  const rows = await withTurns(db)
    .where(matching(query, backend))
    .$if(behind !== null, (list) =>
      list.where((eb) =>
        eb.or([
          eb('accepted_at', '<', at),
          eb.and([eb('accepted_at', '=', at), eb('id', '<', plain(behind?.id ?? ''))]),
        ]),
      ),
    )
    .orderBy('accepted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toStoredMessage)
}

/** How many match. */
export async function countMessages(
  db: Kysely<Tables>,
  backend: Pick<Backend, 'position'>,
  query: StoredQuery,
): Promise<number> {
  if (query.providers.length === 0) return 0
  const { count } = await db
    .selectFrom('offline_message')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(matching(query, backend))
    .executeTakeFirstOrThrow()
  return count
}

function withTurns(db: Kysely<Tables>) {
  return db
    .selectFrom('offline_message')
    .leftJoin('offline_pace', 'offline_pace.provider', 'offline_message.provider')
    .selectAll('offline_message')
    .select('next_at')
}

function matching(query: StoredQuery, { position }: Pick<Backend, 'position'>) {
  const { providers, from, to, department, text, states, nativeId } = query
  const conditions = [sql<boolean>`${sql.ref('offline_message.provider')} in (${sql.join(providers)})`]
  if (nativeId !== null) conditions.push(sql`native_id = ${plain(nativeId)}`)
  if (from) conditions.push(sql`accepted_at >= ${from.getTime()}`)
  if (to) conditions.push(sql`accepted_at < ${to.getTime()}`)
  if (department !== null) conditions.push(sql`department = ${plain(department)}`)
  if (states) conditions.push(states.length === 0 ? sql`1 = 0` : sql`state in (${sql.join(states)})`)
  if (text) conditions.push(sql`${sql.raw(position)}(search, ${fold(text)}) > 0`)
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}
