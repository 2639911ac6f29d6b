import { ApiError, type ApiErrorType } from '../api-error.ts'
import { VERSION } from '../v3/method.ts'

/** The version that frames carry, `3.6`. */
export const FRAME_VERSION = VERSION.slice(1)

/** A request that a client sends over RTM (docs/providers/livechat.md 7.2). */
export interface RequestFrame {
  readonly requestId: string | undefined
  readonly action: string
  readonly payload: unknown
}

/** The error object of responses; `type` has more values over RTM than in the Web APIs. */
export interface RtmError {
  readonly type: ApiErrorType | RtmErrorType
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>>
}

/** The error types that only RTM has (docs/providers/livechat.md 25.3 and 25.4). */
export type RtmErrorType =
  | 'pending_requests_limit_reached'
  | 'seats_limit_exceeded'
  | 'requester_suspended'
  | 'requester_awaiting_approval'
  | 'requester_already_offline'
  | 'users_limit_reached'
  | 'not_allowed'
  | 'license_expired'

/** The errors with which the login of each side can be refused, for tests. */
export const loginErrors: Readonly<Record<'agent' | 'customer', readonly RtmError[]>> = {
  agent: [
    { type: 'authentication', message: 'Invalid access token' },
    { type: 'authorization', message: 'Insufficient scopes' },
    { type: 'seats_limit_exceeded', message: 'Seats limit exceeded' },
    { type: 'requester_suspended', message: 'Requester is suspended' },
    { type: 'requester_awaiting_approval', message: 'Requester is awaiting approval' },
    { type: 'license_expired', message: 'License expired' },
    { type: 'license_not_found', message: 'License not found' },
    { type: 'too_many_requests', message: 'Too many requests' },
    { type: 'service_unavailable', message: 'Service unavailable' },
    { type: 'request_timeout', message: 'Request timeout' },
    { type: 'internal', message: 'Internal server error' },
  ],
  customer: [
    { type: 'authentication', message: 'Invalid access token' },
    { type: 'customer_banned', message: 'Customer is banned' },
    { type: 'users_limit_reached', message: 'Users limit reached' },
    { type: 'not_allowed', message: 'Not allowed' },
    { type: 'license_expired', message: 'License expired' },
    { type: 'license_not_found', message: 'License not found' },
    { type: 'too_many_requests', message: 'Too many requests' },
    { type: 'service_unavailable', message: 'Service unavailable' },
    { type: 'request_timeout', message: 'Request timeout' },
    { type: 'internal', message: 'Internal server error' },
  ],
}

/** An error that only RTM has. */
export class RtmRefusal extends Error {
  readonly error: RtmError

  constructor(type: RtmErrorType, message: string) {
    super(message)
    this.error = { type, message }
  }
}

/** Reads a client's frame. Null for what is no request. */
export function readRequest(text: string): RequestFrame | null {
  const frame = parse(text)
  if (typeof frame !== 'object' || frame === null || !('action' in frame)) return null
  const { action } = frame
  if (typeof action !== 'string') return null
  const requestId = 'request_id' in frame ? frame.request_id : undefined
  const payload = 'payload' in frame ? frame.payload : undefined
  return { action, payload: payload ?? {}, requestId: typeof requestId === 'string' ? requestId : undefined }
}

/** The response to a request that succeeded. */
export function successFrame({ requestId, action }: RequestFrame, payload: unknown): object {
  const id = requestId !== undefined && { request_id: requestId }
  return { ...id, action, type: 'response', success: true, payload: payload ?? {} }
}

/** The response to a request that failed. */
export function errorFrame({ requestId, action }: RequestFrame, error: object): object {
  const id = requestId !== undefined && { request_id: requestId }
  return { ...id, action, type: 'response', success: false, payload: { error } }
}

/** A push. `requestId` is set where the connection itself caused it. */
export function pushFrame(action: string, payload: object, requestId: string | undefined): object {
  const id = requestId !== undefined && { request_id: requestId }
  return { version: FRAME_VERSION, ...id, action, type: 'push', payload }
}

/** The error object of what a method threw; null for anything but a refusal. */
export function errorOf(thrown: unknown): RtmError | null {
  if (thrown instanceof RtmRefusal) return thrown.error
  if (!(thrown instanceof ApiError)) return null
  const { type, message, data } = thrown
  return { type, message, ...(data && { data }) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
