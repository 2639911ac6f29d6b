import type { Priority } from '../../domain/priority.ts'
import { UpstreamError } from '../errors.ts'
import { gatewayCaller, type RequestCaller } from '../request-caller.ts'
import type { QueuePermit } from './admission-control.ts'
import { ConcurrencyLimit } from './concurrency-limit.ts'
import { hasRateLimitStatus, parseRateLimitInfo, type RateLimitDetector } from './rate-limit-headers.ts'
import { RequestQueue } from './request-queue.ts'
import { RouteRateLimit } from './route-rate-limit.ts'
import { ServerClock } from './server-clock.ts'

/** What happens in a budget, for metrics. */
export type RateLimiterEvent =
  /** One look more, or less, waits. */
  | { readonly type: 'waiting'; readonly by: 1 | -1 }
  /** A call left that had to wait. */
  | { readonly type: 'waited'; readonly priority: Priority; readonly seconds: number }
  /** A call was refused for its rate: by the provider, or here to spare it. */
  | { readonly type: 'refused'; readonly by: 'provider' | 'gateway' }

/** What bounds a budget, and who is told of it. */
export interface RateLimiterOptions {
  /** Looks that may be under way at once, over all limits. */
  readonly maxConcurrentPolls: number
  /** Calls that may, looks included; more than any account has connections where it is not given. */
  readonly maxConcurrentRequests?: number
  /** Recognizes a rate-limit response; by status 429 unless given. */
  readonly isRateLimited?: RateLimitDetector
  readonly onEvent?: (event: RateLimiterEvent) => void
  /** Whole milliseconds of a clock that never goes back. */
  readonly now?: () => number
}

/** A call that wants to leave. `limit` names what the provider counts it under. */
export interface RateLimitedRequest {
  readonly rateLimitKey: string
  readonly priority: Priority
  /** Of a look: what it asks for. */
  readonly id: string
  /** Who causes it; the gateway itself where nobody is named. */
  readonly caller?: RequestCaller
  readonly signal: AbortSignal
}

/** Leave to call, until the call is over. */
export interface Permit extends QueuePermit {
  readonly queue: RequestQueue
}

const CALLS_AT_ONCE = 1_000

type Answer = Parameters<typeof parseRateLimitInfo>[0]

/** What one account's calls may cost its provider: a queue for each of its limits, all of them learned. */
export class RateLimiter {
  readonly #queues = new Map<string, RequestQueue>()
  readonly #clock = new ServerClock()
  readonly #options: RateLimiterOptions
  readonly #now: () => number
  readonly #gate: ConcurrencyLimit
  #closed = false

  constructor(options: RateLimiterOptions) {
    this.#options = options
    this.#gate = new ConcurrencyLimit({
      maxRequests: options.maxConcurrentRequests ?? CALLS_AT_ONCE,
      maxPolls: options.maxConcurrentPolls,
    })
    this.#now = options.now ?? (() => Math.floor(performance.now()))
  }

  /** Roughly how many milliseconds the look waits that waits longest. */
  get backgroundDelayMs(): number {
    return Math.max(0, ...[...this.#queues.values()].map(({ backgroundDelayMs: lagMs }) => lagMs))
  }

  /** The least by which the provider's clock is ahead of this one's, in milliseconds, negative behind; 0 while near. */
  get clockSkewMs(): number {
    return this.#clock.skewMs(this.#now())
  }

  /** Resolves when the call may leave; `leave` must be told of its end. Rejects as `CallQueue.enter` does. */
  async acquire({
    rateLimitKey: limit,
    caller = gatewayCaller,
    ...applicant
  }: RateLimitedRequest): Promise<Permit> {
    if (this.#closed) throw closed()
    const queue = this.#queues.get(limit) ?? this.#open(limit)
    return { queue, ...(await queue.acquire({ ...applicant, caller })) }
  }

  /** Somebody waits for what the look of this id asks for: it may not wait among looks any longer. */
  promote(limit: string, id: string, priority: Exclude<Priority, 'background'>): void {
    this.#queues.get(limit)?.promote(id, priority)
  }

  /**
   * A call is over, with this answer or none. Gives the milliseconds after which another try makes sense where it
   * was refused for its rate, else null.
   */
  release({ queue, request: call, concurrencySlot: gateCall }: Permit, answer: Answer | null): number | null {
    const signs = answer && parseRateLimitInfo(answer, this.#options.isRateLimited ?? hasRateLimitStatus)
    const retryAfterMs = queue.complete(call, signs)
    this.#gate.release(gateCall)
    // Whose call is over comes last, so that no limit's calls keep the others' from the gate.
    for (const other of this.#queues.values())
      if (other !== queue && other.hasQueuedRequests) other.dispatch()
    queue.dispatch()
    if (signs?.isRateLimited !== true) return null
    this.#tell({ type: 'refused', by: 'provider' })
    return retryAfterMs
  }

  /** Fails everybody who waits, and who comes later: nothing of theirs was sent. */
  close(): void {
    this.#closed = true
    for (const queue of this.#queues.values()) queue.close(closed())
  }

  #open(limit: string): RequestQueue {
    const queue = new RequestQueue({
      limit: new RouteRateLimit(this.#clock),
      concurrency: this.#gate,
      observer: {
        onPollsQueued: (by) => this.#tell({ type: 'waiting', by }),
        onDequeued: (priority, seconds) => this.#tell({ type: 'waited', priority, seconds }),
        onRejected: () => this.#tell({ type: 'refused', by: 'gateway' }),
      },
      now: this.#now,
    })
    this.#queues.set(limit, queue)
    return queue
  }

  #tell(event: RateLimiterEvent): void {
    this.#options.onEvent?.(event)
  }
}

function closed(): UpstreamError {
  return new UpstreamError('not-sent', new Error('the gateway stops'))
}
