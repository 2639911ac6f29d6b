import { requireScope } from '../agent/access.ts'
import { webhookActions } from '../store/chat-changes.ts'
import type { AgentPrincipal } from '../token-store.ts'
import { listOf, object, oneOf, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import type { Registration } from '../webhooks/registry.ts'

const owner = { 'owner_client_id!': text }

interface RegisterInput {
  readonly action: string
  readonly url: string
  readonly secret_key: string
  readonly owner_client_id: string
  readonly type: 'license' | 'bot'
  readonly description?: string
  readonly additional_data?: readonly string[]
  readonly filters?: { readonly author_type?: 'customer' | 'agent' }
}

/** Registers a webhook; of the filters, the sandbox obeys `author_type` only (docs/providers/livechat.md 7.1). */
const register = method(
  'register_webhook',
  shape({
    ...owner,
    'action!': oneOf(...webhookActions),
    'url!': { type: 'string', minLength: 1, maxLength: 500 },
    'secret_key!': text,
    'type!': oneOf('license', 'bot'),
    description: { type: 'string' },
    additional_data: listOf(oneOf('chat_properties', 'chat_presence_user_ids')),
    filters: shape({
      author_type: oneOf('customer', 'agent'),
      only_my_chats: { type: 'boolean' },
      chat_presence: object,
      source_type: listOf(oneOf('my_client', 'other_clients', 'system')),
    }),
  }),
  (input: RegisterInput, caller: AgentPrincipal, { webhooks }) => {
    requireScope(caller, 'webhooks.configuration:rw')
    const { action, url, type, description, additional_data: additionalData = [], filters } = input
    const id = webhooks.register({
      action,
      url,
      secretKey: input.secret_key,
      ownerClientId: input.owner_client_id,
      type,
      additionalData,
      ...(description !== undefined && { description }),
      ...(filters?.author_type && { authorType: filters.author_type }),
    })
    return { id }
  },
)

const unregister = method(
  'unregister_webhook',
  shape({ ...owner, 'id!': text }),
  (input: { id: string; owner_client_id: string }, caller: AgentPrincipal, { webhooks }): void => {
    requireScope(caller, 'webhooks.configuration:rw')
    webhooks.unregister(input.id, input.owner_client_id)
  },
)

interface OwnerInput {
  readonly owner_client_id: string
}

/** A bare array, without the secrets (docs/providers/livechat.md 7.1). */
const list = method(
  'list_webhooks',
  shape(owner),
  ({ owner_client_id }: OwnerInput, caller: AgentPrincipal, { webhooks }) => {
    requireScope(caller, 'webhooks.configuration:rw')
    return webhooks.ofClient(owner_client_id).map(shown)
  },
)

const enable = method(
  'enable_license_webhooks',
  shape(owner),
  ({ owner_client_id }: OwnerInput, caller: AgentPrincipal, { webhooks }): void => {
    requireScope(caller, 'webhooks.state:rw')
    webhooks.setEnabled(owner_client_id, true)
  },
)

const disable = method(
  'disable_license_webhooks',
  shape(owner),
  ({ owner_client_id }: OwnerInput, caller: AgentPrincipal, { webhooks }): void => {
    requireScope(caller, 'webhooks.state:rw')
    webhooks.setEnabled(owner_client_id, false)
  },
)

const state = method(
  'get_license_webhooks_state',
  shape(owner),
  ({ owner_client_id }: OwnerInput, caller: AgentPrincipal, { webhooks }) => {
    requireScope(caller, 'webhooks.state:ro')
    return { license_webhooks_enabled: webhooks.isEnabled(owner_client_id) }
  },
)

/**
 * Webhooks by the Configuration API. The sandbox always requires `owner_client_id`, which only a personal token
 * must name.
 */
export const webhookMethods = [register, unregister, list, enable, disable, state]

function shown(one: Registration): object {
  return {
    id: one.id,
    action: one.action,
    url: one.url,
    owner_client_id: one.ownerClientId,
    type: one.type,
    ...(one.description !== undefined && { description: one.description }),
    ...(one.additionalData.length > 0 && { additional_data: one.additionalData }),
    ...(one.authorType && { filters: { author_type: one.authorType } }),
  }
}
