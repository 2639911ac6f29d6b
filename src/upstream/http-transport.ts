import { type Dispatcher, Pool } from 'undici'
import { withDeadline } from './deadline.ts'
import { toUpstreamError, UpstreamError } from './errors.ts'
import type { HttpResponse, UpstreamRequest, UpstreamRequestReport } from './request.ts'

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
  /** Sends one request and reads the complete response. Throws `UpstreamError` if there is none. */
  send(request: UpstreamRequest, signal: AbortSignal): Promise<HttpResponse>
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
    // `withDeadline` is the only timeout; undici's own would fire at other moments.
    headersTimeout: 0,
    bodyTimeout: 0,
  })

  const exchange = async (request: UpstreamRequest, signal: AbortSignal): Promise<HttpResponse> => {
    const json = request.body === undefined ? undefined : JSON.stringify(request.body)
    const response = await pool.request({
      method: request.method,
      path: prefix + request.path,
      headers:
        json === undefined
          ? { ...request.headers }
          : { ...request.headers, 'content-type': 'application/json' },
      body: json ?? null,
      signal,
    })
    const text = await readText(response.body, request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES)
    return { status: response.statusCode, headers: response.headers, text }
  }

  return {
    async send(request, signal) {
      const startedAt = performance.now()
      const report = (outcome: string) => {
        const seconds = (performance.now() - startedAt) / 1000
        onRequest?.({ method: request.method, route: request.route, outcome, seconds })
      }
      return withDeadline(signal, timeoutMs, async (deadline) => {
        try {
          const response = await exchange(request, deadline)
          report(String(response.status))
          return response
        } catch (error) {
          const upstreamError = toUpstreamError(error, deadline)
          report(upstreamError.failure)
          throw upstreamError
        }
      })
    },
    close: () => pool.destroy(),
  }
}

/** Reads a body of at most `maxBytes`; aborts a longer one and closes its connection. */
async function readText(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Leaving the loop early destroys the body.
  for await (const chunk of body) {
    const read: Buffer = chunk
    bytes += read.length
    if (bytes > maxBytes) throw new UpstreamError('oversized', new Error(`more than ${maxBytes} bytes`))
    chunks.push(read)
  }
  return Buffer.concat(chunks, bytes).toString()
}
