import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { RoomDraft } from '../../chat/adapter.ts'
import type { Role } from '../../chat/caller.ts'
import { invalidInput } from '../../chat/errors.ts'

const SHORTEST_ROOM_KEY = 16

/**
 * The id under which a message is posted. With an idempotency key it is always the same for that key in that
 * room, so that a repetition is recognised; it is derived, not taken, because newer servers answer a known id
 * with whatever any room holds under it (rocketchat.md 1.1).
 */
export function messageId(roomId: string, role: Role, idempotencyKey: string | null): string {
  if (idempotencyKey === null) return randomBytes(16).toString('hex')
  return createHash('sha256')
    .update(JSON.stringify([roomId, role, idempotencyKey]))
    .digest('hex')
    .slice(0, 32)
}

/**
 * The token of a new visitor. Whoever knows it is that visitor, so it is made not to be guessed; with an
 * idempotency key it follows from key, input and a secret of this process, and a repetition finds the same room.
 */
export function visitorToken(draft: RoomDraft, secret: Buffer): string {
  const { idempotencyKey, name, email, departmentId, text } = draft
  if (idempotencyKey === null) return randomBytes(24).toString('base64url')
  if (idempotencyKey.length < SHORTEST_ROOM_KEY) {
    const detail = `Takes at least ${SHORTEST_ROOM_KEY} characters here, best a random UUID: who knows it and the input finds the room.`
    throw invalidInput('idempotencyKey', detail)
  }
  const input = JSON.stringify([idempotencyKey, name, email, departmentId, text])
  return createHmac('sha256', secret).update(input).digest('base64url').slice(0, 32)
}
