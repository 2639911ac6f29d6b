import type { Priority } from '../domain/priority.ts'
import type { RequestAllowance } from './request-allowance.ts'
import type { RequestCaller } from './request-caller.ts'
import type { ResponseBody } from './response-body.ts'
import type { Upload } from './upload-body.ts'

/** A request to the server of a provider account. */
export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Pattern of the path, for metrics and logs. Contains no id and no token. */
  readonly route: string
  /** Encoded path and query, relative to the base URL. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent instead of `body`. The timeout then bounds each wait for the server, and not the whole exchange. */
  readonly upload?: Upload
  /** Marks a POST that only reads: it is shared and retried like a GET. */
  readonly isReadOnly?: boolean
  /** Priority of a read; `interactive` by default. Writes are always interactive. */
  readonly priority?: Priority
  /** The caller that the request is queued under; the gateway itself by default. */
  readonly caller?: RequestCaller
  /** What the operation may still spend; absent outside an operation. Joining a shared request spends nothing. */
  readonly allowance?: RequestAllowance
  /** Receives the response before the caller's next request is sent: it may verify or reject the credential. */
  readonly onResponse?: (response: HttpResponse) => void
  /** Maximum size of the response body in bytes; 2 MiB by default. */
  readonly maxResponseBytes?: number
  readonly signal: AbortSignal
}

/** A complete response of any status. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: ResponseBody
}

/** A response with what the rate limiter has learned from it. */
export interface UpstreamResponse extends HttpResponse {
  /** For a rate-limit response: milliseconds after which a retry makes sense. Otherwise null. */
  readonly retryAfterMs: number | null
}

/** A finished request, for metrics. `outcome` is the HTTP status, or the failure below HTTP. */
export interface UpstreamRequestReport {
  readonly method: string
  readonly route: string
  readonly outcome: string
  readonly seconds: number
  /** For a failure below HTTP: the code of the operating system, of TLS or of the HTTP client; null if there is none. */
  readonly errorCode: string | null
  /** Media type of the response; null if there is none, and for a file. */
  readonly mediaType: string | null
  /** Origin of the address that the response redirects to; null if it names none. Its path could hold anything. */
  readonly redirectOrigin: string | null
}
