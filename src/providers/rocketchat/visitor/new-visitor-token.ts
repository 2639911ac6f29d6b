import { createHmac, randomBytes } from 'node:crypto'
import type { RoomDraft } from '../../../domain/adapter.ts'

/**
 * The token of a new visitor. Whoever knows it is that visitor, so it is made not to be guessed; with an
 * idempotency key it follows from key, input and a secret of the gateway, and a repetition finds the same room.
 */
export function createVisitorToken(draft: RoomDraft, secret: Buffer): string {
  const { idempotencyKey, name, email, departmentId, text } = draft
  if (idempotencyKey === null) return randomBytes(24).toString('base64url')
  const input = JSON.stringify([idempotencyKey, name, email, departmentId, text])
  return createHmac('sha256', secret).update(input).digest('base64url').slice(0, 32)
}
