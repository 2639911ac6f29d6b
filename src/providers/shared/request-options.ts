import type { CallContext } from '../../domain/adapter.ts'
import type { UpstreamRequest } from '../../upstream/client.ts'
import type { RequestCaller } from '../../upstream/request-caller.ts'

/** What a request takes over from the call that causes it. */
export type RequestOptions = Pick<UpstreamRequest, 'priority' | 'caller' | 'allowance' | 'signal'>

/** How a request is treated that this call causes; `caller` where it carries a visitor's own token. */
export function toRequestOptions(
  call: CallContext,
  caller: RequestCaller = callerWithoutToken(call),
): RequestOptions {
  const { priority = 'interactive', allowance, signal } = call
  return { priority, caller, ...(allowance && { allowance }), signal }
}

/** A call whose outcome is for others too: who causes it neither ends it by leaving, nor pays for it. */
export function detach({ allowance: _paysNot, ...call }: CallContext): CallContext {
  return { ...call, signal: new AbortController().signal }
}

/** The caller of a request without a visitor's token: an operator, or whoever comes from an address. */
export function callerWithoutToken({ caller, clientAddress }: CallContext): RequestCaller {
  const origin = clientAddress ?? ''
  const key = caller.role === 'OPERATOR' ? `operator ${caller.name}` : `address ${origin}`
  return { key, origin, isVerified: true, authenticationError: null }
}
