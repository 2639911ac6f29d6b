import type { LimitDivision } from '../../domain/limit-division.ts'
import type { Priority } from '../../domain/priority.ts'
import { UpstreamError } from '../errors.ts'
import type { HttpResponse } from '../request.ts'
import { gatewayCaller, type RequestCaller } from '../request-caller.ts'
import type { StopSignal } from '../stop-signal.ts'
import type { QueuePermit } from './admission-control.ts'
import { ConcurrencyLimit } from './concurrency-limit.ts'
import type { AdmissionRequest } from './queued-request.ts'
import { parseRateLimitInfo, type RateLimitDetector } from './rate-limit-headers.ts'
import { RequestQueue } from './request-queue.ts'
import { RouteRateLimit } from './route-rate-limit.ts'
import { ServerClock } from './server-clock.ts'

/** An event of the rate limiter, for metrics. */
export type RateLimiterEvent =
  /** The number of queued polls changed. */
  | { readonly type: 'queued'; readonly by: 1 | -1 }
  /** A queued request was sent. */
  | { readonly type: 'dequeued'; readonly priority: Priority; readonly seconds: number }
  /** A request met a rate limit: at the provider, or here before it was sent. */
  | { readonly type: 'limited'; readonly by: 'provider' | 'gateway' }

/** Configuration of the rate limiter of one account. */
export interface RateLimiterOptions {
  /** Maximum number of polls in flight, over all limits. */
  readonly maxConcurrentPolls: number
  /** Maximum number of requests in flight, polls included; 1 000 by default. */
  readonly maxConcurrentRequests?: number
  /** Recognizes the provider's rate-limit responses; by status 429 by default. */
  readonly isRateLimited?: RateLimitDetector
  /** How published limits are divided among processes; each process may use them whole by default. */
  readonly limitDivision?: LimitDivision | undefined
  readonly onEvent?: (event: RateLimiterEvent) => void
  /** Whole milliseconds of a monotonic clock. */
  readonly now?: () => number
}

/** A request to be sent within the limits. */
export interface RateLimitedRequest {
  /** The limit that the provider counts it under. */
  readonly rateLimitKey: string
  readonly priority: Priority
  /** Identifies a background read, so that `promote` finds it. */
  readonly id: string
  /** The gateway itself by default. */
  readonly caller?: RequestCaller | undefined
  /** Whether it has a body that is sent while it arrives; false by default. */
  readonly isUpload?: boolean
  readonly signal: StopSignal
}

/** Permission to send one request, held until the request is finished. */
export interface Permit extends QueuePermit {
  readonly queue: RequestQueue
}

const MAX_CONCURRENT_REQUESTS = 1_000

/** Keeps one account's requests within the provider's limits, all learned from its responses: one queue per limit. */
export class RateLimiter {
  readonly #queues = new Map<string, RequestQueue>()
  readonly #clock = new ServerClock()
  readonly #options: RateLimiterOptions
  readonly #now: () => number
  readonly #concurrency: ConcurrencyLimit
  #isClosed = false

  constructor(options: RateLimiterOptions) {
    this.#options = options
    this.#concurrency = new ConcurrencyLimit({
      maxRequests: options.maxConcurrentRequests ?? MAX_CONCURRENT_REQUESTS,
      maxPolls: options.maxConcurrentPolls,
    })
    this.#now = options.now ?? (() => Math.floor(performance.now()))
  }

  /** Estimated milliseconds until the last queued poll is sent, over all limits. */
  get backgroundDelayMs(): number {
    return Math.max(0, ...[...this.#queues.values()].map((queue) => queue.backgroundDelayMs))
  }

  /** Milliseconds by which the server's clock is at least ahead of this one, negative if behind; 0 if they may agree. */
  get clockSkewMs(): number {
    return this.#clock.skewMs(this.#now())
  }

  /** Like `acquire`, at once and without a promise; null if the request must wait or be rejected. */
  tryAcquire(request: RateLimitedRequest): Permit | null {
    if (this.#isClosed) return null
    const queue = this.#queueOf(request)
    const permit = queue.tryAcquire(toAdmissionRequest(request))
    return permit && toPermit(queue, permit)
  }

  /** Resolves when the request may be sent; pass the permit to `release` afterwards. Rejects like `RequestQueue.acquire`. */
  async acquire(request: RateLimitedRequest): Promise<Permit> {
    if (this.#isClosed) throw closedError()
    const queue = this.#queueOf(request)
    return toPermit(queue, await queue.acquire(toAdmissionRequest(request)))
  }

  /** Makes a queued poll interactive, because a caller with this priority now waits for its response. */
  promote(rateLimitKey: string, id: string, priority: Exclude<Priority, 'background'>): void {
    this.#queues.get(rateLimitKey)?.promote(id, priority)
  }

  /**
   * Records the end of a request with its response, or null without one. Returns the milliseconds after which a retry
   * makes sense for a rate-limit response, otherwise null.
   */
  release({ queue, request, concurrencySlot }: Permit, response: HttpResponse | null): number | null {
    const info = response && parseRateLimitInfo(response, this.#options.isRateLimited)
    const retryAfterMs = queue.complete(request, info)
    this.#concurrency.release(concurrencySlot)
    // This request's own queue comes last, so that one limit's requests cannot keep the free slots from the others.
    for (const other of this.#queues.values())
      if (other !== queue && other.hasQueuedRequests) other.dispatch()
    if (queue.hasQueuedRequests) queue.dispatch()
    if (info?.isRateLimited !== true) return null
    this.#emit({ type: 'limited', by: 'provider' })
    return retryAfterMs
  }

  /** Fails all queued and all later requests with `not-sent`. */
  close(): void {
    this.#isClosed = true
    for (const queue of this.#queues.values()) queue.close(closedError())
  }

  #queueOf({ rateLimitKey }: RateLimitedRequest): RequestQueue {
    return this.#queues.get(rateLimitKey) ?? this.#openQueue(rateLimitKey)
  }

  #openQueue(rateLimitKey: string): RequestQueue {
    const division = this.#options.limitDivision
    const limit = new RouteRateLimit(this.#clock, { rateLimitKey, division })
    division?.offer(rateLimitKey, {
      sparePermits: () => limit.sparePermits(this.#now()),
      lend: (count, resetAt) => limit.lend(count, resetAt, this.#now()),
    })
    const queue = new RequestQueue({
      limit,
      concurrency: this.#concurrency,
      observer: {
        onPollsQueued: (by) => this.#emit({ type: 'queued', by }),
        onDequeued: (priority, seconds) => this.#emit({ type: 'dequeued', priority, seconds }),
        onRejected: () => this.#emit({ type: 'limited', by: 'gateway' }),
      },
      now: this.#now,
    })
    this.#queues.set(rateLimitKey, queue)
    return queue
  }

  #emit(event: RateLimiterEvent): void {
    this.#options.onEvent?.(event)
  }
}

function toAdmissionRequest(request: RateLimitedRequest): AdmissionRequest {
  const { priority, id, caller = gatewayCaller, isUpload = false, signal } = request
  return { priority, id, caller, isUpload, signal }
}

function toPermit(queue: RequestQueue, { request, concurrencySlot }: QueuePermit): Permit {
  return { queue, request, concurrencySlot }
}

function closedError(): UpstreamError {
  return new UpstreamError('not-sent', new Error('the gateway is shutting down'))
}
