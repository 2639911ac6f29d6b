import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

const BYTES = 32

/** Returns a random secret that all processes of the database share; creates it on first use. */
export async function sharedSecret(db: Kysely<Tables>, name: string): Promise<Buffer> {
  const existing = await find(db, name)
  if (existing) return existing
  const value = randomBytes(BYTES).toString('base64url')
  await db
    .insertInto('gateway_secret')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  // Another process may have created it first.
  return (await find(db, name)) ?? Buffer.from(value, 'base64url')
}

async function find(db: Kysely<Tables>, name: string): Promise<Buffer | null> {
  const row = await db
    .selectFrom('gateway_secret')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  return row ? Buffer.from(row.value, 'base64url') : null
}
