import type { Readable } from 'node:stream'
import { type Dispatcher, Pool } from 'undici'
import { errorCodeOf, RequestRejected, toUpstreamError, UploadAborted, UpstreamError } from './errors.ts'
import { Exchange } from './exchange.ts'
import type { HttpResponse, UpstreamRequest, UpstreamRequestReport } from './request.ts'
import type { StopSignal } from './stop-signal.ts'
import { UploadBody } from './upload-body.ts'

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
   * Sends one request, with `json` or its upload as body, and reads the complete response. Throws `UpstreamError` if there
   * is none, and RequestRejected if the source of the upload failed.
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
    return (outcome: string, response: HttpResponse | null, error: Error | null) =>
      onRequest?.({
        method,
        route,
        outcome,
        seconds: (performance.now() - startedAt) / 1000,
        errorCode: errorCodeOf(error),
        mediaType: response && mediaTypeOf(response),
        redirectOrigin: response && redirectOriginOf(response),
      })
  }

  return {
    send(request, json, signal) {
      if (signal.aborted) return Promise.reject(toUpstreamError(signal.reason, signal))
      const report = startReport(request)
      return new Promise<HttpResponse>((resolve, reject) => {
        let hasEnded = false
        let timer = startTimer()
        const upload =
          request.upload &&
          new UploadBody(request.upload, (forServer) => {
            clearTimeout(timer)
            if (forServer && !hasEnded) timer = startTimer()
          })
        const end = (outcome: string, response: HttpResponse | null, error: Error | null) => {
          hasEnded = true
          clearTimeout(timer)
          upload?.stream.destroy()
          signal.removeEventListener('abort', abort)
          report(outcome, response, error)
        }
        const running = new Exchange(request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES, {
          onResponse(response) {
            if (hasEnded) return
            end(String(response.status), response, null)
            resolve(response)
          },
          onError(error) {
            if (hasEnded) return
            const upstreamError = toUpstreamError(error, signal)
            const failure = upload ? toUploadError(upstreamError, upload) : upstreamError
            end(failure instanceof UpstreamError ? failure.failure : 'aborted', null, failure)
            reject(failure)
          },
        })
        const abort = () => running.abort(toUpstreamError(signal.reason, signal))
        function startTimer() {
          return setTimeout(() => running.abort(new UpstreamError('timeout', undefined)), timeoutMs)
        }
        signal.addEventListener('abort', abort, { once: true })
        pool.dispatch(toDispatchOptions(request, prefix, upload?.stream ?? json), running)
      })
    },
    close: () => pool.destroy(),
  }
}

/**
 * The error of a request with an upload. As long as its body is incomplete, the server cannot have processed it. Returns
 * RequestRejected if the source of the body failed or the caller disconnected meanwhile.
 */
function toUploadError(error: UpstreamError, { failure, isComplete }: UploadBody): Error {
  if (failure) return new RequestRejected(failure)
  if (isComplete) return error
  const isAborted = error.failure === 'aborted'
  return isAborted ? new RequestRejected(new UploadAborted()) : new UpstreamError('not-sent', error)
}

function toDispatchOptions(
  { method, path, headers, upload }: UpstreamRequest,
  prefix: string,
  body: string | Readable | null,
): Dispatcher.DispatchOptions {
  if (body === null) return { method, path: prefix + path, headers: headers ?? null }
  const contentLength = upload?.contentLength ?? null
  return {
    method,
    path: prefix + path,
    headers: {
      ...headers,
      'content-type': upload?.contentType ?? 'application/json',
      ...(contentLength !== null && { 'content-length': String(contentLength) }),
    },
    body,
  }
}

function mediaTypeOf({ headers }: HttpResponse): string | null {
  const type = headers['content-type']
  return typeof type === 'string' ? (type.split(';', 1)[0] ?? '').trim().toLowerCase() : null
}

function redirectOriginOf({ status, headers }: HttpResponse): string | null {
  if (status < 300 || status >= 400) return null
  const { location } = headers
  return typeof location === 'string' && URL.canParse(location) ? new URL(location).origin : null
}
