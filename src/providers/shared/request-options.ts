import type { CallContext } from '../../domain/adapter.ts'
import type { UpstreamRequest } from '../../upstream/client.ts'
import type { RequestCaller } from '../../upstream/request-caller.ts'

/** The part of a call's context that its requests inherit. */
export type RequestOptions = Pick<UpstreamRequest, 'priority' | 'caller' | 'allowance' | 'signal'>

/** Returns the options of a request of this call. `caller` is given for a request that carries a visitor's own token. */
export function toRequestOptions(
  call: CallContext,
  caller: RequestCaller = callerWithoutToken(call),
): RequestOptions {
  const { priority = 'interactive', allowance, signal } = call
  return { priority, caller, ...(allowance && { allowance }), signal }
}

/**
 * Detaches a call from its operation, which then neither ends it nor pays for it: a call whose result is shared, or a write
 * whose outcome must be known.
 */
export function detach({ allowance: _allowance, ...call }: CallContext): CallContext {
  return { ...call, signal: new AbortController().signal }
}

/** Returns the caller of a request without a visitor token: an operator, or all clients of one address. */
export function callerWithoutToken({ caller, clientAddress }: CallContext): RequestCaller {
  const origin = clientAddress ?? ''
  const key = caller.role === 'OPERATOR' ? `operator ${caller.name}` : `address ${origin}`
  return { key, origin, isVerified: true, authenticationError: null }
}
