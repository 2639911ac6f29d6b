import type { Priority } from '../domain/priority.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { RequestRejected, UpstreamError } from './errors.ts'

/** A request that is about to be sent, or to wait for the rate limit. */
export interface TracedCall {
  readonly method: string
  /** Pattern of the path. Contains no id and no token. */
  readonly route: string
  readonly priority: Priority
  /** Whether an earlier attempt of the same read has failed. */
  readonly isRetry: boolean
}

/** Runs a request as a span. `work` passes the milliseconds that it waited for the rate limit to `onWaited`, if it did. */
export type TraceCall = <Response extends { readonly status: number }>(
  call: TracedCall,
  work: (onWaited: (ms: number) => void) => Promise<Response>,
) => Promise<Response>

/** Creates the function that traces the requests to one account. Requests that join another one do not pass here. */
export function createCallTracer(tracing: Tracing, provider: string): TraceCall {
  return async ({ method, route, priority, isRetry }, work) => {
    const span = tracing.start({
      name: `${method} ${route}`,
      kind: 'client',
      attributes: {
        'http.request.method': method,
        'url.template': route,
        'switchboard.provider': provider,
        'switchboard.call.priority': priority,
        ...(isRetry && { 'http.request.resend_count': 1 }),
      },
    })
    try {
      const response = await work((ms) => span.set({ 'switchboard.rate_limit.wait_ms': Math.round(ms) }))
      span.set({ 'http.response.status_code': response.status })
      span.end(response.status >= 400 ? String(response.status) : null)
      return response
    } catch (error) {
      span.end(failureOf(error))
      throw error
    }
  }
}

function failureOf(error: unknown): string {
  if (error instanceof UpstreamError) return error.failure
  return error instanceof RequestRejected ? 'rejected' : 'unexpected'
}
