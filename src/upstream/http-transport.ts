import { Pool } from 'undici'
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

  const exchange = (request: UpstreamRequest, json: string | null, signal: StopSignal) =>
    new Promise<HttpResponse>((resolve, reject) => {
      const running = new Exchange(request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES, {
        onResponse(response) {
          end()
          resolve(response)
        },
        onError(error) {
          end()
          reject(toUpstreamError(error, signal))
        },
      })
      const abort = () => running.abort(toUpstreamError(signal.reason, signal))
      const timer = setTimeout(() => running.abort(new UpstreamError('timeout', undefined)), timeoutMs)
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
      }
      signal.addEventListener('abort', abort, { once: true })
      pool.dispatch(
        {
          method: request.method,
          path: prefix + request.path,
          headers:
            json === null
              ? (request.headers ?? null)
              : { ...request.headers, 'content-type': 'application/json' },
          body: json,
        },
        running,
      )
    })

  return {
    async send(request, json, signal) {
      if (signal.aborted) throw toUpstreamError(signal.reason, signal)
      const startedAt = performance.now()
      const report = (outcome: string) => {
        const seconds = (performance.now() - startedAt) / 1000
        onRequest?.({ method: request.method, route: request.route, outcome, seconds })
      }
      try {
        const response = await exchange(request, json, signal)
        report(String(response.status))
        return response
      } catch (error) {
        const upstreamError = toUpstreamError(error, signal)
        report(upstreamError.failure)
        throw upstreamError
      }
    },
    close: () => pool.destroy(),
  }
}
