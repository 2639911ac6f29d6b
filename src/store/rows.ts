import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { OfflineDraft } from '../chat/adapter.ts'
import type { Acceptance, StoredMessage } from '../offline/store.ts'
import type { OfflineKeyTable, OfflineMessageTable } from './tables.ts'

/** A draft as `newMessage` writes it. */
const draftShape = z.object({
  name: z.string(),
  email: z.string(),
  text: z.string(),
  department: z.string().nullable(),
  host: z.string().nullable(),
}) satisfies z.ZodType<OfflineDraft>

/** The row of a message that was just accepted: due at once. */
export function newMessage({ id, provider, draft, at }: Acceptance): OfflineMessageTable {
  const { name, email, text, department, host } = draft
  return {
    id,
    provider,
    draft: JSON.stringify({ name, email, text, department, host } satisfies OfflineDraft),
    email: foldAddress(email),
    department: department === null ? null : plain(department),
    search: fold([name, email, text].join('\n')),
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
  }
}

/** The row of a key. Only hashes are kept: a client may well put an address into its key. */
export function newKey({ id, provider, draft, at }: Acceptance, idempotencyKey: string): OfflineKeyTable {
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
    draft: draftShape.parse(JSON.parse(row.draft)),
    state,
    attempts,
    nativeId: native_id,
    lastError: last_error,
    acceptedAt: new Date(row.accepted_at),
    nextAttemptAt: due === null ? null : new Date(Math.max(due, row.next_at ?? 0)),
  }
}

/** A text as both databases can hold it in a column of its own: PostgreSQL has no NUL. */
export function plain(text: string): string {
  return text.replaceAll('\0', '')
}

/** A text in the form in which texts are searched. */
export function fold(text: string): string {
  return plain(text).toLowerCase()
}

/** An e-mail address in the form in which addresses are compared. */
export function foldAddress(email: string): string {
  return fold(email).trim()
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
