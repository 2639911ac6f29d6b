/** Codes after which the same operation can succeed later without a change. */
const TRANSIENT_CODES =
  /^(RATE_LIMITED|PROVIDER_UNAVAILABLE|PROVIDER_ERROR|OUTCOME_UNKNOWN|SERVICE_UNAVAILABLE|INTERNAL_SERVER_ERROR|TOO_MANY_(SUBSCRIPTIONS|SOCKETS|OPERATIONS))$/

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
  declare readonly code: string
  declare readonly provider: string | null
  declare readonly field: string | null
  declare readonly retryAfterMs: number | null

  constructor({ code, message, provider = null, field = null, retryAfterMs = null }: ErrorFields) {
    super(message)
    Object.assign(this, { code, provider, field, retryAfterMs })
  }

  /** Whether the same operation can succeed later without a change. */
  get isTransient(): boolean {
    return TRANSIENT_CODES.test(this.code)
  }
}

/** The gateway sent no response that can be read. A mutation may have been carried out. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
  readonly isTransient = true
  readonly retryAfterMs = null
}

/** Whether the same operation can succeed later without a change. */
export function isTransient(error: unknown): error is GatewayError | NetworkError {
  return (error instanceof GatewayError || error instanceof NetworkError) && error.isTransient
}

/** The error for a credential that the gateway does not accept, or not any more. */
export const UNAUTHENTICATED = 'UNAUTHENTICATED'

/** Returns the errors of a GraphQL response; none if it has none. */
export function errorsOf(errors: unknown): readonly GatewayError[] {
  if (!Array.isArray(errors)) return []
  return errors.map(({ message, extensions }) => toGatewayError(extensions, message))
}

/** Returns the error with the fields that the gateway's errors have in common, as far as they are there. */
export function toGatewayError(fields: unknown, message: unknown): GatewayError {
  const { code, provider, field, retryAfterMs } = Object(fields)
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
