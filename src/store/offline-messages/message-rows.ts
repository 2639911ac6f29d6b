import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { OfflineMessageDraft } from '../../domain/offline-messages.ts'
import type { AcceptRequest, StoredMessage } from '../../offline/offline-store.ts'
import type { OfflineKeyTable, OfflineMessageTable } from '../tables.ts'

/** A draft as `encodeDraft` writes it. */
const draftSchema = z.object({
  name: z.string(),
  email: z.string(),
  text: z.string(),
  department: z.string().nullable(),
  host: z.string().nullable(),
}) satisfies z.ZodType<OfflineMessageDraft>

/** The row of a newly accepted message, due at once. */
export function toMessageRow(
  { id, provider, draft, senderHash: sender, acceptedAt: at }: AcceptRequest,
  turn: number,
): OfflineMessageTable {
  return {
    id,
    provider,
    draft: encodeDraft(draft),
    email: normalizeAddress(draft.email),
    department: draft.department === null ? null : withoutNul(draft.department),
    search: '',
    state: 'QUEUED',
    claims: 0,
    attempts: 0,
    attempts_before: 0,
    last_error: null,
    native_id: null,
    accepted_at: at.getTime(),
    next_attempt_at: at.getTime(),
    lease_until: null,
    settled_at: null,
    worker: null,
    sender,
    bytes: draftBytes(draft),
    turn,
  }
}

/** Size of a draft in the database. */
export function draftBytes(draft: OfflineMessageDraft): number {
  return Buffer.byteLength(encodeDraft(draft))
}

/** Whether the name, address or text of a draft contains a text, ignoring case. */
export function draftContains(draft: string, text: string): boolean {
  const { name, email, text: draftText } = decodeDraft(draft)
  return foldCase([name, email, draftText].join('\n')).includes(foldCase(text))
}

function encodeDraft({ name, email, text, department, host }: OfflineMessageDraft): string {
  return JSON.stringify({ name, email, text, department, host } satisfies OfflineMessageDraft)
}

function decodeDraft(draft: string): OfflineMessageDraft {
  return draftSchema.parse(JSON.parse(draft))
}

/** The row of an idempotency key. Only hashes are stored, because a client may put an address into its key. */
export function toKeyRow(
  { id, provider, draft, acceptedAt: at }: AcceptRequest,
  idempotencyKey: string,
): OfflineKeyTable {
  const { name, email, text, department, host } = draft
  const fingerprint = hash(JSON.stringify([name, email, text, department, host]))
  const key_hash = hash(JSON.stringify(idempotencyKey))
  return { provider, key_hash, fingerprint, message_id: id, used_at: at.getTime() }
}

/** Maps a row to a message; `next_at`, if joined, is the earliest time of the provider's next attempt. */
export function toStoredMessage(
  row: Selectable<OfflineMessageTable> & { readonly next_at?: number | null },
): StoredMessage {
  const { id, provider, state, attempts, last_error, native_id, next_attempt_at: due } = row
  return {
    id,
    provider,
    draft: decodeDraft(row.draft),
    state,
    attempts,
    nativeId: native_id,
    lastError: last_error,
    acceptedAt: new Date(row.accepted_at),
    nextAttemptAt: due === null ? null : new Date(Math.max(due, row.next_at ?? 0)),
  }
}

/** A text that both databases can store in a column: PostgreSQL has no NUL. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}

/** The form in which texts are compared. */
function foldCase(text: string): string {
  return withoutNul(text).toLowerCase()
}

/** The form in which e-mail addresses are compared. */
export function normalizeAddress(email: string): string {
  return foldCase(email).trim()
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
