import type { LimitDivision } from '../domain/limit-division.ts'
import type { Priority } from '../domain/priority.ts'
import type { TraceCall } from './call-spans.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { RequestRejected, toUpstreamError, UpstreamError } from './errors.ts'
import { createHttpTransport } from './http-transport.ts'
import type { RateLimitDetector } from './rate-limit/rate-limit-headers.ts'
import { RateLimiter, type RateLimiterEvent } from './rate-limit/rate-limiter.ts'
import { RepeatedBodies } from './repeated-bodies.ts'
import type { HttpResponse, UpstreamRequest, UpstreamRequestReport, UpstreamResponse } from './request.ts'
import { spendRequest, timeLimitOf } from './request-allowance.ts'
import { SingleFlight } from './single-flight.ts'
import type { StopSignal } from './stop-signal.ts'
import { type TimeLimit, withTimeLimit } from './time-limit.ts'

export type { UpstreamRequest, UpstreamRequestReport, UpstreamResponse } from './request.ts'

/** Configuration of the client of one provider account. */
export interface UpstreamClientOptions {
  /** Base URL; its path is the prefix of every request's path. */
  readonly url: string
  /** Timeout of one request in milliseconds, from its start to the last byte of the response. */
  readonly timeoutMs: number
  /** Maximum number of requests in flight; further requests are queued. */
  readonly connections?: number
  /** Names the rate limit that the provider counts a request under; method and route by default. */
  readonly rateLimitKeyOf?: (request: UpstreamRequest) => string
  /** Recognizes the provider's rate-limit responses; by status 429 by default. */
  readonly isRateLimited?: RateLimitDetector
  /** How published limits are divided among the processes that the provider counts together; undivided by default. */
  readonly limitDivision?: LimitDivision | undefined
  /** Receives a report of each finished request, for metrics. */
  readonly onRequest?: (report: UpstreamRequestReport) => void
  readonly onRateLimitEvent?: (event: RateLimiterEvent) => void
  /** Runs each attempt of a request as a span; none by default. */
  readonly traceCall?: TraceCall | undefined
  /** The memory of bodies that all clients share; one of its own by default. */
  readonly repeatedBodies?: RepeatedBodies
}

/** HTTP client of one provider account: pooled, rate-limited, with a timeout on every request. */
export interface UpstreamClient {
  /**
   * Sends one request, after queueing if a limit requires it, and reads the complete response. The response of a read with
   * status 200 has the identical `body` as the last one of the same read if the bytes are equal. Throws `UpstreamError`
   * if there is no response, the caller's `authenticationError` if its credential was rejected before, and the error of
   * the allowance if that is exhausted before the request is sent.
   */
  send(request: UpstreamRequest): Promise<UpstreamResponse>
  /** Estimated milliseconds until the last queued background request is sent. */
  backgroundDelayMs(): number
  /** Milliseconds by which the server's clock is at least ahead of this one, negative if behind; 0 if they may agree. */
  clockSkewMs(): number
  close(): Promise<void>
}

interface Attempt {
  readonly priority: Priority
  /** Identifies a read, so that a later identical one can promote it. */
  readonly id: string
  readonly isRetry: boolean
  readonly signal: StopSignal
}

/** A request and what is derived from it once. */
interface PreparedRequest {
  readonly request: UpstreamRequest
  /** The body to send. */
  readonly json: string | null
  /** Everything that decides the response of a read; null for a write. */
  readonly key: string | null
  readonly rateLimitKey: string
}

/** Connections to one server, and requests in flight. */
const CONNECTIONS = 64
/** Polls in flight, so that slow polls do not delay interactive requests. */
const MAX_POLLS = 8

const routeKey = ({ method, route }: UpstreamRequest): string => `${method} ${route}`

