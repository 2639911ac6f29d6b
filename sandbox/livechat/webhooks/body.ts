import { agentSidePayload } from '../agent/change-payload.ts'
import type { ChatChange } from '../store/chat-changes.ts'
import type { Licence } from '../store/licence.ts'
import type { Registration } from './registry.ts'

/**
 * The body of a webhook (docs/providers/livechat.md 7.1). The secret travels in it; there is no signature.
 */
export function webhookBody(licence: Licence, change: ChatChange, registration: Registration): object {
  return {
    webhook_id: registration.id,
    secret_key: registration.secretKey,
    action: change.action,
    organization_id: licence.organizationId,
    payload: agentSidePayload({ licence, role: 'administrator' }, change),
    additional_data: additionalData(change, registration.additionalData),
  }
}

function additionalData({ chat }: ChatChange, wanted: readonly string[]): object {
  const present = chat.users.filter((user) => user.present).map(({ id }) => id)
  return {
    ...(wanted.includes('chat_properties') && { chat_properties: chat.properties }),
    ...(wanted.includes('chat_presence_user_ids') && { chat_presence_user_ids: present }),
  }
}
