import { type Dispatcher, Pool } from 'undici'
import { toUpstreamError, UpstreamError } from './errors.ts'
import { Exchange } from './exchange.ts'
import type { HttpResponse, UpstreamRequest, UpstreamRequestReport } from './request.ts'
import type { StopSignal } from './stop-signal.ts'

export type { HttpResponse } from './request.ts'

/** Address, timeout and size of a connection pool. */
export interface HttpTransportOptions {
  /** Base URL; its path is the prefix of every request's path. */
  readonly url: string
  /** Timeout of one request in milliseconds, from its start to the last byte of the response. */
  readonly timeoutMs: number
  /** Maximum number of concurrent connections; further requests wait. */
  readonly connections: number
  /** Receives a report of each finished request, successful or not. */
  readonly onRequest?: (report: UpstreamRequestReport) => void
}

/** Connection pool of one server. Sends every request at once and applies a timeout to each. */
export interface HttpTransport {
  /**
   * Sends one request, with `json` as its body, and reads the complete response. Throws `UpstreamError` if there is none.
   */
  send(request: UpstreamRequest, json: string | null, signal: StopSignal): Promise<HttpResponse>
  /** Aborts the requests in flight. */
  close(): Promise<void>
}

const DEFAULT_MAX_RESPONSE_BYTES = 2 * 1024 * 1024

/** Creates a connection pool; it connects with the first request. */
export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const { url, timeoutMs, connections, onRequest } = options
  const base = new URL(url)
  const prefix = base.pathname.replace(/\/$/, '')
  const pool = new Pool(base.origin, {
    connections,
    connectTimeout: Math.min(timeoutMs, 5_000),
    // There is one timeout for the whole exchange; undici's own would fire at other moments.
    headersTimeout: 0,
    bodyTimeout: 0,
  })

  /** Reports an exchange that starts now, once it has ended. */
  const startReport = ({ method, route }: UpstreamRequest) => {
    const startedAt = performance.now()
    return (outcome: string) =>
      onRequest?.({ method, route, outcome, seconds: (performance.now() - startedAt) / 1000 })
  }

  return {
    send(request, json, signal) {
      if (signal.aborted) return Promise.reject(toUpstreamError(signal.reason, signal))
      const report = startReport(request)
      return new Promise<HttpResponse>((resolve, reject) => {
        let hasEnded = false
        const end = (outcome: string) => {
          hasEnded = true
          clearTimeout(timer)
          signal.removeEventListener('abort', abort)
          report(outcome)
        }
        const running = new Exchange(request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES, {
          onResponse(response) {
            if (hasEnded) return
            end(String(response.status))
            resolve(response)
          },
          onError(error) {
            if (hasEnded) return
            const upstreamError = toUpstreamError(error, signal)
            end(upstreamError.failure)
            reject(upstreamError)
          },
        })
        const abort = () => running.abort(toUpstreamError(signal.reason, signal))
        const timer = setTimeout(() => running.abort(new UpstreamError('timeout', undefined)), timeoutMs)
        signal.addEventListener('abort', abort, { once: true })
        pool.dispatch(toDispatchOptions(request, prefix, json), running)
      })
    },
    close: () => pool.destroy(),
  }
}

function toDispatchOptions(
  { method, path, headers }: UpstreamRequest,
  prefix: string,
  json: string | null,
): Dispatcher.DispatchOptions {
  if (json === null) return { method, path: prefix + path, headers: headers ?? null }
  return {
    method,
    path: prefix + path,
    headers: { ...headers, 'content-type': 'application/json' },
    body: json,
  }
}
