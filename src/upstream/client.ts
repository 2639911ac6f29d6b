import type { Priority } from '../domain/priority.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { RequestRejected, toUpstreamError, UpstreamError } from './errors.ts'
import { createHttpTransport, type HttpResponse } from './http-transport.ts'
import type { RateLimitDetector } from './rate-limit/rate-limit-headers.ts'
import { type RateLimitedRequest, RateLimiter, type RateLimiterEvent } from './rate-limit/rate-limiter.ts'
import { type RequestAllowance, spendRequest, withinAllowance } from './request-allowance.ts'
import { gatewayCaller, type RequestCaller } from './request-caller.ts'
import { SingleFlight } from './single-flight.ts'

/** One call: what is sent, and how it may be treated. */
export interface UpstreamRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The path's pattern: what metrics and logs are told. It holds no id and no token. */
  readonly route: string
  /** Path and query, encoded, below the base address. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Marks a POST that only reads: it is then shared and asked again as a GET is. A GET always reads. */
  readonly isReadOnly?: boolean
  /** How urgent a read is; `interactive` by default, as writes always are. */
  readonly priority?: Priority
  /** Who causes it: callers take turns. The gateway itself where nobody is named. */
  readonly caller?: RequestCaller
  /** What the operation that causes it may still cost; absent where no operation does. Who shares a call spends none. */
  readonly allowance?: RequestAllowance
  /** Receives the answer before any other call of the caller is let go: it may show whether the credential is accepted. */
  readonly onResponse?: (answer: HttpResponse) => void
  /** The longest body of an answer that is read, in bytes; 2 MiB by default. */
  readonly maxResponseBytes?: number
  readonly signal: AbortSignal
}

/** A whole answer, whatever its status. */
export interface UpstreamResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** Of a refusal for the rate of calls: milliseconds after which another try makes sense. Else null. */
  readonly retryAfterMs: number | null
}

/** One finished call, for metrics. `outcome` is the HTTP status or how the call failed below HTTP. */
export interface UpstreamRequestReport {
  readonly method: string
  readonly route: string
  readonly outcome: string
  readonly seconds: number
}

/** Which server, and who is told of its calls. */
export interface UpstreamClientOptions {
  /** Base address; its path is put before every request's. */
  readonly url: string
  /** One request, from its start to the last byte of its answer; milliseconds. */
  readonly timeoutMs: number
  /** Calls that may be under way at once; more wait. */
  readonly connections?: number
  /** Names what the provider counts a request under; by method and route unless told otherwise. */
  readonly rateLimitKeyOf?: (request: UpstreamRequest) => string
  /** Recognizes a rate-limit response; by status 429 unless given. */
  readonly isRateLimited?: RateLimitDetector
  readonly onRequest?: (report: UpstreamRequestReport) => void
  readonly onRateLimitEvent?: (event: RateLimiterEvent) => void
}

/** The one door to one account's server: bounded, within its limits, with a deadline on every call. */
export interface UpstreamClient {
  /**
   * Sends one request and reads its answer whole; it may have to wait before it is sent. Throws `UpstreamError`
   * where there is no answer; the caller's `refusal` where its credential was refused before; and what the allowance
   * says where that is used up before the request is sent.
   */
  send(request: UpstreamRequest): Promise<UpstreamResponse>
  /** Roughly how many milliseconds background reads wait before they are sent. */
  backgroundDelayMs(): number
  /** The least by which the server's clock is ahead of this one's, in milliseconds, negative behind; 0 while near. */
  clockSkewMs(): number
  close(): Promise<void>
}

/** How one attempt waits: a write for the operation's time at most, until it is sent; whoever waits for a read, by itself. */
type Attempt = Partial<RateLimitedRequest> & { readonly allowance?: RequestAllowance }

const CONNECTIONS = 16

const byRoute = ({ method, route }: UpstreamRequest): string => `${method} ${route}`

