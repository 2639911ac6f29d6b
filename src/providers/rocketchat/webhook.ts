import { z } from 'zod'
import type { WebhookHint, WebhookRequest } from '../../domain/adapter.ts'
import { createRoomHint, createSecretCheck, EMPTY_HINT, webhookRoomId } from '../shared/webhook.ts'

/** Everything that a livechat server tells of a room (docs/providers/rocketchat.md 7.1). */
const roomTypes = [
  'LivechatSessionStart',
  'LivechatSessionQueued',
  'LivechatSessionTaken',
  'LivechatSessionForwarded',
  'LivechatSession',
  'LivechatEdit',
  'Message',
  'LeadCapture',
] as const

/** `_id` is the room's. Nothing else of the body is read. */
const aboutRoom = z.object({ type: z.enum(roomTypes), _id: webhookRoomId })
const aboutOffline = z.object({ type: z.literal('LivechatOfflineMessage') })

/**
 * Makes the reader of a server's livechat webhooks (docs/providers/rocketchat.md 7.1). It gives null for what
 * does not carry the secret in its header, and no hint for types that it does not know; it never throws.
 */
export function createWebhookReader(secret: string): (request: WebhookRequest) => WebhookHint | null {
  const isSecret = createSecretCheck(secret)
  return ({ headers, body }) => {
    if (!isSecret(headers['x-rocketchat-livechat-token'])) return null
    const room = aboutRoom.safeParse(body)
    if (room.success) return createRoomHint(room.data._id)
    return aboutOffline.safeParse(body).success ? { roomIds: [], hasOfflineMessages: true } : EMPTY_HINT
  }
}
