import { ChatError, type ErrorCode } from '../../domain/errors.ts'
import type { UpstreamResponse } from '../../upstream/client.ts'
import { mayHaveTakenEffect, UpstreamError } from '../../upstream/errors.ts'
import type { RateLimitDetector } from '../../upstream/rate-limit/rate-limit-headers.ts'
import { fromTransportError, rateLimited, serverError, UnreadableResponse } from '../shared/errors.ts'
import { errorResponse } from './wire.ts'

/** Rocket.Chat answered, and refused. `code` is its own word for why, or empty where it gave none. */
export class RocketChatError extends Error {
  override readonly name = 'RocketChatRefusal'
  readonly status: number
  readonly code: string
  readonly retryAfterMs: number | null

  constructor(status: number, code: string, retryAfterMs: number | null) {
    super(`Rocket.Chat refused with ${status} ${code}`)
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** Reads a refusal out of any of the five shapes; `body` is what JSON.parse gave, or undefined. */
export function parseErrorResponse(response: UpstreamResponse, body: unknown): RocketChatError {
  const { error, errorType, message } = errorResponse.catch({}).parse(body)
  const text = error ?? message ?? ''
  const bracketed = /\[([\w-]+)\]$/.exec(text)?.[1] ?? ''
  const codes = [errorType ?? '', bracketed, text].filter((word) => /^[\w-]+$/.test(word))
  const code = codes.find((word) => meanings.has(word)) ?? codes[0] ?? ''
  return new RocketChatError(response.status, code, response.retryAfterMs)
}

/** Whether the server refused a request for its rate: by status or by its own code (docs/providers/rocketchat.md 6). */
export const isRateLimited: RateLimitDetector = ({ status, text }) =>
  status === 429 || (status >= 400 && /"error-too-many-requests"|\[error-too-many-requests\]"/.test(text))

/**
 * Whether the server knows no such route: the oldest lack some (docs/providers/rocketchat.md 9) and answer
 * 404 or 405.
 */
export function isUnknownRoute(error: unknown): boolean {
  return error instanceof RocketChatError && (error.status === 404 || error.status === 405)
}

/** Whether the server refused with this word of its own. */
export function hasErrorCode(error: unknown, code: string): boolean {
  return error instanceof RocketChatError && error.code === code
}

/** Whether a write that failed so may have happened all the same. */
export function mayHaveBeenProcessed(error: unknown): boolean {
  if (error instanceof UpstreamError) return mayHaveTakenEffect(error)
  if (error instanceof RocketChatError) return error.status >= 500
  return error instanceof UnreadableResponse
}

/** Whether a write that failed so may happen yet: nobody has said that the server is done with it. */
export function mayStillBeProcessed(error: unknown): boolean {
  if (error instanceof RocketChatError) return error.status === 502 || error.status === 504
  return mayHaveBeenProcessed(error)
}

/** What each of the server's words means to a client. A map: `constructor` from outside is none of them. */
const meanings = new Map(
  Object.entries<readonly [ErrorCode, string]>({
    'invalid-token': ['UNAUTHENTICATED', 'The visitor token is not known.'],
    'invalid-room': ['NOT_FOUND', 'No such room.'],
    'error-invalid-room': ['NOT_FOUND', 'No such room.'],
    'error-room-not-found': ['NOT_FOUND', 'No such room.'],
    'invalid-message': ['NOT_FOUND', 'No such message.'],
    'room-closed': ['ROOM_CLOSED', 'The room is closed.'],
    'message-length-exceeds-character-limit': [
      'INVALID_INPUT',
      'The text is longer than this server allows.',
    ],
    'error-invalid-message': ['INVALID_INPUT', 'The text is empty.'],
    'error-action-not-allowed': ['FORBIDDEN', 'This server or the message’s authorship does not allow it.'],
    'error-contact-channel-blocked': ['FORBIDDEN', 'The contact is blocked.'],
    'error-not-allowed-to-close-conversation': ['FORBIDDEN', 'Visitors may not close rooms on this server.'],
    'error-tags-must-be-assigned-before-closing-chat': [
      'FORBIDDEN',
      'The room needs tags before it is closed.',
    ],
    'no-agent-online': ['CONFLICT', 'No agent is online; leave an offline message instead.'],
    'error-omnichannel-is-disabled': ['PROVIDER_UNAVAILABLE', 'Livechat is switched off on this server.'],
    'error-room-already-closed': ['ROOM_CLOSED', 'The room is closed already.'],
    'error-room-cannot-be-closed-try-again': ['CONFLICT', 'The room could not be closed; try again.'],
    'error-comment-is-required': ['INVALID_INPUT', 'This server wants a comment when a room is closed.'],
    'error-not-authorized': [
      'FORBIDDEN',
      'The service account lacks the permission close-others-livechat-room.',
    ],
    'error-message-size-exceeded': ['INVALID_INPUT', 'The text is longer than this server allows.'],
    'error-message-editing-blocked': ['FORBIDDEN', 'The time in which this server allows edits is over.'],
    room_is_archived: ['FORBIDDEN', 'The room is archived.'],
    You_have_been_muted: ['FORBIDDEN', 'The service account is muted in this room.'],
    'error-app-prevented': ['FORBIDDEN', 'An app on this server prevented it.'],
    'error-app-prevented-updating': ['FORBIDDEN', 'An app on this server prevented it.'],
    'error-app-prevented-deleting': ['FORBIDDEN', 'An app on this server prevented it.'],
    'error-not-allowed': ['FORBIDDEN', 'Not allowed.'],
    'error-forbidden': ['FORBIDDEN', 'Not allowed.'],
    'not-allowed': ['FORBIDDEN', 'Not allowed.'],
    'error-unauthorized': ['FORBIDDEN', 'The configured account lacks a permission for this.'],
  }),
)

/** Codes whose fault lies in what the client sent, and the field where. */
const faultyFields = new Map([
  ['message-length-exceeds-character-limit', 'text'],
  ['error-message-size-exceeded', 'text'],
  ['error-invalid-message', 'text'],
  ['error-comment-is-required', 'comment'],
])

/** Turns whatever a call threw into the one family; `provider` is the configured name. */
export function toChatError(error: unknown, provider: string): unknown {
  if (error instanceof RocketChatError) return fromRefusal(error, provider)
  return fromTransportError(error, provider) ?? error
}

function fromRefusal(error: RocketChatError, provider: string): ChatError {
  const options = { provider, cause: error }
  if (error.retryAfterMs !== null) return rateLimited(provider, error.retryAfterMs, error)
  if (error.status >= 500) return serverError(provider, error.status, error)
  const meaning = meanings.get(error.code)
  if (meaning) {
    const [code, detail] = meaning
    const field = faultyFields.get(error.code)
    return new ChatError(code, detail, field === undefined ? options : { ...options, field })
  }
  if (error.status === 401)
    return new ChatError('PROVIDER_ERROR', 'The configured account is refused.', options)
  const told = error.code === '' ? '' : `: ${error.code}`
  return new ChatError('PROVIDER_ERROR', `The provider refused${told}.`, options)
}
