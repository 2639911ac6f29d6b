import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '../chat/caller.ts'
import { invalidInput } from '../chat/errors.ts'

const SHORTEST_ROOM_KEY = 16

/**
 * The id of ours under which a message is written, 32 hex digits. With an idempotency key it is always the same
 * for that key in that room by that kind of caller, so that a repetition is recognised.
 */
export function messageKey(roomId: string, role: Role, idempotencyKey: string | null): string {
  if (idempotencyKey === null) return randomBytes(16).toString('hex')
  return createHash('sha256')
    .update(JSON.stringify([roomId, role, idempotencyKey]))
    .digest('hex')
    .slice(0, 32)
}

/** Demands a key that is not guessed: who knows it and the input of a room finds that room. */
export function demandRoomKey(idempotencyKey: string): void {
  if (idempotencyKey.length >= SHORTEST_ROOM_KEY) return
  const detail = `Takes at least ${SHORTEST_ROOM_KEY} characters here, best a random UUID: who knows it and the input finds the room.`
  throw invalidInput('idempotencyKey', detail)
}
