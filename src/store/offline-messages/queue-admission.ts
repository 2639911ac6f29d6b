import { type Kysely, sql } from 'kysely'
import type { AcceptRequest, QueueLimit, QueueLimits } from '../../offline/offline-store.ts'
import type { DatabaseBackend } from '../databases/database.ts'
import type { OfflineMessageTable, Tables } from '../tables.ts'
import { draftBytes, normalizeAddress } from './message-rows.ts'

/** Messages accepted within this time count against their sender's limit. */
const SENDER_WINDOW_MS = 86_400_000
/** A queue that is this close to its limit is counted under a lock, because others may accept at the same time. */
const LOCK_MARGIN = 100

/** The turn of an admitted message, or the limit that it would exceed. */
type Admission = { readonly turn: number } | { readonly exceededLimit: keyof QueueLimits }

/** The client address (hashed) and the e-mail address whose messages are counted. */
type Sender = Pick<OfflineMessageTable, 'provider' | 'sender' | 'email'>

type Counts = Readonly<Record<keyof QueueLimits, QueueLimit>>

/**
 * Decides whether a queue accepts a message, and with which turn. The turn is one after the sender's last queued message,
 * and at least one after the highest turn that was claimed (start-time fair queueing): senders alternate, and a sender of
 * one message does not wait for a sender of a thousand.
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
  const exceededLimit = names.find((name) => isFull(counts[name], limits[name], bytes))
  return exceededLimit === undefined ? { turn } : { exceededLimit }
}

/** The turn after the sender's last queued message, for a message that is requeued. */
export async function nextTurn(tx: Kysely<Tables>, sender: Sender): Promise<number> {
  return (await count(tx, sender, new Date(0))).turn
}

function isFull(counted: QueueLimit, limit: QueueLimit, bytes: number): boolean {
  return counted.messages >= limit.messages || counted.bytes + bytes > limit.bytes
}

/** Serializes acceptances for a queue that is nearly full. */
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
 * Counts the queued messages, and those of the sender within the window, in one query. It runs for every accepted message
 * and uses indexes only. It is written as SQL text because building it would take longer than running it.
 */
async function count(
  tx: Kysely<Tables>,
  { provider, sender, email }: Sender,
  at: Date,
): Promise<{ counts: Counts; turn: number }> {
  const since = at.getTime() - SENDER_WINDOW_MS
  const isQueued = sql`state in ('QUEUED', 'SENDING')`
  const unsettled = sql`from offline_message where provider = ${provider} and settled_at is null`
  const ofSender = sql`count(*) filter (where accepted_at > ${since}),
    coalesce(sum(bytes) filter (where accepted_at > ${since}), 0),
    coalesce(max(turn) filter (where ${isQueued}), 0) ${unsettled}`
  const { rows } = await sql<CountRow>`
    select 'provider' as "of", count(*) filter (where ${isQueued}) as messages, coalesce(sum(bytes), 0) as bytes,
      coalesce((select turn from offline_pace where provider = ${provider}), 0) as turn ${unsettled}
    union all select 'sender', ${ofSender} and sender = ${sender}
    union all select 'email', ${ofSender} and email = ${email}`.execute(tx)
  const none = { messages: 0, bytes: 0 }
  const of = (name: keyof QueueLimits) => rows.find((row) => row.of === name) ?? none
  const turn = 1 + Math.max(...rows.map((row) => row.turn))
  return { counts: { provider: of('provider'), sender: of('sender'), email: of('email') }, turn }
}
