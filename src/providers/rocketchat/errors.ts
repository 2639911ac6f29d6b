import { ChatError, type ErrorCode } from '../../chat/errors.ts'
import type { UpstreamResponse } from '../../upstream/client.ts'
import { UpstreamError } from '../../upstream/errors.ts'
import { belowProtocol, rateLimited, serverFault, UnreadableAnswer } from '../failures.ts'
import { failure } from './wire.ts'

/** Rocket.Chat answered, and refused. `code` is its own word for why, or empty where it gave none. */
export class RocketChatRefusal extends Error {
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
export function readRefusal(response: UpstreamResponse, body: unknown): RocketChatRefusal {
  const { error, errorType, message } = failure.catch({}).parse(body)
  const text = error ?? message ?? ''
  const bracketed = /\[([\w-]+)\]$/.exec(text)?.[1] ?? ''
  const codes = [errorType ?? '', bracketed, text].filter((word) => /^[\w-]+$/.test(word))
  const code = codes.find((word) => word in meanings) ?? codes[0] ?? ''
  return new RocketChatRefusal(response.status, code, retryAfterMs(response, text))
}

/** The longer of what the text says and what the header says (rocketchat.md 6); null when not limited. */
function retryAfterMs(response: UpstreamResponse, text: string): number | null {
  if (response.status !== 429) return null
  const said = Number(/wait (\d+) seconds?/.exec(text)?.[1] ?? 0) * 1000
  const reset = Number(response.headers['x-ratelimit-reset'] ?? 0)
  return Math.max(said, reset === 0 ? 0 : reset - Date.now(), 1000)
}

/** Whether a write that failed so may have happened all the same. */
export function mayHaveHappened(error: unknown): boolean {
  if (error instanceof UpstreamError) return error.failure === 'lost' || error.failure === 'timeout'
  if (error instanceof RocketChatRefusal) return error.status >= 500
  return error instanceof UnreadableAnswer
}

/** Whether a write that failed so may happen yet: nobody has said that the server is done with it. */
export function mayStillHappen(error: unknown): boolean {
  if (error instanceof RocketChatRefusal) return error.status === 502 || error.status === 504
  return mayHaveHappened(error)
}

const meanings: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  'invalid-token': ['UNAUTHENTICATED', 'The visitor token is not known.'],
  'invalid-room': ['NOT_FOUND', 'No such room.'],
  'error-invalid-room': ['NOT_FOUND', 'No such room.'],
  'error-room-not-found': ['NOT_FOUND', 'No such room.'],
  'invalid-message': ['NOT_FOUND', 'No such message.'],
  'room-closed': ['ROOM_CLOSED', 'The room is closed.'],
  'message-length-exceeds-character-limit': ['INVALID_INPUT', 'The text is longer than this server allows.'],
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
  'error-app-prevented': ['FORBIDDEN', 'An app on this server prevented it.'],
  'error-app-prevented-updating': ['FORBIDDEN', 'An app on this server prevented it.'],
  'error-app-prevented-deleting': ['FORBIDDEN', 'An app on this server prevented it.'],
  'error-not-allowed': ['FORBIDDEN', 'Not allowed.'],
  'error-forbidden': ['FORBIDDEN', 'Not allowed.'],
  'not-allowed': ['FORBIDDEN', 'Not allowed.'],
  'error-unauthorized': ['FORBIDDEN', 'The configured account lacks a permission for this.'],
}

/** Codes whose fault lies in the text that the client sent. */
const aboutText = new Set(['message-length-exceeds-character-limit', 'error-invalid-message'])

/** Turns whatever a call threw into the one family; `provider` is the configured name. */
export function toChatError(error: unknown, provider: string): unknown {
  if (error instanceof RocketChatRefusal) return fromRefusal(error, provider)
  return belowProtocol(error, provider) ?? error
}

function fromRefusal(error: RocketChatRefusal, provider: string): ChatError {
  const options = { provider, cause: error }
  if (error.status === 429) return rateLimited(provider, error.retryAfterMs ?? 1000, error)
  if (error.status >= 500) return serverFault(provider, error.status, error)
  const meaning = meanings[error.code]
  if (meaning) {
    const [code, detail] = meaning
    return new ChatError(code, detail, aboutText.has(error.code) ? { ...options, field: 'text' } : options)
  }
  if (error.status === 401)
    return new ChatError('PROVIDER_ERROR', 'The configured account is refused.', options)
  const told = error.code === '' ? '' : `: ${error.code}`
  return new ChatError('PROVIDER_ERROR', `The provider refused${told}.`, options)
}
