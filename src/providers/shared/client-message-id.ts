import { createHash, randomUUID } from 'node:crypto'

/**
 * Creates the id under which the gateway writes a message: 32 hex digits. An idempotency key gives the same id in the same room
 * for the same author (`authorOf`), so that the provider recognizes a repetition.
 */
export function createClientMessageId(roomId: string, author: string, idempotencyKey: string | null): string {
  // Node draws the randomness of many UUIDs at once; of `randomBytes`, each call is a system call.
  if (idempotencyKey === null) return randomUUID().replaceAll('-', '')
  return createHash('sha256')
    .update(JSON.stringify([roomId, author, idempotencyKey]))
    .digest('hex')
    .slice(0, 32)
}
