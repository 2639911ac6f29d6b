import { ChatError, type ErrorCode } from '../../domain/errors.ts'
import type { RateLimitDetector } from '../../upstream/rate-limit/rate-limit-headers.ts'
import { fromTransportError, rateLimited, serverError } from '../shared/errors.ts'
import { LiveChatError } from './api-error.ts'

/** Whether an API refused a request for its rate: by status or by its error type (docs/providers/livechat.md 3.6). */
export const isRateLimited: RateLimitDetector = ({ status, text }) =>
  status === 429 || (status >= 400 && /"type"\s*:\s*"too_many_requests"/.test(text))

const NOBODY = 'No agent is online; leave an offline message instead.'

/** What each of LiveChat's words means to a client (docs/providers/livechat.md 3.6, 4). */
const meanings = new Map<string, readonly [ErrorCode, string]>([
  ['authorization', ['FORBIDDEN', 'The configured LiveChat token lacks a scope for this.']],
  ['not_in_chat', ['FORBIDDEN', 'The configured LiveChat account is not in this chat.']],
  ['missing_access', ['NOT_FOUND', 'No such room, or not one that the configured account may see.']],
  ['not_found', ['NOT_FOUND', 'No such thing at the provider.']],
  ['chat_anonymized', ['NOT_FOUND', 'The chat was anonymized.']],
  ['chat_inactive', ['ROOM_CLOSED', 'The room is closed.']],
  ['customer_banned', ['FORBIDDEN', 'This visitor is banned.']],
  ['limit_reached', ['CONFLICT', 'LiveChat’s limit is reached.']],
  ['agent_offline', ['CONFLICT', NOBODY]],
  ['group_offline', ['CONFLICT', NOBODY]],
  ['group_unavailable', ['CONFLICT', NOBODY]],
  ['groups_offline', ['CONFLICT', NOBODY]],
  ['license_expired', ['PROVIDER_ERROR', 'The LiveChat licence has expired.']],
  ['license_not_found', ['PROVIDER_ERROR', 'LiveChat knows no licence of the configured organization id.']],
  ['unauthorized_client', ['PROVIDER_ERROR', 'LiveChat refuses the configured client.']],
  ['unsupported_version', ['PROVIDER_ERROR', 'This LiveChat does not speak version 3.6.']],
  ['wrong_product_version', ['PROVIDER_ERROR', 'The LiveChat licence has not this version of the product.']],
  ['misdirected_request', ['PROVIDER_ERROR', 'LiveChat sends the request to another region.']],
])

/** What a visitor, asking with its own token, is told otherwise. */
const toVisitors = new Map<string, readonly [ErrorCode, string]>([
  ['authentication', ['UNAUTHENTICATED', 'The visitor token is not known, or has expired.']],
  ['authorization', ['FORBIDDEN', 'LiveChat does not allow it to this visitor.']],
])

/** Turns whatever a v3 call threw into the one family; `provider` is the configured name. */
export function toChatError(error: unknown, provider: string): unknown {
  if (error instanceof LiveChatError) return fromRefusal(error, provider)
  return fromTransportError(error, provider) ?? error
}

function fromRefusal(error: LiveChatError, provider: string): ChatError {
  const options = { provider, cause: error }
  const { type, status } = error
  if (error.retryAfterMs !== null) return rateLimited(provider, error.retryAfterMs, error)
  if (type === 'entity_too_large') {
    return new ChatError('INVALID_INPUT', 'LiveChat takes at most 16 KB of text.', {
      ...options,
      field: 'text',
    })
  }
  if (type === 'group_not_found') {
    return new ChatError('INVALID_INPUT', 'No such department.', { ...options, field: 'departmentId' })
  }
  const meaning = (error.api === 'customer' ? toVisitors.get(type) : undefined) ?? meanings.get(type)
  if (meaning) return new ChatError(...meaning, options)
  if (status >= 500) return serverError(provider, status, error)
  const detail =
    type === 'authentication'
      ? 'LiveChat refuses the configured credential.'
      : `The provider refused the request with ${status}.`
  return new ChatError('PROVIDER_ERROR', detail, options)
}
