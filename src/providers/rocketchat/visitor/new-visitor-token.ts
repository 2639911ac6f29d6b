import { createHmac, randomBytes } from 'node:crypto'
import type { RoomDraft } from '../../../domain/rooms.ts'
import { roomDraftTexts } from '../../shared/room-draft.ts'

/**
 * Creates the token of a new visitor. Everyone who knows the token can act as that visitor, so it cannot be guessed.
 * With an idempotency key it is derived from key, input and a secret of the gateway: a repetition finds the same room.
 */
export function createVisitorToken(draft: RoomDraft, secret: Buffer): string {
  const { idempotencyKey } = draft
  if (idempotencyKey === null) return randomBytes(24).toString('base64url')
  const input = JSON.stringify([idempotencyKey, ...roomDraftTexts(draft)])
  return createHmac('sha256', secret).update(input).digest('base64url').slice(0, 32)
}
