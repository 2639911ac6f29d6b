import { ChatError, type ErrorCode } from '../../domain/errors.ts'
import type { UpstreamResponse } from '../../upstream/client.ts'
import { mayHaveTakenEffect, UpstreamError } from '../../upstream/errors.ts'
import type { RateLimitDetector } from '../../upstream/rate-limit/rate-limit-headers.ts'
import { fromTransportError, rateLimited, serverError, UnreadableResponse } from '../shared/errors.ts'
import { fieldOf, readString } from '../shared/read-document.ts'

/** The LiveChat API or host that returned an error. */
export type LiveChatApi = 'agent' | 'customer' | 'configuration' | 'accounts' | 'helpdesk'

/** An error response of LiveChat. `type` is LiveChat's (docs/providers/livechat.md 3.6), or follows from the status. */
export class LiveChatError extends Error {
  override readonly name = 'LiveChatError'
  readonly api: LiveChatApi
  readonly status: number
  readonly type: string
  /** The region that a misdirected request belongs to. */
  readonly region: string | null
  readonly retryAfterMs: number | null

  constructor(api: LiveChatApi, response: UpstreamResponse) {
    const { type: wireType, message, region } = readErrorBody(response.body.json)
    const type = resolveType(wireType, message, response.status)
    super(`LiveChat responded ${response.status} ${type}`)
    this.api = api
    this.status = response.status
    this.type = type
    this.region = region
    this.retryAfterMs = response.retryAfterMs
  }
}

/** Whether an error is LiveChat's and has one of these types. */
export function hasErrorType(error: unknown, ...types: readonly string[]): error is LiveChatError {
  return error instanceof LiveChatError && types.includes(error.type)
}

/** Whether a failed write may have been processed all the same. */
export function mayHaveBeenProcessed(error: unknown): boolean {
  if (error instanceof UpstreamError) return mayHaveTakenEffect(error)
  if (error instanceof LiveChatError) return error.status >= 500
  return error instanceof UnreadableResponse
}

/** Whether LiveChat may still process a failed write: nothing shows that it has finished with it. */
export function mayStillBeProcessed(error: unknown): boolean {
  if (error instanceof LiveChatError) return error.type === 'request_timeout' || error.status === 502
  return mayHaveBeenProcessed(error)
}

/** Whether a response is a rate-limit response, by its status or its error type (docs/providers/livechat.md 3.6). */
export const isRateLimited: RateLimitDetector = ({ status, body }) =>
  status === 429 || (status >= 400 && /"type"\s*:\s*"too_many_requests"/.test(body.text))

/** Maps what a v3 request throws to a ChatError; `provider` is the configured name. */
export function toChatError(error: unknown, provider: string): unknown {
  if (error instanceof LiveChatError) return mapLiveChatError(error, provider)
  return fromTransportError(error, provider) ?? error
}

/** v3 wraps its error; the accounts host sends `oauth_exception`. For any other body the status decides. */
function readErrorBody(body: unknown): { type: string; message: string; region: string | null } {
  const error = fieldOf(body, 'error')
  const region = readString(fieldOf(fieldOf(error, 'data'), 'region')) ?? ''
  return {
    type: readString(fieldOf(error, 'type')) ?? readString(fieldOf(body, 'oauth_exception')) ?? '',
    message: readString(fieldOf(error, 'message')) ?? '',
    // The region is sent back in a header, so only letters are allowed.
    region: /^[a-z]{2,10}$/.test(region) ? region : null,
  }
}

/** The types that the adapter handles. Any other type is replaced by one that follows from the status. */
const handledTypes = new Set([
  'agent_offline',
  'authentication',
  'authorization',
  'chat_anonymized',
  'chat_inactive',
  'customer_banned',
  'entity_too_large',
  'group_not_found',
  'group_offline',
  'group_unavailable',
  'groups_offline',
  'internal',
  'license_expired',
  'license_not_found',
  'limit_reached',
  'misdirected_request',
  'missing_access',
  'not_found',
  'request_timeout',
  'service_unavailable',
  'too_many_requests',
  'unauthorized_client',
  'unsupported_version',
  'validation',
  'wrong_product_version',
])