/** Creates the client. Overlapping identical reads (path, headers and body) share one request; a poll only one that was not sent yet. */
export function createUpstreamClient(options: UpstreamClientOptions): UpstreamClient {
  const connections = options.connections ?? CONNECTIONS
  const rateLimitKeyOf = options.rateLimitKeyOf ?? routeKey
  const limiter = new RateLimiter({
    maxConcurrentPolls: Math.min(MAX_POLLS, Math.max(1, Math.floor(connections / 2))),
    maxConcurrentRequests: connections,
    limitDivision: options.limitDivision,
    ...(options.isRateLimited && { isRateLimited: options.isRateLimited }),
    ...(options.onRateLimitEvent && { onEvent: options.onRateLimitEvent }),
  })
  const transport = createHttpTransport({ ...options, connections })
  const breaker = new CircuitBreaker()
  const flights = new SingleFlight<UpstreamResponse>()
  const intern = (options.repeatedBodies ?? new RepeatedBodies()).forClient()
  // A read that starts after a write must not join one that started before it: it would miss the write.
  let writes = 0
  /** Reads in flight by id. A query or mutation that joins a poll makes it interactive. */
  const readsInFlight = new Map<string, { isInteractive: boolean; isSent: boolean }>()

  /** The timeout starts when the request is sent: queueing has bounds of its own. */
  const sendAttempt = async (
    { request, json, key, rateLimitKey }: PreparedRequest,
    { priority, id, signal }: Attempt,
    timeLimit: TimeLimit | null,
    onWaited?: (ms: number) => void,
  ): Promise<UpstreamResponse> => {
    breaker.assertClosed()
    const isUpload = request.upload !== undefined
    const admission = { rateLimitKey, priority, id, caller: request.caller, isUpload, signal }
    const acquire = async (waitSignal: StopSignal) => {
      const queuedAt = performance.now()
      try {
        return await limiter.acquire({ ...admission, signal: waitSignal })
      } finally {
        onWaited?.(performance.now() - queuedAt)
      }
    }
    // Most requests need not wait, and so neither a timer nor another signal.
    const permit =
      limiter.tryAcquire(admission) ??
      (await (timeLimit ? withTimeLimit(signal, timeLimit, acquire) : acquire(signal)))
    const readInFlight = readsInFlight.get(id)
    if (readInFlight) readInFlight.isSent = true
    let response: HttpResponse | null = null
    let retryAfterMs: number | null = null
    try {
      response = await breaker.run(() => transport.send(request, json, signal))
      if (key !== null && response.status === 200) {
        const { status, headers, body } = response
        response = { status, headers, body: intern(key, body) }
      }
      request.onResponse?.(response)
    } finally {
      retryAfterMs = limiter.release(permit, response)
    }
    const { status, headers, body } = response
    return { status, headers, body, retryAfterMs }
  }

  const { traceCall } = options
  const attempt: typeof sendAttempt = traceCall
    ? (prepared, current, timeLimit) => {
        const { method, route } = prepared.request
        const { priority, isRetry } = current
        return traceCall({ method, route, priority, isRetry }, (onWaited) =>
          sendAttempt(prepared, current, timeLimit, onWaited),
        )
      }
    : sendAttempt

  /** The operation's time bounds only the queueing: once sent, a write ends by its timeout or its caller's disconnect. */
  const write = async (request: UpstreamRequest): Promise<UpstreamResponse> => {
    const { allowance, signal } = request
    spendRequest(allowance)
    const prepared = { request, json: toJson(request), key: null, rateLimitKey: rateLimitKeyOf(request) }
    try {
      const only: Attempt = { priority: 'interactive', id: '', isRetry: false, signal }
      return await attempt(prepared, only, timeLimitOf(allowance))
    } finally {
      writes += 1
    }
  }

  /** Retries a read once if the connection broke: a server may close an idle connection at any time. */
  const read = async (
    prepared: PreparedRequest,
    id: string,
    signal: StopSignal,
  ): Promise<UpstreamResponse> => {
    const { priority, allowance } = prepared.request
    const inFlight = { isInteractive: false, isSent: false }
    readsInFlight.set(id, inFlight)
    const currentAttempt = (isRetry: boolean): Attempt => {
      const currentPriority = inFlight.isInteractive ? 'interactive' : (priority ?? 'interactive')
      return { priority: currentPriority, id, isRetry, signal }
    }
    try {
      return await attempt(prepared, currentAttempt(false), null)
    } catch (error) {
      const isRetryable = error instanceof UpstreamError && error.failure === 'lost'
      if (!isRetryable || allowance?.spend()) throw error
      return await attempt(prepared, currentAttempt(true), null)
    } finally {
      if (readsInFlight.get(id) === inFlight) readsInFlight.delete(id)
    }
  }

  const sharedRead = async (request: UpstreamRequest): Promise<UpstreamResponse> => {
    const { method, path, headers, priority = 'interactive', allowance, signal } = request
    signal.throwIfAborted()
    const json = toJson(request)
    const key = JSON.stringify([method, path, headers, json])
    // A verified caller never joins the request of an unverified one, which waits in a slower queue: an operator may
    // read with the token of a room's visitor.
    const isVerified = request.caller?.isVerified ?? true
    let id = `${writes} ${isVerified} ${key}`
    // A poll must show what had happened when it was due: it joins no request that was sent before.
    if (priority !== 'interactive') while (readsInFlight.get(id)?.isSent) id = `again ${id}`
    const prepared = { request, json, key, rateLimitKey: rateLimitKeyOf(request) }
    if (!flights.has(id)) spendRequest(allowance)
    if (priority !== 'background') {
      limiter.promote(prepared.rateLimitKey, id, priority)
      const joined = readsInFlight.get(id)
      if (joined && priority === 'interactive') joined.isInteractive = true
    }
    const start = (flightSignal: StopSignal) => read(prepared, id, flightSignal)
    const response = await flights.run(id, signal, start, timeLimitOf(allowance))
    allowance?.recordResponse()
    return response
  }

  return {
    async send(request) {
      try {
        const isRead = request.method === 'GET' || request.isReadOnly === true
        return await (isRead ? sharedRead(request) : write(request))
      } catch (error) {
        throw error instanceof RequestRejected ? error.reason : toUpstreamError(error, request.signal)
      }
    },
    backgroundDelayMs: () => limiter.backgroundDelayMs,
    clockSkewMs: () => limiter.clockSkewMs,
    close() {
      limiter.close()
      return transport.close()
    },
  }
}

function toJson({ body }: UpstreamRequest): string | null {
  return body === undefined ? null : JSON.stringify(body)
}
