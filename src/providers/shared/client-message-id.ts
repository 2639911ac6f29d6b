import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '../../domain/caller.ts'

/**
 * Creates the id under which the gateway writes a message: 32 hex digits. An idempotency key gives the same id in the same room
 * for the same role, so that the provider recognizes a repetition.
 */
export function createClientMessageId(roomId: string, role: Role, idempotencyKey: string | null): string {
  if (idempotencyKey === null) return randomBytes(16).toString('hex')
  return createHash('sha256')
    .update(JSON.stringify([roomId, role, idempotencyKey]))
    .digest('hex')
    .slice(0, 32)
}
