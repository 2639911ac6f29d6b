import type { Readable } from 'node:stream'
import { Agent } from 'undici'
import type { TraceCall } from './call-spans.ts'
import { errorCodeOf, toUpstreamError, UpstreamError } from './errors.ts'
import type { UpstreamRequestReport } from './request.ts'

/** Configuration of the file client of one provider account. */
export interface FileClientOptions {
  /** Timeout in milliseconds of the connection, of the response head, and of each wait for more of the body. */
  readonly timeoutMs: number
  /** Whether an address may be fetched. */
  readonly isAllowed: (url: URL) => boolean
  /** Receives a report of each response, for metrics. */
  readonly onRequest?: (report: UpstreamRequestReport) => void
  /** Runs each request as a span, which ends with the head of the response; none by default. */
  readonly traceCall?: TraceCall | undefined
}

/** A file to read. */
export interface FileRequest {
  readonly url: URL
  /** Pattern of the path, for metrics. Contains no id and no token. */
  readonly route: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent to the origin of `url` only, and not to an origin that it redirects to. */
  readonly credentialHeaders: Readonly<Record<string, string>>
  /** Aborts the request, and the body as long as it is read. */
  readonly signal: AbortSignal
}

/** The response of any status. The body must be read or destroyed. */
export interface FileResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Readable
}

/** Reads files with back-pressure: of a body, no more than a few chunks are in memory. */
export interface FileClient {
  /** Throws UpstreamError if there is no response, and ForeignRedirect for a redirect that is not followed. */
  open(request: FileRequest): Promise<FileResponse>
  /** Aborts the requests in flight. */
  close(): Promise<void>
}

/** A redirect to an address that may not be fetched. */
export class ForeignRedirect extends Error {
  override readonly name = 'ForeignRedirect'
}

/** Connections to one host. They are apart from those for API requests, so that slow readers do not delay these. */
const CONNECTIONS = 64
const MAX_REDIRECTS = 3
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308])

/** Creates the client; it connects with the first request. */
export function createFileClient({
  timeoutMs,
  isAllowed,
  onRequest,
  traceCall,
}: FileClientOptions): FileClient {
  const agent = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: Math.min(timeoutMs, 5_000) },
    headersTimeout: timeoutMs,
    // Undici counts no time while the reader has paused.
    bodyTimeout: timeoutMs,
  })

  const sendUntraced = async (
    url: URL,
    headers: FileRequest['headers'],
    { route, signal }: FileRequest,
  ): Promise<FileResponse> => {
    const startedAt = performance.now()
    const report = (outcome: string, error: Error | null) =>
      onRequest?.({
        method: 'GET',
        route,
        outcome,
        seconds: (performance.now() - startedAt) / 1000,
        errorCode: errorCodeOf(error),
        mediaType: null,
        redirectOrigin: null,
      })
    try {
      const options = {
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'GET',
        headers,
        signal,
      } as const
      const response = await agent.request(options)
      report(String(response.statusCode), null)
      return { status: response.statusCode, headers: response.headers, body: response.body }
    } catch (error) {
      const upstreamError = toFileError(error, signal)
      report(upstreamError.failure, upstreamError)
      throw upstreamError
    }
  }
  const send: typeof sendUntraced = traceCall
    ? (url, headers, request) => {
        const call = { method: 'GET', route: request.route, priority: 'interactive', isRetry: false } as const
        return traceCall(call, () => sendUntraced(url, headers, request))
      }
    : sendUntraced

  return {
    async open(request) {
      let { url } = request
      for (let redirects = 0; ; redirects += 1) {
        if (!isAllowed(url)) throw new ForeignRedirect('the address may not be fetched')
        const isOwnOrigin = url.origin === request.url.origin
        const headers = { ...request.headers, ...(isOwnOrigin && request.credentialHeaders) }
        const response = await send(url, headers, request)
        const location = redirectOf(response)
        if (location === null) return response
        response.body.on('error', () => {}).destroy()
        if (redirects === MAX_REDIRECTS || !URL.canParse(location, url)) {
          throw new ForeignRedirect('the redirect cannot be followed')
        }
        url = new URL(location, url)
      }
    },
    close: () => agent.destroy(),
  }
}

/** The address that a response redirects to; null if it names none. */
function redirectOf({ status, headers }: FileResponse): string | null {
  if (!REDIRECT_STATUSES.has(status)) return null
  return typeof headers['location'] === 'string' ? headers['location'] : null
}

/** Classifies an error; undici has error codes of its own for timeouts. */
function toFileError(error: unknown, signal: AbortSignal): UpstreamError {
  const upstreamError = toUpstreamError(error, signal)
  const isTimeout = error instanceof Error && 'code' in error && error.code === 'UND_ERR_HEADERS_TIMEOUT'
  return isTimeout ? new UpstreamError('timeout', error) : upstreamError
}
