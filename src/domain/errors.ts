/** Why something was not done. The codes are the schema's `ErrorCode`. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'UNSUPPORTED',
  'ROOM_CLOSED',
  'RATE_LIMITED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_ERROR',
  'OUTCOME_UNKNOWN',
] as const
export type ErrorCode = (typeof errorCodes)[number]

export interface ChatErrorOptions {
  /** The configured name of the provider that is the reason. */
  readonly provider?: string
  /** The input field that is at fault, as the client wrote it: `text`, `filter.from`. */
  readonly field?: string
  /** How long to wait before another try makes sense. */
  readonly retryAfterMs?: number
  /** The gateway held it back to spare the provider: nothing was sent. */
  readonly unsent?: boolean
  readonly cause?: unknown
}

/**
 * The one family of expected failures. `message` is shown to clients: it never holds a credential
 * nor text that a provider wrote freely.
 */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  readonly code: ErrorCode
  readonly provider: string | null
  readonly field: string | null
  readonly retryAfterMs: number | null
  readonly unsent: boolean

  constructor(code: ErrorCode, detail: string, options: ChatErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.provider = options.provider ?? null
    this.field = options.field ?? null
    this.retryAfterMs = options.retryAfterMs ?? null
    this.unsent = options.unsent ?? false
  }
}

/** A client's input that cannot be accepted; `field` names it. */
export function invalidInput(field: string, detail: string): ChatError {
  return new ChatError('INVALID_INPUT', detail, { field })
}

/** Absent, or not the caller's to see: the two answer alike. */
export function notFound(what: string, provider?: string): ChatError {
  return new ChatError('NOT_FOUND', `No such ${what}.`, provider === undefined ? {} : { provider })
}

/** Whether an error says no more than "absent or not yours". */
export function isNotFound(error: unknown): boolean {
  return error instanceof ChatError && error.code === 'NOT_FOUND'
}
