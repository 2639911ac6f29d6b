import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { WebhookHint } from '../../domain/adapter.ts'

/** A room id as vendors write them, and far longer: what is longer names no room. */
export const webhookRoomId = z.string().min(1).max(128)

/** A webhook that tells of nothing that is looked at here. */
export const EMPTY_HINT: WebhookHint = { roomIds: [], hasOfflineMessages: false }

/** The hint that something happened in one room. */
export function createRoomHint(roomId: string, offline = false): WebhookHint {
  return { roomIds: [roomId], hasOfflineMessages: offline }
}

/**
 * Makes the check of one secret. Digests of equal length are compared, and in constant time: how long the answer
 * takes tells neither how much of a guess was right nor how long the secret is. What is no text is wrong.
 */
export function createSecretCheck(secret: string): (given: unknown) => boolean {
  const expected = digest(secret)
  return (given) => timingSafeEqual(expected, digest(typeof given === 'string' ? given : ''))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
