import type { z } from 'zod'
import type { Call } from '../../chat/adapter.ts'
import type { Upstream, UpstreamRequest, UpstreamResponse } from '../../upstream/client.ts'
import type { AnswerReader } from '../answer-reader.ts'
import { UnreadableAnswer } from '../failures.ts'
import { parseJson } from '../json.ts'
import { pathSegment } from '../path-segment.ts'
import { readRefusal } from './errors.ts'

/** One call of Rocket.Chat's REST API; `route` names it in metrics and holds no id. */
export interface RocketChatRequest {
  readonly method: UpstreamRequest['method']
  readonly route: string
  /** Values for the route's `:names`, encoded here: native ids are data. */
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | null | readonly string[]>>
  readonly body?: unknown
  /** The longest answer that is read, in bytes; 2 MiB by default. */
  readonly answerBytes?: number
}

/** Sends requests and gives the parsed answer; throws RocketChatRefusal, UnreadableAnswer or UpstreamError. */
export interface RocketChatClient {
  send<T extends z.ZodType>(
    request: RocketChatRequest,
    answer: T,
    call: Pick<Call, 'signal' | 'log' | 'background' | 'joining'>,
  ): Promise<z.output<T>>
}

/** Speaks Rocket.Chat's envelope (rocketchat.md 0) over one account's door, with these headers on every call. */
export function createRocketChatClient(
  upstream: Upstream,
  reader: AnswerReader,
  headers: Readonly<Record<string, string>> = {},
): RocketChatClient {
  return {
    async send(request, answer, call) {
      const response = await upstream.send({
        method: request.method,
        route: request.route,
        path: pathOf(request),
        headers,
        body: request.body,
        background: call.background ?? false,
        joining: call.joining ?? false,
        ...(request.answerBytes !== undefined && { answerBytes: request.answerBytes }),
        signal: call.signal,
      })
      return reader.read(answer, readBody(response), request.route, call.log)
    },
  }
}

function pathOf({ route, params = {}, query = {} }: RocketChatRequest): string {
  const path = route.replace(/:(\w+)/g, (_, name: string) => pathSegment(params[name] ?? ''))
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
  if (refused) throw readRefusal(response, body)
  if (body === undefined || response.status !== 200) throw new UnreadableAnswer('not the JSON of an answer')
  return body
}

/** `success` is a boolean on the wire and a string in the vendor's own examples; old routes leave it out. */
function isMarkedFailed(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('success' in body)) return false
  return body.success === false || body.success === 'false'
}
