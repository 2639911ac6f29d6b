import { z } from 'zod'
import type { WebhookHint, WebhookRequest } from '../../domain/webhooks.ts'
import {
  createContentHint,
  createRoomHint,
  createSecretCheck,
  EMPTY_HINT,
  webhookRoomId,
} from '../shared/webhook.ts'
import type { ProviderOrigin } from './map.ts'
import { readWebhookMessages } from './webhook-messages.ts'

/** Webhook types about a room (docs/providers/rocketchat.md 7.1). */
const roomTypes = [
  'LivechatSessionStart',
  'LivechatSessionQueued',
  'LivechatSessionTaken',
  'LivechatSessionForwarded',
  'LivechatSession',
  'LivechatEdit',
  'LeadCapture',
] as const

/** `_id` is the room's id. */
const roomWebhook = z.object({ type: z.enum(roomTypes), _id: webhookRoomId })
/** The only type whose messages are new. The webhook of a closed room repeats the whole conversation. */
const messageWebhook = z.object({ type: z.literal('Message'), _id: webhookRoomId })
const offlineMessageWebhook = z.object({ type: z.literal('LivechatOfflineMessage') })

/**
 * Creates the parser of a server's livechat webhooks (docs/providers/rocketchat.md 7.1). It returns null for a request
 * without the secret in its header, and an empty hint for an unknown type. It never throws.
 */
export function createWebhookReader(
  secret: string,
  origin: ProviderOrigin,
): (request: WebhookRequest) => WebhookHint | null {
  const isSecret = createSecretCheck(secret)
  return ({ headers, body }) =>
    isSecret(headers['x-rocketchat-livechat-token']) ? readHint(body, origin) : null
}

function readHint(body: unknown, origin: ProviderOrigin): WebhookHint {
  const message = messageWebhook.safeParse(body)
  if (message.success) {
    const roomId = message.data._id
    const { messages, missing } = readWebhookMessages(body, roomId, origin)
    const changes = messages.map((shown) => ({ type: 'Message', message: shown }) as const)
    return createContentHint({ roomId, view: null, changes, missing })
  }
  const room = roomWebhook.safeParse(body)
  if (room.success) return createRoomHint(room.data._id)
  return offlineMessageWebhook.safeParse(body).success
    ? { ...EMPTY_HINT, hasOfflineMessages: true }
    : EMPTY_HINT
}
