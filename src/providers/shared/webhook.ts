import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { WebhookContent, WebhookHint } from '../../domain/webhooks.ts'

/** A room id; far longer than those of the vendors. */
export const webhookRoomId = z.string().min(1).max(128)

/** The hint of a webhook that concerns nothing the gateway serves. */
export const EMPTY_HINT: WebhookHint = { roomIds: [], hasOfflineMessages: false, content: null }

/** Creates the hint that something happened in one room. */
export function createRoomHint(roomId: string, hasOfflineMessages = false): WebhookHint {
  return { roomIds: [roomId], hasOfflineMessages, content: null }
}

/** Creates the hint of a webhook that shows what happened in one room. Content that shows nothing is none. */
export function createContentHint(content: WebhookContent): WebhookHint {
  const hint = createRoomHint(content.roomId)
  return content.changes.length === 0 && content.missing === 'ANYTHING' ? hint : { ...hint, content }
}

/**
 * Creates the check of one secret. It compares digests of equal length in constant time, so that the response time reveals
 * neither how much of a guess is right nor how long the secret is. A value that is no text is wrong.
 */
export function createSecretCheck(secret: string): (value: unknown) => boolean {
  const expected = digest(secret)
  return (value) => timingSafeEqual(expected, digest(typeof value === 'string' ? value : ''))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