/** Opens the door. Identical reads (path, headers and body) that overlap share one call. */
export function createUpstreamClient(options: UpstreamClientOptions): UpstreamClient {
  const connections = options.connections ?? CONNECTIONS
  const limitOf = options.rateLimitKeyOf ?? byRoute
  // Half of the connections are people's: what polls wait for shall not hold them up.
  const looksAtOnce = Math.max(1, Math.floor(connections / 2))
  const budget = new RateLimiter({
    maxConcurrentPolls: looksAtOnce,
    maxConcurrentRequests: connections,
    ...(options.isRateLimited && { isRateLimited: options.isRateLimited }),
    ...(options.onRateLimitEvent && { onEvent: options.onRateLimitEvent }),
  })
  const exchange = createHttpTransport({ ...options, connections })
  const breaker = new CircuitBreaker()
  const flights = new SingleFlight<UpstreamResponse>()
  // A read that starts after a write must not join one that started before it: it would miss the write.
  let writes = 0
  /** Reads under way for which somebody waits, looks that somebody joined among them. */
  const wanted = new Set<string>()

  /** The deadline counts from when the request is sent: waiting before has bounds of its own. */
  const attempt = async (
    request: UpstreamRequest,
    { priority = 'interactive', id = '', signal = request.signal, allowance }: Attempt,
  ): Promise<UpstreamResponse> => {
    breaker.assertClosed()
    const call = {
      rateLimitKey: limitOf(request),
      priority,
      id,
      caller: request.caller ?? gatewayCaller,
    }
    const pass = await withinAllowance(allowance, signal, (waiting) =>
      budget.acquire({ ...call, signal: waiting }),
    )
    let answer: HttpResponse | null = null
    let retryAfterMs: number | null = null
    try {
      answer = await breaker.run(() => exchange.send(request, signal))
      request.onResponse?.(answer)
    } finally {
      retryAfterMs = budget.release(pass, answer)
    }
    return { ...answer, retryAfterMs }
  }

  const write = async (request: UpstreamRequest): Promise<UpstreamResponse> => {
    const { allowance } = request
    spendRequest(allowance)
    try {
      return await attempt(request, allowance ? { allowance } : {})
    } finally {
      writes += 1
    }
  }

  /** A read whose connection broke is asked once more: a server may close an idle connection at any time. */
  const read = async (
    request: UpstreamRequest,
    id: string,
    signal: AbortSignal,
  ): Promise<UpstreamResponse> => {
    const callNow = () => {
      const priority = wanted.has(id) ? 'interactive' : (request.priority ?? 'interactive')
      return { priority, id, signal }
    }
    try {
      return await attempt(request, callNow())
    } catch (error) {
      const isRepeated = error instanceof UpstreamError && error.failure === 'lost'
      if (!isRepeated || request.allowance?.spend()) throw error
      return await attempt(request, callNow())
    } finally {
      wanted.delete(id)
    }
  }

  const share = (request: UpstreamRequest): Promise<UpstreamResponse> => {
    const { method, path, headers = {}, body = null, priority = 'interactive', allowance, signal } = request
    signal.throwIfAborted()
    // What one waits for who is not proven, nobody else shall wait for: an operator may read as a room's visitor.
    const isProven = request.caller?.isVerified ?? true
    const id = JSON.stringify([writes, method, path, headers, body, isProven])
    if (!flights.has(id)) spendRequest(allowance)
    if (priority !== 'background') {
      budget.promote(limitOf(request), id, priority)
      if (priority === 'interactive') wanted.add(id)
    }
    return withinAllowance(allowance, signal, (waiting) =>
      flights.run(id, waiting, (each) => read(request, id, each)),
    )
  }

  return {
    async send(request) {
      try {
        const isWrite = request.method !== 'GET' && request.isReadOnly !== true
        return await (isWrite ? write(request) : share(request))
      } catch (error) {
        throw error instanceof RequestRejected ? error.reason : toUpstreamError(error, request.signal)
      }
    },
    backgroundDelayMs: () => budget.backgroundDelayMs,
    clockSkewMs: () => budget.clockSkewMs,
    close() {
      budget.close()
      return exchange.close()
    },
  }
}
