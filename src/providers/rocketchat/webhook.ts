import { z } from 'zod'
import type { WebhookHint, WebhookRequest } from '../../domain/webhooks.ts'
import { createRoomHint, createSecretCheck, EMPTY_HINT, webhookRoomId } from '../shared/webhook.ts'

/** Webhook types about a room (docs/providers/rocketchat.md 7.1). */
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

/** `_id` is the room's id. Nothing else of the body is read. */
const roomWebhook = z.object({ type: z.enum(roomTypes), _id: webhookRoomId })
const offlineMessageWebhook = z.object({ type: z.literal('LivechatOfflineMessage') })

/**
 * Creates the parser of a server's livechat webhooks (docs/providers/rocketchat.md 7.1). It returns null for a request
 * without the secret in its header, and an empty hint for an unknown type. It never throws.
 */
export function createWebhookReader(secret: string): (request: WebhookRequest) => WebhookHint | null {
  const isSecret = createSecretCheck(secret)
  return ({ headers, body }) => {
    if (!isSecret(headers['x-rocketchat-livechat-token'])) return null
    const room = roomWebhook.safeParse(body)
    if (room.success) return createRoomHint(room.data._id)
    return offlineMessageWebhook.safeParse(body).success
      ? { roomIds: [], hasOfflineMessages: true }
      : EMPTY_HINT
  }
}
