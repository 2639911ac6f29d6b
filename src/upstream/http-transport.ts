import { type Dispatcher, Pool } from 'undici'
import type { UpstreamRequest, UpstreamRequestReport, UpstreamResponse } from './client.ts'
import { withDeadline } from './deadline.ts'
import { toUpstreamError, UpstreamError } from './errors.ts'

/** An answer as it came, before the budget has learned from it. */
export type HttpResponse = Omit<UpstreamResponse, 'retryAfterMs'>

/** Where requests go, and how long each may take. */
export interface HttpTransportOptions {
  /** Base address; its path is put before every request's. */
  readonly url: string
  /** One request, from its start to the last byte of its answer; milliseconds. */
  readonly timeoutMs: number
  /** Requests that may be under way at once; more wait. */
  readonly connections: number
  /** Told of each request that has ended, however it did. */
  readonly onRequest?: (report: UpstreamRequestReport) => void
}

/** The wire to one server, and nothing but the wire: every request is sent at once, and each has its deadline. */
export interface HttpTransport {
  /** Sends one request and reads its answer whole. Throws `UpstreamError` where there is none. */
  send(request: UpstreamRequest, signal: AbortSignal): Promise<HttpResponse>
  /** Breaks off what is under way. */
  close(): Promise<void>
}

/** Bytes of an answer's body where the request names no other bound. */
const DEFAULT_ANSWER_BYTES = 2 * 1024 * 1024

/** Opens a pool of connections; none is made before the first request. */
export function createHttpTransport({
  url,
  timeoutMs,
  connections,
  onRequest: onCall,
}: HttpTransportOptions): HttpTransport {
  const base = new URL(url)
  const prefix = base.pathname.replace(/\/$/, '')
  const pool = new Pool(base.origin, {
    connections,
    connectTimeout: Math.min(timeoutMs, 5_000),
    // The deadline below is the only clock; undici's own would fire at other moments.
    headersTimeout: 0,
    bodyTimeout: 0,
  })

  const perform = async (request: UpstreamRequest, signal: AbortSignal): Promise<HttpResponse> => {
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
    const text = await readText(response.body, request.maxResponseBytes ?? DEFAULT_ANSWER_BYTES)
    return { status: response.statusCode, headers: response.headers, text }
  }

  return {
    async send(request, signal) {
      const started = performance.now()
      const report = (outcome: string) => {
        const seconds = (performance.now() - started) / 1000
        onCall?.({ method: request.method, route: request.route, outcome, seconds })
      }
      return withDeadline(signal, timeoutMs, async (deadline) => {
        try {
          const answer = await perform(request, deadline)
          report(String(answer.status))
          return answer
        } catch (error) {
          const failed = toUpstreamError(error, deadline)
          report(failed.failure)
          throw failed
        }
      })
    },
    close: () => pool.destroy(),
  }
}

/** Reads a body of `most` bytes at most; a longer one is cut off there, and its connection closed. */
async function readText(body: Dispatcher.ResponseData['body'], most: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Leaving the loop early destroys the body.
  for await (const chunk of body) {
    const read: Buffer = chunk
    bytes += read.length
    if (bytes > most) throw new UpstreamError('oversized', new Error(`more than ${most} bytes`))
    chunks.push(read)
  }
  return Buffer.concat(chunks, bytes).toString()
}
