import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '../../domain/caller.ts'

/**
 * The id of ours under which a message is written, 32 hex digits. With an idempotency key it is always the same
 * for that key in that room by that kind of caller, so that a repetition is recognised.
 */
export function createClientMessageId(roomId: string, role: Role, idempotencyKey: string | null): string {
  if (idempotencyKey === null) return randomBytes(16).toString('hex')
  return createHash('sha256')
    .update(JSON.stringify([roomId, role, idempotencyKey]))
    .digest('hex')
    .slice(0, 32)
}
