import type { CallContext } from '../../domain/adapter.ts'
import { hashTokenOf } from '../../domain/caller.ts'
import type { UpstreamClient, UpstreamRequest, UpstreamResponse } from '../../upstream/client.ts'
import type { HttpResponse } from '../../upstream/http-transport.ts'
import type { Upload } from '../../upstream/upload-body.ts'
import { UnreadableResponse } from '../shared/errors.ts'
import { toPathSegment } from '../shared/path-segment.ts'
import { toRequestOptions } from '../shared/request-options.ts'
import type { ResponseFormat } from '../shared/response-format.ts'
import type { ResponseReader } from '../shared/response-reader.ts'
import type { TokenCheckResult, VisitorTokenVerification } from '../shared/visitor-token-verification.ts'
import { parseErrorResponse, RocketChatError } from './errors.ts'

/** One request to Rocket.Chat's REST API. */
export interface RocketChatRequest {
  readonly method: UpstreamRequest['method']
  /** Path with `:names` in place of ids. It is a metric label, so it must not contain ids. */
  readonly route: string
  /** Values of the route's `:names`. The client encodes them, because ids come from outside. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | null | readonly string[]>>
  readonly body?: unknown
  /** Sent instead of `body`. */
  readonly upload?: Upload
  readonly headers?: Readonly<Record<string, string>>
  /** The visitor token in query, body or headers; absent if there is none. */
  readonly visitorToken?: string
  /**
   * Whether a successful response shows that the server knows the visitor token; null if it shows nothing. Absent where every
   * successful response shows it.
   */
  readonly isTokenAccepted?: (json: unknown) => boolean | null
  /** Longest response to read. Defaults to 2 MiB. */
  readonly maxResponseBytes?: number
}

/** Sends requests and parses their responses. */
export interface RocketChatClient {
  /** Throws RocketChatError, UnreadableResponse or UpstreamError. */
  send<T>(request: RocketChatRequest, format: ResponseFormat<T>, call: CallContext): Promise<T>
}

export interface RocketChatClientOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Receives what the server says about visitor tokens. */
  readonly tokens: VisitorTokenVerification
}

/** Creates the client for Rocket.Chat's response envelope (docs/providers/rocketchat.md 0). */
export function createRocketChatClient(
  upstream: UpstreamClient,
  reader: ResponseReader,
  { headers = {}, tokens }: RocketChatClientOptions,
): RocketChatClient {
  const withToken = (token: string, request: RocketChatRequest, call: CallContext) => ({
    ...toRequestOptions(call, tokens.requestCaller(token, call)),
    onResponse: (response: HttpResponse) =>
      tokens.recordResponse(hashTokenOf(call.caller, token), response.status, () =>
        checkToken(response, request),
      ),
  })
  return {
    async send(request, format, call) {
      const { method, route, body, upload, visitorToken, maxResponseBytes } = request
      const response = await upstream.send({
        ...(visitorToken === undefined ? toRequestOptions(call) : withToken(visitorToken, request, call)),
        method,
        route,
        path: toPath(request),
        headers: { ...headers, ...request.headers },
        body,
        ...(upload && { upload }),
        ...(maxResponseBytes !== undefined && { maxResponseBytes }),
      })
      if (response.status !== 200) throw toError(response)
      const toDocument = () => toSuccessfulDocument(response)
      return reader.read(format, response.body, { source: route, log: call.log, toDocument })
    },
  }
}

/** What a query string holds without encoding: nearly all ids, tokens and numbers. */
const PLAIN_VALUE = /^[\w-]*$/

function toPath({ route, params, query }: RocketChatRequest): string {
  const path = params
    ? route.replace(/:(\w+)/g, (_, name: string) => toPathSegment(params[name] ?? ''))
    : route
  let search = ''
  for (const name in query) {
    const value = query[name]
    if (Array.isArray(value)) for (const item of value) search += toParameter(`${name}[]`, item)
    else if (value !== null) search += toParameter(name, String(value))
  }
  return search === '' ? path : `${path}?${search.slice(1)}`
}

/** A parameter of a query string, with the `&` before it. URLSearchParams alone takes longer than the rest of the path. */
function toParameter(name: string, value: string): string {
  if (PLAIN_VALUE.test(value) && PLAIN_VALUE.test(name)) return `&${name}=${value}`
  return `&${new URLSearchParams([[name, value]])}`
}

/** Returns the document of a response with status 200. Throws for one that is marked as failed all the same. */
function toSuccessfulDocument(response: UpstreamResponse): unknown {
  const { json } = response.body
  if (json === undefined || isMarkedFailed(json)) throw toError(response)
  return json
}

/** The error of a response that is not successful. */
function toError(response: UpstreamResponse): Error {
  const { json } = response.body
  if (response.status >= 400 || isMarkedFailed(json)) return parseErrorResponse(response, json)
  return new UnreadableResponse('not the JSON of a response')
}

/** Rocket.Chat checks the token before anything else (docs/providers/rocketchat.md 4.1). */
function checkToken(
  response: HttpResponse,
  { isTokenAccepted = () => true }: RocketChatRequest,
): TokenCheckResult {
  const { json } = response.body
  if (response.status === 200 && json !== undefined && !isMarkedFailed(json)) {
    const isAccepted = isTokenAccepted(json)
    if (isAccepted === null) return null
    return isAccepted ? 'accepted' : new RocketChatError(response.status, 'invalid-token', null)
  }
  const error = parseErrorResponse({ ...response, retryAfterMs: null }, json)
  return error.code === 'invalid-token' ? error : null
}

/** `success` is a boolean, but a string in the vendor's own examples; old routes omit it. */
function isMarkedFailed(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('success' in body)) return false
  return body.success === false || body.success === 'false'
}
