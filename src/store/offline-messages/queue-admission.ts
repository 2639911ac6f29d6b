import { type Kysely, sql } from 'kysely'
import type { AcceptRequest, QueueLimit, QueueLimits } from '../../offline/offline-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { OfflineMessageTable, Tables } from '../tables.ts'
import { draftBytes, normalizeAddress } from './message-rows.ts'

/** What was accepted within this time counts against its sender. */
const SENDER_WINDOW_MS = 86_400_000
/** So near to its end, a queue is counted under a lock: others may be accepting at the same time. */
const LOCK_MARGIN = 100

/** A queue takes the message at a turn, or is full. */
type Admission = { readonly turn: number } | { readonly fullOf: keyof QueueLimits }

/** Whose messages are counted: those of a client address (hashed), and those of an e-mail address. */
type Sender = Pick<OfflineMessageTable, 'provider' | 'sender' | 'email'>

type Counts = Readonly<Record<keyof QueueLimits, QueueLimit>>

/**
 * Decides whether a queue takes a message, and at which turn. The turn is one after the sender's last that waits, and
 * one after the highest that was sent at the earliest (start-time fair queueing): senders alternate, and a sender of one
 * message does not wait for a sender of a thousand.
 */
export async function admitMessage(
  tx: Kysely<Tables>,
  { hasRowLocks: locksRows }: Pick<DatabaseBackend, 'hasRowLocks'>,
  { provider, senderHash: sender, draft, acceptedAt: at }: AcceptRequest,
  limits: QueueLimits,
): Promise<Admission> {
  const from = { provider, sender, email: normalizeAddress(draft.email) }
  const bytes = draftBytes(draft)
  let { counts, turn } = await count(tx, from, at)
  if (locksRows && counts.provider.messages + LOCK_MARGIN > limits.provider.messages) {
    await lockQueue(tx, provider)
    const recounted = await count(tx, from, at)
    counts = recounted.counts
    turn = recounted.turn
  }
  const names = ['provider', 'sender', 'email'] as const
  const fullOf = names.find((name) => isFull(counts[name], limits[name], bytes))
  return fullOf === undefined ? { turn } : { fullOf }
}

/** The turn after a sender's last that waits: for a message that goes back into the queue. */
export async function nextTurn(tx: Kysely<Tables>, from: Sender): Promise<number> {
  return (await count(tx, from, new Date(0))).turn
}

function isFull(counted: QueueLimit, limit: QueueLimit, bytes: number): boolean {
  return counted.messages >= limit.messages || counted.bytes + bytes > limit.bytes
}

/** Lets one acceptance at a time go on, for a queue that is nearly full. */
async function lockQueue(tx: Kysely<Tables>, provider: string): Promise<void> {
  await tx
    .insertInto('offline_pace')
    .values({ provider, next_at: 0, turn: 0 })
    .onConflict((conflict) => conflict.column('provider').doUpdateSet({ provider }))
    .execute()
}

interface CountRow extends QueueLimit {
  readonly of: keyof QueueLimits
  readonly turn: number
}

/**
 * What waits, and what was left by the sender within the window, in one query. It is read with every message that is
 * accepted, from indexes alone; as text, for building it would take longer than running it.
 */
async function count(
  tx: Kysely<Tables>,
  { provider, sender, email }: Sender,
  at: Date,
): Promise<{ counts: Counts; turn: number }> {
  const since = at.getTime() - SENDER_WINDOW_MS
  const waiting = sql`state in ('QUEUED', 'SENDING')`
  const unsettled = sql`from offline_message where provider = ${provider} and settled_at is null`
  const ofSender = sql`count(*) filter (where accepted_at > ${since}),
    coalesce(sum(bytes) filter (where accepted_at > ${since}), 0),
    coalesce(max(turn) filter (where ${waiting}), 0) ${unsettled}`
  const { rows } = await sql<CountRow>`
    select 'provider' as "of", count(*) filter (where ${waiting}) as messages, coalesce(sum(bytes), 0) as bytes,
      coalesce((select turn from offline_pace where provider = ${provider}), 0) as turn ${unsettled}
    union all select 'sender', ${ofSender} and sender = ${sender}
    union all select 'email', ${ofSender} and email = ${email}`.execute(tx)
  const none = { messages: 0, bytes: 0 }
  const of = (name: keyof QueueLimits) => rows.find((row) => row.of === name) ?? none
  const turn = 1 + Math.max(...rows.map((row) => row.turn))
  return { counts: { provider: of('provider'), sender: of('sender'), email: of('email') }, turn }
}
