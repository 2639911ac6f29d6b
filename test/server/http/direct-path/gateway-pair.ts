import { expect, onTestFinished, vi } from 'vitest'
import { DirectExecution } from '../../../../src/server/graphql/direct/direct-execution.ts'
import { type HttpReply, requestWithHost } from '../../../support/http.ts'
import {
  asVisitor,
  createTestGateway,
  type TestGateway,
  type TestGatewayOptions,
} from '../../../support/test-gateway.ts'
import { normalizeBody } from './normalize-body.ts'

type Headers = Readonly<Record<string, string>>

/** A request that both gateways receive. */
export interface ComparedRequest {
  readonly method?: string
  /** A query string with its question mark. */
  readonly search?: string
  readonly headers?: Headers
  /** Sent as it is if it is a string, else as JSON. */
  readonly body?: unknown
}

/** The parts of a response that must be equal. */
interface ComparedResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | null>>
  readonly body: unknown
}

/** The outcome of one comparison. */
export interface Comparison {
  /** Whether the last response was sent without the GraphQL engine. */
  readonly isDirect: boolean
  readonly response: ComparedResponse
  /** The body of the last response as it was sent. */
  readonly text: string
}

/** Two gateways with the same providers: one that compiles operations, and one that does not. */
export interface GatewayPair extends TestGateway {
  readonly reference: TestGateway
  /** The token of a visitor with a room at Rocket.Chat. */
  readonly token: string
  /**
   * Sends a request several times to both gateways, so that the last response can be direct, and expects equal responses
   * each time.
   */
  compare(name: string, request: ComparedRequest, options?: ComparisonOptions): Promise<Comparison>
}

/** The first response comes from the engine, the second one from the compiled operation, the third one is direct. */
const TIMES = 3

/** Options of all comparisons of a test. */
export interface PairOptions {
  /**
   * Whether a request, or a fault of a provider, changes the response to the next request. Then both gateways receive each
   * request equally often. Otherwise the reference receives it once, and the other gateway more often, so that a response is also
   * written from the messages that earlier ones have kept. False by default.
   */
  readonly hasEffects?: boolean
}

/** Options of one comparison. */
export interface ComparisonOptions {
  /** Members of the response whose values may differ, such as the ids of what a mutation creates. */
  readonly volatile?: readonly string[]
}
/** A provider that is slow because the machine is busy must not fail one request of a comparison. */
const UPSTREAM_TIMEOUT_MS = 30_000
const headerNames = ['content-type', 'cache-control', 'vary', 'allow', 'retry-after', 'www-authenticate']

/** Starts both gateways, with agent accounts and demo data at both providers. Closed at the end of the test. */
export async function openGatewayPair(
  options: TestGatewayOptions = {},
  { hasEffects = false }: PairOptions = {},
): Promise<GatewayPair> {
  const times = hasEffects ? TIMES : TIMES + 2
  const config = { upstreamTimeoutMs: UPSTREAM_TIMEOUT_MS, ...options.config }
  const gateway = await createTestGateway({
    as: 'agents',
    ...options,
    config,
    rocketChat: { seed: true, ...options.rocketChat },
    liveChat: { seed: true, ...options.liveChat },
  })
  const since = Date.now()
  const reference = await gateway.startReplica(config, { compilesOperations: false })
  const execute = vi.spyOn(DirectExecution.prototype, 'execute')
  onTestFinished(() => execute.mockRestore())
  return {
    ...gateway,
    reference,
    token: gateway.rocketChat.demo.visitors[0]?.token ?? '',
    async compare(name, request, { volatile = [] } = {}) {
      let text = ''
      const send = async (url: string): Promise<ComparedResponse> => {
        const reply = await sendRequest(url, request)
        text = reply.text
        return comparedParts(reply, normalizeBody(text, since, volatile))
      }
      execute.mockClear()
      let expected = await send(reference.url)
      for (let time = 1; time <= times; time += 1) {
        if (time > 1 && hasEffects) expected = await send(reference.url)
        const actual = await send(gateway.url)
        expect.soft(actual, `${name}, time ${time}`).toEqual(expected)
      }
      const last = execute.mock.settledResults.at(-1)
      const isDirect = last?.type === 'fulfilled' && last.value !== null
      return { isDirect, response: expected, text }
    },
  }
}

/** The headers of each kind of caller. */
export function visitorHeaders({ token }: GatewayPair): Headers {
  return asVisitor(token)
}

function sendRequest(url: string, request: ComparedRequest): Promise<HttpReply> {
  const { method = 'POST', search = '', headers = {}, body } = request
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
  const type = method === 'POST' ? { 'content-type': 'application/json' } : {}
  return requestWithHost(`${url}${search}`, {
    method,
    headers: { ...type, ...headers },
    ...(text !== undefined && { body: text }),
  })
}

function comparedParts({ status, headers }: HttpReply, body: unknown): ComparedResponse {
  const compared = headerNames.map((name): [string, string | null] => [name, headers.get(name)])
  const retryAfter = headers.get('retry-after') === null ? null : 'some seconds'
  return {
    status,
    headers: { ...Object.fromEntries(compared), 'retry-after': retryAfter },
    body,
  }
}
