import type { WireResponse } from '../wire-server.ts'

/**
 * The HTTP status of each error type. Documents never tie the two together (docs/providers/livechat.md 3.6); 401,
 * 403, 422 and 400 were seen in real traffic, the rest follows their meaning.
 */
const STATUS = {
  authentication: 401,
  authorization: 403,
  missing_access: 403,
  customer_banned: 403,
  validation: 400,
  unsupported_version: 400,
  not_found: 404,
  group_not_found: 404,
  license_not_found: 404,
  entity_too_large: 413,
  misdirected_request: 421,
  chat_inactive: 422,
  limit_reached: 422,
  agent_offline: 422,
  group_offline: 422,
  groups_offline: 422,
  too_many_requests: 429,
  internal: 500,
  service_unavailable: 503,
  request_timeout: 504,
} as const

/** The error types of the v3 APIs that the sandbox can answer with. */
export type ApiErrorType = keyof typeof STATUS

/** An error of a v3 API: body `{"error":{"type","message","data"?}}`. */
export class ApiError extends Error {
  readonly type: ApiErrorType
  readonly status: number
  readonly data: Readonly<Record<string, unknown>> | undefined

  constructor(
    type: ApiErrorType,
    message: string,
    more: { readonly status?: number; readonly data?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message)
    this.type = type
    this.status = more.status ?? STATUS[type]
    this.data = more.data
  }
}

/**
 * An error for a broken rule, as opposed to a malformed request: also `validation`, but 422, as seen for unknown
 * users (docs/providers/livechat.md 3.6).
 */
export const unprocessable = (message: string): ApiError =>
  new ApiError('validation', message, { status: 422 })

/** The response for an error. */
export function renderApiError({ type, message, data, status }: ApiError): WireResponse {
  return { status, body: { error: { type, message, ...(data && { data }) } } }
}

const answerFault = (type: ApiErrorType, message: string, headers?: Readonly<Record<string, string>>) =>
  ({
    kind: 'answer',
    ...renderApiError(new ApiError(type, message)),
    ...(headers && { headers: { ...headers } }),
  }) as const

/**
 * Faults in the form of the v3 APIs (docs/providers/livechat.md 3.6), for `sandbox.injectFault`, with a route and
 * times.
 */
export const apiFaults = {
  tooManyRequests: answerFault('too_many_requests', 'Too many requests'),
  /** The same with a `Retry-After` in seconds, which is not documented but may appear. */
  tooManyRequestsFor: (seconds: number) =>
    answerFault('too_many_requests', 'Too many requests', { 'retry-after': String(seconds) }),
  serviceUnavailable: answerFault('service_unavailable', 'Service unavailable'),
  requestTimeout: answerFault('request_timeout', 'Request timeout'),
  internal: answerFault('internal', 'Internal server error'),
}
