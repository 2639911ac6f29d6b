import type { WireRequest, WireResponse } from '../../wire-server.ts'

/**
 * An error of the accounts host. Its codes are documented for redirects (OAuth 2.1 names); the JSON form is
 * inferred.
 */
export class AccountsError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, details: string) {
    super(details)
    this.status = status
    this.code = code
  }
}

/** Responds 200 with the result of `work`, or with the error that it throws. */
export function accountsResponse(work: () => object): WireResponse {
  try {
    return { status: 200, body: work() }
  } catch (error) {
    if (!(error instanceof AccountsError)) throw error
    const { status, code, message } = error
    return { status, body: { oauth_exception: code, exception_details: message } }
  }
}

/**
 * The text fields of a body, JSON or form encoded alike (docs/providers/livechat.md 5). Throws AccountsError for a
 * body that is neither.
 */
export function readFields({ body, headers }: WireRequest): Readonly<Record<string, string | undefined>> {
  const raw = body.toString()
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(raw))
  }
  try {
    const parsed: unknown = JSON.parse(raw)
    const entries = Object.entries(parsed ?? {})
    return Object.fromEntries(
      entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    )
  } catch {
    throw new AccountsError(400, 'invalid_request', 'Request body is malformed')
  }
}
