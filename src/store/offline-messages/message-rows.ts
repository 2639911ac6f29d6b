import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { OfflineMessageDraft } from '../../domain/adapter.ts'
import type { AcceptRequest, StoredMessage } from '../../offline/offline-store.ts'
import type { OfflineKeyTable, OfflineMessageTable } from '../tables.ts'

/** A draft as `encodeDraft` writes it. */
const draftShape = z.object({
  name: z.string(),
  email: z.string(),
  text: z.string(),
  department: z.string().nullable(),
  host: z.string().nullable(),
}) satisfies z.ZodType<OfflineMessageDraft>

/** The row of a message that was just accepted: due at once, at its turn. */
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

/** What a draft takes in the database, in bytes. */
export function draftBytes(draft: OfflineMessageDraft): number {
  return Buffer.byteLength(encodeDraft(draft))
}

/** Whether a draft holds a text in its name, address or words, whatever the case. */
export function draftContains(draft: string, text: string): boolean {
  const { name, email, text: words } = decodeDraft(draft)
  return fold([name, email, words].join('\n')).includes(fold(text))
}

function encodeDraft({ name, email, text, department, host }: OfflineMessageDraft): string {
  return JSON.stringify({ name, email, text, department, host } satisfies OfflineMessageDraft)
}

function decodeDraft(draft: string): OfflineMessageDraft {
  return draftShape.parse(JSON.parse(draft))
}

/** The row of a key. Only hashes are kept: a client may well put an address into its key. */
export function toKeyRow(
  { id, provider, draft, acceptedAt: at }: AcceptRequest,
  idempotencyKey: string,
): OfflineKeyTable {
  const { name, email, text, department, host } = draft
  const fingerprint = hash(JSON.stringify([name, email, text, department, host]))
  const key_hash = hash(JSON.stringify(idempotencyKey))
  return { provider, key_hash, fingerprint, message_id: id, used_at: at.getTime() }
}

/** A row as a message; `next_at`, where it was joined, is when its provider may be tried again at all. */
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

/** A text as both databases can hold it in a column of its own: PostgreSQL has no NUL. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}

/** A text in the form in which texts are searched. */
function fold(text: string): string {
  return withoutNul(text).toLowerCase()
}

/** An e-mail address in the form in which addresses are compared. */
export function normalizeAddress(email: string): string {
  return fold(email).trim()
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
