import { z } from 'zod'
import type { WebhookHint, WebhookRequest } from '../../domain/webhooks.ts'
import {
  createContentHint,
  createRoomHint,
  createSecretCheck,
  EMPTY_HINT,
  webhookRoomId,
} from '../shared/webhook.ts'
import { readWebhookContent, type WebhookSource } from './webhook-events.ts'

/** Actions with the chat's id in `chat_id` that change the chat as clients see it (docs/providers/livechat.md 7.1). */
const chatActions = [
  'incoming_event',
  'event_updated',
  'event_deleted',
  'event_properties_updated',
  'event_properties_deleted',
  'chat_deactivated',
  'chat_transferred',
  'chat_properties_updated',
  'chat_properties_deleted',
  'thread_properties_updated',
  'thread_properties_deleted',
  'thread_tagged',
  'thread_untagged',
  'user_added_to_chat',
  'user_removed_from_chat',
] as const

const chatWebhook = z.object({
  action: z.enum(chatActions),
  payload: z.looseObject({ chat_id: webhookRoomId }),
})
const accessWebhook = z.object({
  action: z.literal('chat_access_updated'),
  payload: z.object({ id: webhookRoomId }),
})
const newThreadWebhook = z.object({
  action: z.literal('incoming_chat'),
  payload: z.object({ chat: z.object({ id: webhookRoomId, thread: z.unknown().optional() }) }),
})
/** A thread that starts with an offline message (docs/providers/livechat.md 1.6). */
const offlineThread = z.object({
  properties: z.object({ routing: z.object({ offline_message: z.literal(true) }) }),
})
const secretHolder = z.object({ secret_key: z.string() })

/**
 * Creates the parser of an account's webhooks (docs/providers/livechat.md 7.1). It returns null for a body without the
 * secret, and an empty hint for unknown actions; it never throws. Its results never contain the secret.
 */
export function createWebhookReader(
  secret: string,
  source: WebhookSource,
): (request: WebhookRequest) => WebhookHint | null {
  const isSecret = createSecretCheck(secret)
  return ({ body }) =>
    isSecret(secretHolder.safeParse(body).data?.secret_key) ? readHint(body, source) : null
}

function readHint(body: unknown, source: WebhookSource): WebhookHint {
  const chat = chatWebhook.safeParse(body)
  if (chat.success) {
    const { action, payload } = chat.data
    return createContentHint(readWebhookContent(action, payload, payload.chat_id, source))
  }
  const access = accessWebhook.safeParse(body)
  if (access.success) return createRoomHint(access.data.payload.id)
  const started = newThreadWebhook.safeParse(body)
  if (!started.success) return EMPTY_HINT
  const { id, thread } = started.data.payload.chat
  return createRoomHint(id, offlineThread.safeParse(thread).success)
}
