/**
 * Why the server rejects a call. The response depends on the release and the route (docs/providers/rocketchat.md
 * 0).
 */
export type ErrorReason =
  /** A plain error: bare text, no `errorType`. */
  | { readonly kind: 'plain'; readonly text: string }
  /** A coded error; without a reason only `[code]` is shown. */
  | {
      readonly kind: 'coded'
      readonly code: string
      readonly reason?: string
      readonly details?: Readonly<Record<string, unknown>>
    }
  /** A runtime check in place of a validator; `path` is the field's. */
  | { readonly kind: 'mismatch'; readonly text: string; readonly path: string }
  /** The handler's "failure" with an object, or with nothing: `{success: false}`. */
  | { readonly kind: 'failure'; readonly body: Readonly<Record<string, unknown>> }
  /** The handler's "not found": 404 with a text. */
  | { readonly kind: 'not-found'; readonly text: string }
  /** What the database driver threw. */
  | { readonly kind: 'database'; readonly text: string }
  | { readonly kind: 'limited'; readonly seconds: number }
  | { readonly kind: 'not-logged-in' }
  /** The handler's own check. */
  | { readonly kind: 'forbidden' }
  /** The route's permission check. */
  | { readonly kind: 'lacks-permission' }
  /** A route of the enterprise edition, without a licence. */
  | { readonly kind: 'unlicensed' }
  | { readonly kind: 'login-failed' }
  /** A body or query that a typed route's validator rejected. */
  | { readonly kind: 'typed-invalid'; readonly text: string; readonly part: 'query' | 'body' }

/** An error of the API. The HTTP side turns it into a response. */
export class ApiError extends Error {
  readonly reason: ErrorReason
  constructor(reason: ErrorReason) {
    super(`rejected: ${JSON.stringify(reason)}`)
    this.reason = reason
  }
}

/** A plain error such as `invalid-token`. */
export function plainError(text: string): ApiError {
  return new ApiError({ kind: 'plain', text })
}

/** A coded error, with or without a reason and details. */
export function codedError(
  code: string,
  reason?: string,
  details?: Readonly<Record<string, unknown>>,
): ApiError {
  return new ApiError({
    kind: 'coded',
    code,
    ...(reason !== undefined && { reason }),
    ...(details && { details }),
  })
}

/** The handler's failure with an object's fields, or with none. */
export function failureWith(body: Readonly<Record<string, unknown>> = {}): ApiError {
  return new ApiError({ kind: 'failure', body })
}
