import { ChatError, type ErrorCode, FileRejected } from '../../domain/errors.ts'
import type { UpstreamResponse } from '../../upstream/client.ts'
import { mayHaveTakenEffect, UpstreamError } from '../../upstream/errors.ts'
import type { RateLimitDetector } from '../../upstream/rate-limit/rate-limit-headers.ts'
import { fromTransportError, rateLimited, serverError, UnreadableResponse } from '../shared/errors.ts'
import { readErrorBody } from './wire.ts'

/** An error response of Rocket.Chat. `code` is the server's error code, or empty if the response has none. */
export class RocketChatError extends Error {
  override readonly name = 'RocketChatError'
  readonly status: number
  readonly code: string
  readonly retryAfterMs: number | null

  constructor(status: number, code: string, retryAfterMs: number | null) {
    super(`Rocket.Chat responded with ${status} ${code}`)
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** Parses an error response of any of the six shapes (docs/providers/rocketchat.md 0, 18.1). `body` is the parsed JSON. */
export function parseErrorResponse(response: UpstreamResponse, body: unknown): RocketChatError {
  const { error, errorType, message, reason } = readErrorBody(body)
  const text = error ?? message ?? ''
  const bracketed = /\[([\w-]+)\]$/.exec(text)?.[1] ?? ''
  const isKnown = (candidate: string) => clientErrors.has(candidate) || rejectionsOfFiles.has(candidate)
  const candidates = [errorType ?? '', bracketed, text, reason ?? '']
  const codes = candidates.filter((candidate) => /^[\w-]+$/.test(candidate) || isKnown(candidate))
  const code = codes.find(isKnown) ?? codes[0] ?? ''
  return new RocketChatError(response.status, code, response.retryAfterMs)
}

/** Whether a response is a rate-limit response, by status or by error code (docs/providers/rocketchat.md 6). */
export const isRateLimited: RateLimitDetector = ({ status, body }) =>
  status === 429 ||
  (status >= 400 && /"error-too-many-requests"|\[error-too-many-requests\]"/.test(body.text))

/** Whether a request failed because of a rate limit: the server rejected it, or the gateway did not send it. */
export function isRateLimitError(error: unknown): boolean {
  if (error instanceof UpstreamError) return error.failure === 'limited'
  return error instanceof RocketChatError && error.retryAfterMs !== null
}

/** Whether the server lacks the route, as the oldest releases do (docs/providers/rocketchat.md 9). */
export function isUnknownRoute(error: unknown): boolean {
  return error instanceof RocketChatError && (error.status === 404 || error.status === 405)
}

/** Whether an error is a response with this error code. */
export function hasErrorCode(error: unknown, code: string): boolean {
  return error instanceof RocketChatError && error.code === code
}

/** Whether a server with validators does not know a parameter of the request. */
export function isRejectedParameter(error: unknown): boolean {
  return hasErrorCode(error, 'invalid-params') || hasErrorCode(error, 'error-invalid-params')
}

/** Whether a write that failed with this error may have taken effect. */
export function mayHaveBeenProcessed(error: unknown): boolean {
  if (error instanceof UpstreamError) return mayHaveTakenEffect(error)
  if (error instanceof RocketChatError) return error.status >= 500
  return error instanceof UnreadableResponse
}

/** Whether a write that failed with this error may take effect later: nothing shows that the server is done with it. */
export function mayStillBeProcessed(error: unknown): boolean {
  if (error instanceof RocketChatError) return error.status === 502 || error.status === 504
  return mayHaveBeenProcessed(error)
}

/** Whether the server rejected a request without a reason, as it does with a repeated message id, among others. */
export function isUnexplainedError(error: unknown): boolean {
  return error instanceof RocketChatError && error.status === 400 && error.code === ''
}

const AGENT_NOT_AVAILABLE =
  'The agent is not available: it is offline or away, does not accept chats, or does not exist.'

/** Client errors by the server's error code. A map, so that a code such as `constructor` matches nothing. */
const clientErrors = new Map(
  Object.entries<readonly [ErrorCode, string]>({
    'invalid-token': ['UNAUTHENTICATED', 'The visitor token is not known.'],
    'invalid-room': ['NOT_FOUND', 'No such room.'],
    'error-invalid-room': ['NOT_FOUND', 'No such room.'],
    'error-room-not-found': ['NOT_FOUND', 'No such room.'],
    'invalid-message': ['NOT_FOUND', 'No such message.'],
    'invalid-custom-field': ['INVALID_INPUT', 'This server has no custom field with this key.'],
    'room-closed': ['ROOM_CLOSED', 'The room is closed.'],
    'message-length-exceeds-character-limit': [
      'INVALID_INPUT',
      'The text is longer than this server allows.',
    ],
    'error-invalid-message': ['INVALID_INPUT', 'The text is empty.'],
    'error-action-not-allowed': [
      'FORBIDDEN',
      'This server does not allow it, or somebody else wrote the message.',
    ],
    'error-contact-channel-blocked': ['FORBIDDEN', 'The contact is blocked.'],
    'error-not-allowed-to-close-conversation': ['FORBIDDEN', 'Visitors may not close rooms on this server.'],
    'error-tags-must-be-assigned-before-closing-chat': [
      'INVALID_INPUT',
      'The department of the room requires tags when a room is closed.',
    ],
    'invalid-data': ['INVALID_INPUT', 'This server does not accept the rating.'],
    'no-agent-online': ['CONFLICT', 'No agent is online; leave an offline message instead.'],
    'error-omnichannel-is-disabled': ['PROVIDER_UNAVAILABLE', 'Livechat is disabled on this server.'],
    'error-room-already-closed': ['ROOM_CLOSED', 'The room is already closed.'],
    'error-room-cannot-be-closed-try-again': ['CONFLICT', 'The room could not be closed; try again.'],
    'error-comment-is-required': ['INVALID_INPUT', 'This server requires a comment when a room is closed.'],
    'error-not-authorized': ['FORBIDDEN', 'The agent lacks a permission for this.'],
    'error-business-hours-are-closed': ['CONFLICT', 'An agent cannot accept chats outside business hours.'],
    'error-user-deactivated': ['CONFLICT', 'The agent’s account is deactivated.'],
    This_conversation_is_already_closed: ['ROOM_CLOSED', 'The room is closed.'],
    'error-room-onHold': ['CONFLICT', 'The room is on hold.'],
    'error-mac-limit-reached': ['CONFLICT', 'The contact limit of this server’s licence is reached.'],
    'error-inquiry-taken': ['CONFLICT', 'Another agent is taking the room.'],
    'error-taking-inquiry-lockedAt-mismatch': ['CONFLICT', 'Another agent is taking the room.'],
    'error-agent-status-service-offline': ['CONFLICT', AGENT_NOT_AVAILABLE],
    'error-user-is-offline': ['CONFLICT', AGENT_NOT_AVAILABLE],
    // The only code that is a sentence.
    'The user is invalid': ['INVALID_INPUT', 'No such agent.'],
    'error-invalid-inquiry': ['CONFLICT', 'The server has no inquiry for the room.'],
    'error-invalid-department': ['INVALID_INPUT', 'No such department.'],
    'error-no-agents-available-for-service-on-department': [
      'CONFLICT',
      'No agent of the department is available.',
    ],
    'error-forwarding-department-target-not-allowed': [
      'FORBIDDEN',
      'This server does not allow transfers from the room’s department to that department.',
    ],
    'error-forwarding-chat': ['CONFLICT', 'The server could not transfer the room.'],
    'error-transferring-inquiry': ['CONFLICT', 'The server could not transfer the room.'],
    'error-returning-inquiry': ['CONFLICT', 'The server could not return the room to the queue.'],
    'error-message-size-exceeded': ['INVALID_INPUT', 'The text is longer than this server allows.'],
    'error-message-editing-blocked': ['FORBIDDEN', 'The period in which this server allows edits has ended.'],
    'error-file-upload-disabled': ['FORBIDDEN', 'This server does not accept files.'],
    'error-no-file': ['INVALID_INPUT', 'The file is empty.'],
    'error-no-file-uploaded': ['INVALID_INPUT', 'The file is empty.'],
    room_is_archived: ['FORBIDDEN', 'The room is archived.'],
    You_have_been_muted: ['FORBIDDEN', 'The agent is muted in this room.'],
    'error-app-prevented': ['FORBIDDEN', 'An app on this server prevented the action.'],
    'error-app-prevented-updating': ['FORBIDDEN', 'An app on this server prevented the action.'],
    'error-app-prevented-deleting': ['FORBIDDEN', 'An app on this server prevented the action.'],
    'error-not-allowed': ['FORBIDDEN', 'Not allowed.'],
    'error-forbidden': ['FORBIDDEN', 'Not allowed.'],
    'not-allowed': ['FORBIDDEN', 'Not allowed.'],
    'error-unauthorized': ['FORBIDDEN', 'The agent lacks a permission for this.'],
  }),
)

/** Why a file is not accepted, by the server's error code (docs/providers/rocketchat.md 18). */
const rejectionsOfFiles = new Map<string, readonly [FileRejected['reason'], string]>([
  ['error-size-not-allowed', ['size', 'The file is larger than this server allows.']],
  ['error-file-too-large', ['size', 'The file is larger than this server allows.']],
  ['error-type-not-allowed', ['type', 'This server does not accept files of this type.']],
  ['error-invalid-file-type', ['type', 'This server does not accept files of this type.']],
])

/** Invalid input fields by the server's error code. */
const invalidFields = new Map([
  ['message-length-exceeds-character-limit', 'text'],
  ['error-message-size-exceeded', 'text'],
  ['error-invalid-message', 'text'],
  ['invalid-custom-field', 'customFields'],
  ['error-comment-is-required', 'comment'],
  ['The user is invalid', 'agentId'],
  ['error-invalid-department', 'departmentId'],
  ['error-tags-must-be-assigned-before-closing-chat', 'tags'],
  ['invalid-data', 'score'],
  ['error-no-file', 'file'],
  ['error-no-file-uploaded', 'file'],
])

/** Maps any error of a request to ChatError where it has a meaning for clients. `provider` is the configured name. */
export function toChatError(error: unknown, provider: string): unknown {
  if (error instanceof RocketChatError) return fromErrorResponse(error, provider)
  return fromTransportError(error, provider) ?? error
}

function fromErrorResponse(error: RocketChatError, provider: string): ChatError {
  const options = { provider, cause: error }
  if (error.retryAfterMs !== null) return rateLimited(provider, error.retryAfterMs, error)
  if (error.status >= 500) return serverError(provider, error.status, error)
  const rejection = rejectionsOfFiles.get(error.code)
  if (rejection) return new FileRejected(...rejection, options)
  const clientError = clientErrors.get(error.code)
  if (clientError) {
    const [code, detail] = clientError
    const field = invalidFields.get(error.code)
    return new ChatError(code, detail, field === undefined ? options : { ...options, field })
  }
  if (error.status === 401)
    return new ChatError('PROVIDER_ERROR', 'The provider rejects the configured account.', options)
  const reason = error.code === '' ? '' : `: ${error.code}`
  return new ChatError('PROVIDER_ERROR', `The provider rejected the request${reason}.`, options)
}
