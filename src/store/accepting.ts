import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Acceptance, Accepted } from '../offline/store.ts'
import { newKey, newMessage, toStoredMessage } from './rows.ts'
import type { Tables } from './tables.ts'

/** Takes a message in, with its key if it has one. Rejects with what the database says; nothing is stored then. */
export type Accept = (acceptance: Acceptance) => Promise<Accepted>

/** Each message by itself: for a database that itself commits together what comes at once. */
export function acceptEach(db: Kysely<Tables>): Accept {
  return (acceptance) => {
    if (acceptance.idempotencyKey === null) return takeIn(db, acceptance)
    return db.transaction().execute((tx) => takeIn(tx, acceptance))
  }
}

interface Waiting {
  readonly acceptance: Acceptance
  readonly resolve: (accepted: Accepted) => void
  readonly reject: (error: unknown) => void
}

/**
 * All that come in one turn of the event loop in one transaction: where a commit holds up the process until the
 * disk has it, those that came meanwhile shall wait for one more, not for one each.
 */
export function acceptTogether(db: Kysely<Tables>): Accept {
  let waiting: Waiting[] = []

  /** Where one of several is refused the others are not: each is tried alone. */
  async function commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const accepted = await db.transaction().execute(async (tx) => {
        const all: Accepted[] = []
        for (const { acceptance } of batch) all.push(await takeIn(tx, acceptance))
        return all
      })
      for (const [index, one] of accepted.entries()) batch[index]?.resolve(one)
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      else for (const each of batch) await commit([each])
    }
  }

  async function commitNext(): Promise<void> {
    await setImmediate()
    const batch = waiting
    waiting = []
    await commit(batch)
  }

  return (acceptance) =>
    new Promise((resolve, reject) => {
      waiting.push({ acceptance, resolve, reject })
      if (waiting.length === 1) void commitNext()
    })
}

async function takeIn(tx: Kysely<Tables>, acceptance: Acceptance): Promise<Accepted> {
  const { idempotencyKey } = acceptance
  if (idempotencyKey !== null) {
    const key = newKey(acceptance, idempotencyKey)
    // Where two bring one key at once, PostgreSQL lets the second wait here for the first's commit.
    const taken = await tx
      .insertInto('offline_key')
      .values(key)
      .onConflict((conflict) => conflict.doNothing())
      .returning('message_id')
      .executeTakeFirst()
    if (!taken) return recognise(tx, key)
  }
  const row = newMessage(acceptance)
  await tx.insertInto('offline_message').values(row).execute()
  return { outcome: 'stored', message: toStoredMessage(row) }
}

/** What a key that is taken stands for; a conflict where its message is another, or is erased. */
async function recognise(tx: Kysely<Tables>, key: ReturnType<typeof newKey>): Promise<Accepted> {
  const known = await tx
    .selectFrom('offline_key')
    .innerJoin('offline_message', 'offline_message.id', 'offline_key.message_id')
    .selectAll('offline_message')
    .where('offline_key.provider', '=', key.provider)
    .where('key_hash', '=', key.key_hash)
    .where('fingerprint', '=', key.fingerprint)
    .executeTakeFirst()
  return known ? { outcome: 'known', message: toStoredMessage(known) } : { outcome: 'conflict' }
}
