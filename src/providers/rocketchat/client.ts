import type { z } from 'zod'
import type { CallContext } from '../../domain/adapter.ts'
import type { UpstreamClient, UpstreamRequest, UpstreamResponse } from '../../upstream/client.ts'
import type { HttpResponse } from '../../upstream/http-transport.ts'
import { UnreadableResponse } from '../shared/errors.ts'
import { parseJson } from '../shared/json.ts'
import { toPathSegment } from '../shared/path-segment.ts'
import { toRequestOptions } from '../shared/request-options.ts'
import type { ResponseReader } from '../shared/response-reader.ts'
import type { TokenCheckResult, VisitorTokenVerification } from '../shared/visitor-token-verification.ts'
import { parseErrorResponse } from './errors.ts'

/** One call of Rocket.Chat's REST API; `route` names it in metrics and holds no id. */
export interface RocketChatRequest {
  readonly method: UpstreamRequest['method']
  readonly route: string
  /** Values for the route's `:names`, encoded here: native ids are data. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | null | readonly string[]>>
  readonly body?: unknown
  /** The visitor's token that goes along in query or body; absent where none does. */
  readonly visitorToken?: string
  /** The longest answer that is read, in bytes; 2 MiB by default. */
  readonly maxResponseBytes?: number
}

/** Sends requests and gives the parsed answer; throws RocketChatRefusal, UnreadableAnswer or UpstreamError. */
export interface RocketChatClient {
  send<T extends z.ZodType>(request: RocketChatRequest, answer: T, call: CallContext): Promise<z.output<T>>
}

/** What goes with the requests of one client. */
export interface RocketChatClientOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** What the server has said of visitors' tokens. */
  readonly tokens: VisitorTokenVerification
}

/** Speaks Rocket.Chat's envelope (docs/providers/rocketchat.md 0) over one account's door. */
export function createRocketChatClient(
  upstream: UpstreamClient,
  reader: ResponseReader,
  { headers = {}, tokens }: RocketChatClientOptions,
): RocketChatClient {
  const withToken = (token: string, call: CallContext) => ({
    ...toRequestOptions(call, tokens.requestCaller(token, call)),
    onResponse: (answer: HttpResponse) =>
      tokens.recordResponse(token, answer.status, () => verdictOf(answer)),
  })
  return {
    async send(request, answer, call) {
      const { method, route, body, visitorToken, maxResponseBytes: answerBytes } = request
      const response = await upstream.send({
        method,
        route,
        path: pathOf(request),
        headers,
        body,
        ...(visitorToken === undefined ? toRequestOptions(call) : withToken(visitorToken, call)),
        ...(answerBytes !== undefined && { maxResponseBytes: answerBytes }),
      })
      return reader.read(answer, readBody(response), request.route, call.log)
    },
  }
}

function pathOf({ route, params = {}, query = {} }: RocketChatRequest): string {
  const path = route.replace(/:(\w+)/g, (_, name: string) => toPathSegment(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value) search.append(`${name}[]`, item)
    else if (value !== null) search.set(name, String(value))
  }
  return search.size === 0 ? path : `${path}?${search}`
}

function readBody(response: UpstreamResponse): unknown {
  const body = parseJson(response.text)
  const refused = response.status >= 400 || isMarkedFailed(body)
  if (refused) throw parseErrorResponse(response, body)
  if (body === undefined || response.status !== 200) throw new UnreadableResponse('not the JSON of an answer')
  return body
}

/** Rocket.Chat looks the token up before anything else (docs/providers/rocketchat.md 4.1). */
function verdictOf(answer: HttpResponse): TokenCheckResult {
  const body = parseJson(answer.text)
  if (answer.status === 200 && body !== undefined && !isMarkedFailed(body)) return 'accepted'
  const refusal = parseErrorResponse({ ...answer, retryAfterMs: null }, body)
  return refusal.code === 'invalid-token' ? refusal : null
}

/** `success` is a boolean on the wire and a string in the vendor's own examples; old routes leave it out. */
function isMarkedFailed(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('success' in body)) return false
  return body.success === false || body.success === 'false'
}
