/** Reasons of failures. The codes are the schema's `ErrorCode`. */
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
  /** The configured name of the provider that caused the failure. */
  readonly provider?: string
  /** Path of the invalid input field, as the client wrote it: `text`, `filter.from`. */
  readonly field?: string
  /** Milliseconds to wait before a retry can succeed. */
  readonly retryAfterMs?: number
  /** True where the gateway rejected the request itself to protect the provider: nothing was sent. */
  readonly unsent?: boolean
  readonly cause?: unknown
}

/**
 * The only class of expected failures. Clients see `message`: it must not contain a credential or free text from a
 * provider, except the name of an agent.
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

/** A file that is too large, of a type that is not accepted, or that does not arrive completely: INVALID_INPUT at the field `file`. */
export class FileRejected extends ChatError {
  readonly reason: 'size' | 'type' | 'incomplete'

  constructor(reason: FileRejected['reason'], detail: string, options: ChatErrorOptions = {}) {
    super('INVALID_INPUT', detail, { ...options, field: 'file' })
    this.reason = reason
  }
}

/** Creates the error for invalid client input; `field` names the input field. */
export function invalidInput(field: string, detail: string): ChatError {
  return new ChatError('INVALID_INPUT', detail, { field })
}

/** Creates the error for a thing that is absent or that the caller cannot see: the two must look alike. */
export function notFound(what: string, provider?: string): ChatError {
  return new ChatError('NOT_FOUND', `No such ${what}.`, provider === undefined ? {} : { provider })
}

/** Whether an error means "absent or not visible to the caller". */
export function isNotFound(error: unknown): boolean {
  return error instanceof ChatError && error.code === 'NOT_FOUND'
}

/** Whether an error is about the client's input. */
export function isInvalidInput(error: unknown): boolean {
  return error instanceof ChatError && error.code === 'INVALID_INPUT'
}
