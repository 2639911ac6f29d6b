import { z } from 'zod'
import type { WebhookHint, WebhookRequest } from '../../domain/adapter.ts'
import { createRoomHint, createSecretCheck, EMPTY_HINT, webhookRoomId } from '../shared/webhook.ts'

/**
 * Actions that name their chat as `chat_id` and change what is shown of it (docs/providers/livechat.md 7.1).
 */
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

const aboutChat = z.object({ action: z.enum(chatActions), payload: z.object({ chat_id: webhookRoomId }) })
const aboutAccess = z.object({
  action: z.literal('chat_access_updated'),
  payload: z.object({ id: webhookRoomId }),
})
const aboutNewThread = z.object({
  action: z.literal('incoming_chat'),
  payload: z.object({ chat: z.object({ id: webhookRoomId, thread: z.unknown().optional() }) }),
})
/** A thread that began as an offline message (docs/providers/livechat.md 1.6). */
const offlineThread = z.object({
  properties: z.object({ routing: z.object({ offline_message: z.literal(true) }) }),
})
const signed = z.object({ secret_key: z.string() })

/**
 * Makes the reader of a licence's webhooks (docs/providers/livechat.md 7.1). It gives null for what does not
 * carry the secret in its body, and no hint for actions that it does not know; it never throws. Only ids
 * leave it: the secret stays.
 */
export function createWebhookReader(secret: string): (request: WebhookRequest) => WebhookHint | null {
  const isSecret = createSecretCheck(secret)
  return ({ body }) => (isSecret(signed.safeParse(body).data?.secret_key) ? readHint(body) : null)
}

function readHint(body: unknown): WebhookHint {
  const chat = aboutChat.safeParse(body)
  if (chat.success) return createRoomHint(chat.data.payload.chat_id)
  const access = aboutAccess.safeParse(body)
  if (access.success) return createRoomHint(access.data.payload.id)
  const started = aboutNewThread.safeParse(body)
  if (!started.success) return EMPTY_HINT
  const { id, thread } = started.data.payload.chat
  return createRoomHint(id, offlineThread.safeParse(thread).success)
}