const typesByStatus = new Map([
  [401, 'authentication'],
  [403, 'authorization'],
  [404, 'not_found'],
  [413, 'entity_too_large'],
  [421, 'misdirected_request'],
  [429, 'too_many_requests'],
  [503, 'service_unavailable'],
  [504, 'request_timeout'],
])

/**
 * Resolves the type of an error. The types of two errors are unknown: only their texts and statuses were seen in
 * real traffic (docs/providers/livechat.md 3.6). Their texts distinguish them from a missing scope and from a
 * malformed request.
 */
function resolveType(type: string, message: string, status: number): string {
  if (/not (a )?user of (the )?chat/i.test(message)) return 'not_in_chat'
  if (/chat (is )?not active/i.test(message)) return 'chat_inactive'
  if (handledTypes.has(type)) return type
  return typesByStatus.get(status) ?? (status >= 500 ? 'internal' : 'validation')
}

const NOBODY_ONLINE = 'No agent is online; leave an offline message instead.'

/** Code and detail for clients, by LiveChat's type (docs/providers/livechat.md 3.6, 4). */
const clientErrorsByType = new Map<string, readonly [ErrorCode, string]>([
  ['authorization', ['FORBIDDEN', 'The agent’s LiveChat token lacks a scope for this.']],
  ['not_in_chat', ['FORBIDDEN', 'The LiveChat agent is not in this chat.']],
  ['missing_access', ['NOT_FOUND', 'The room does not exist, or the agent has no access to it.']],
  ['not_found', ['NOT_FOUND', 'The provider has no such object.']],
  ['chat_anonymized', ['NOT_FOUND', 'The chat was anonymized.']],
  ['chat_inactive', ['ROOM_CLOSED', 'The room is closed.']],
  ['customer_banned', ['FORBIDDEN', 'This visitor is banned.']],
  ['limit_reached', ['CONFLICT', 'A limit of LiveChat is reached.']],
  ['agent_offline', ['CONFLICT', NOBODY_ONLINE]],
  ['group_offline', ['CONFLICT', NOBODY_ONLINE]],
  ['group_unavailable', ['CONFLICT', NOBODY_ONLINE]],
  ['groups_offline', ['CONFLICT', NOBODY_ONLINE]],
  ['license_expired', ['PROVIDER_ERROR', 'The LiveChat license has expired.']],
  ['license_not_found', ['PROVIDER_ERROR', 'LiveChat finds no license for the configured organization id.']],
  ['unauthorized_client', ['PROVIDER_ERROR', 'LiveChat rejects the configured client.']],
  ['unsupported_version', ['PROVIDER_ERROR', 'This LiveChat does not support version 3.6 of its API.']],
  [
    'wrong_product_version',
    ['PROVIDER_ERROR', 'The LiveChat license is for another version of the product.'],
  ],
  ['misdirected_request', ['PROVIDER_ERROR', 'LiveChat redirects the request to another region.']],
])

/** Types that mean something else for a visitor, whose requests carry its own token. */
const visitorErrorsByType = new Map<string, readonly [ErrorCode, string]>([
  ['authentication', ['UNAUTHENTICATED', 'The visitor token is not known, or has expired.']],
  ['authorization', ['FORBIDDEN', 'LiveChat does not allow this for the visitor.']],
])

function mapLiveChatError(error: LiveChatError, provider: string): ChatError {
  const options = { provider, cause: error }
  const { type, status } = error
  if (error.retryAfterMs !== null) return rateLimited(provider, error.retryAfterMs, error)
  if (type === 'entity_too_large') {
    const detail = 'LiveChat accepts at most 16 KB of text.'
    return new ChatError('INVALID_INPUT', detail, { ...options, field: 'text' })
  }
  if (type === 'group_not_found') {
    return new ChatError('INVALID_INPUT', 'No such department.', { ...options, field: 'departmentId' })
  }
  const visitorError = error.api === 'customer' ? visitorErrorsByType.get(type) : undefined
  const clientError = visitorError ?? clientErrorsByType.get(type)
  if (clientError) return new ChatError(...clientError, options)
  if (status >= 500) return serverError(provider, status, error)
  const detail =
    type === 'authentication'
      ? 'LiveChat rejects the configured credential.'
      : `The provider rejected the request with status ${status}.`
  return new ChatError('PROVIDER_ERROR', detail, options)
}
