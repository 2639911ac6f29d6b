/** Codes after which the same operation can succeed later without a change. */
const TRANSIENT_CODES = new Set([
  'RATE_LIMITED',
  'PROVIDER_UNAVAILABLE',
  'PROVIDER_ERROR',
  'OUTCOME_UNKNOWN',
  'SERVICE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
  'TOO_MANY_SUBSCRIPTIONS',
  'TOO_MANY_SOCKETS',
  'TOO_MANY_OPERATIONS',
])

/** What the gateway's errors have in common, in GraphQL responses, results of mutations, and responses about files. */
export interface ErrorFields {
  readonly code: string
  readonly message: string
  /** The provider that failed; null if it is not a provider's error. */
  readonly provider?: string | null | undefined
  /** The input field of an INVALID_INPUT. */
  readonly field?: string | null | undefined
  /** Milliseconds after which a RATE_LIMITED operation can succeed. */
  readonly retryAfterMs?: number | null | undefined
}

/** An error that the gateway has reported. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  /** For programs: an `ErrorCode` of the schema, or a code of the GraphQL engine. */
  readonly code: string
  readonly provider: string | null
  readonly field: string | null
  readonly retryAfterMs: number | null

  constructor({ code, message, provider = null, field = null, retryAfterMs = null }: ErrorFields) {
    super(message)
    this.code = code
    this.provider = provider
    this.field = field
    this.retryAfterMs = retryAfterMs
  }

  /** Whether the same operation can succeed later without a change. */
  get isTransient(): boolean {
    return TRANSIENT_CODES.has(this.code)
  }
}

/** The gateway sent no response that can be read. A mutation may have been carried out. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

/** The error for a credential that the gateway does not accept, or not any more. */
export const UNAUTHENTICATED = 'UNAUTHENTICATED'

/** Returns the errors of a GraphQL response; none if it has none. */
export function errorsOf(errors: unknown): readonly GatewayError[] {
  return Array.isArray(errors) ? errors.map(errorOf) : []
}

function errorOf(error: unknown): GatewayError {
  const { message, extensions } = Object(error)
  const { code, provider, field, retryAfterMs } = Object(extensions)
  return new GatewayError({
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    message: String(message),
    provider,
    field,
    retryAfterMs,
  })
}

/** Whether a mutation's result is one of its errors. Narrows the result's type to them. */
export function isUserError<Result extends object>(
  result: Result,
): result is Extract<Result, { readonly code: unknown }> {
  return 'code' in result && typeof result.code === 'string'
}

/** Something that was thrown, as an error. */
export function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
