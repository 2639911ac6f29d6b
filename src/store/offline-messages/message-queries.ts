import { setImmediate } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { StoredMessage, StoredMessagePosition, StoredMessageQuery } from '../../offline/offline-store.ts'
import type { Tables } from '../tables.ts'
import { draftContains, normalizeAddress, toStoredMessage, withoutNul } from './message-rows.ts'

/** Rows per read when texts are searched. */
const PAGE_SIZE = 200

/** Messages by their ids, in the same order; null for those that do not exist. */
export async function findMessages(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<readonly (StoredMessage | null)[]> {
  if (ids.length === 0) return []
  const rows = await withNextSlot(db).where('id', 'in', ids.map(withoutNul)).execute()
  const found = new Map(rows.map((row) => [row.id, toStoredMessage(row)]))
  return ids.map((id) => found.get(id) ?? null)
}

/** Up to `limit` matching messages, newest first. */
export async function listMessages(
  db: Kysely<Tables>,
  query: StoredMessageQuery,
  after: StoredMessagePosition | null,
  limit: number,
): Promise<readonly StoredMessage[]> {
  const { text } = query
  if (query.providers.length === 0) return []
  if (!text) return (await readPage(db, query, after, limit)).map(toStoredMessage)
  const found: StoredMessage[] = []
  for await (const row of readAll(db, query, after)) {
    if (draftContains(row.draft, text)) found.push(toStoredMessage(row))
    if (found.length === limit) break
  }
  return found
}

/** Number of matching messages. */
export async function countMessages(db: Kysely<Tables>, query: StoredMessageQuery): Promise<number> {
  const { text } = query
  if (query.providers.length === 0) return 0
  if (!text) return countRows(db, query)
  let count = 0
  for await (const row of readAll(db, query, null)) if (draftContains(row.draft, text)) count += 1
  return count
}

/** All rows that match the query except for its text, page by page, so that other work runs in between. */
async function* readAll(db: Kysely<Tables>, query: StoredMessageQuery, after: StoredMessagePosition | null) {
  for (let position = after; ; ) {
    const rows = await readPage(db, query, position, PAGE_SIZE)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE_SIZE) return
    position = { at: new Date(last.accepted_at), id: last.id }
    await setImmediate()
  }
}

function readPage(
  db: Kysely<Tables>,
  query: StoredMessageQuery,
  after: StoredMessagePosition | null,
  limit: number,
) {
  const at = after?.at.getTime() ?? 0
  return withNextSlot(db)
    .where(matching(query))
    .$if(after !== null, (list) =>
      list.where((eb) =>
        eb.or([
          eb('accepted_at', '<', at),
          eb.and([eb('accepted_at', '=', at), eb('id', '<', withoutNul(after?.id ?? ''))]),
        ]),
      ),
    )
    .orderBy('accepted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

async function countRows(db: Kysely<Tables>, query: StoredMessageQuery): Promise<number> {
  const { count } = await db
    .selectFrom('offline_message')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(matching(query))
    .executeTakeFirstOrThrow()
  return count
}

function withNextSlot(db: Kysely<Tables>) {
  return db
    .selectFrom('offline_message')
    .leftJoin('offline_pace', 'offline_pace.provider', 'offline_message.provider')
    .selectAll('offline_message')
    .select('next_at')
}

/** All conditions except the text: the two databases fold case differently, so the gateway compares texts itself. */
function matching(query: StoredMessageQuery) {
  const { providers, from, to, department, email, states, nativeId } = query
  const conditions = [sql<boolean>`${sql.ref('offline_message.provider')} in (${sql.join(providers)})`]
  if (nativeId !== null) conditions.push(sql`native_id = ${withoutNul(nativeId)}`)
  if (from) conditions.push(sql`accepted_at >= ${from.getTime()}`)
  if (to) conditions.push(sql`accepted_at < ${to.getTime()}`)
  if (department !== null) conditions.push(sql`department = ${withoutNul(department)}`)
  if (states) conditions.push(states.length === 0 ? sql`1 = 0` : sql`state in (${sql.join(states)})`)
  if (email !== null) conditions.push(sql`email = ${normalizeAddress(email)}`)
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}
