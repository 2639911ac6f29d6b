import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Priority } from '../../domain/priority.ts'
import { RequestRejected, UpstreamError } from '../errors.ts'
import type { RequestCaller } from '../request-caller.ts'
import { AdmissionControl, type QueuePermit } from './admission-control.ts'
import type { ConcurrencyLimit } from './concurrency-limit.ts'
import { PriorityQueues } from './priority-queues.ts'
import { type AdmissionRequest, createQueuedRequest, type QueuedRequest } from './queued-request.ts'
import type { RateLimitInfo } from './rate-limit-headers.ts'
import type { QuotaShare } from './rate-limit-window.ts'
import type { InFlightRequest, RouteRateLimit } from './route-rate-limit.ts'

/** The limits of a queue and the observer of its metrics. Times are milliseconds of a monotonic clock. */
export interface RequestQueueOptions {
  readonly limit: RouteRateLimit
  /** Bounds the requests in flight, including those of other queues. */
  readonly concurrency: ConcurrencyLimit
  readonly observer: {
    /** The number of queued polls changed. */
    onPollsQueued(by: 1 | -1): void
    /** A queued request was sent. */
    onDequeued(priority: Priority, seconds: number): void
    /** A request was rejected here, because it would exceed the limit. */
    onRejected(): void
  }
  readonly now: () => number
}

/** Maximum wait of an interactive request for a limit; beyond it, an error with a retry time is more useful. */
const MAX_INTERACTIVE_WAIT_MS = 2_000
/** Before the first response reveals the limit, interactive requests wait this long for it; then a few are sent. */
const FIRST_RESPONSE_WAIT_MS = 1_000
/** The smallest limit of a route that several callers share (docs/providers/rocketchat.md 4.1). */
const MAX_BEFORE_FIRST_RESPONSE = 5
/** Retry time if the wait is unknown. */
const DEFAULT_RETRY_AFTER_MS = 1_000
/** How often queued requests are dispatched while another process is about to lend what they need. */
const LOAN_CHECK_MS = 100
/** Queued requests are dispatched at least this often: the part of this process may have grown. */
const MAX_TIMER_MS = 5_000

/**
 * Queue of one rate limit: interactive requests first, then polls, then requests of unverified callers, which have a
 * small share of their own and use what polls leave. Requests of equal rank are queued fairly by caller.
 */
export class RequestQueue {
  readonly #limit: RouteRateLimit
  readonly #options: RequestQueueOptions
  readonly #queued: PriorityQueues<QueuePermit>
  readonly #admission: AdmissionControl
  #timer: NodeJS.Timeout | undefined

  constructor(options: RequestQueueOptions) {
    this.#limit = options.limit
    this.#options = options
    const queued = new PriorityQueues<QueuePermit>((by) => options.observer.onPollsQueued(by))
    this.#queued = queued
    this.#admission = new AdmissionControl({ ...options, isPollQueued: () => queued.background.size > 0 })
  }

  get hasQueuedRequests(): boolean {
    return this.#queued.size > 0
  }

  /** Estimated milliseconds until the last queued poll is sent. */
  get backgroundDelayMs(): number {
    const polls = this.#queued.background.size
    return polls === 0 ? 0 : this.#limit.backgroundDelayMs(polls, this.#options.now())
  }

  /** Like `acquire`, at once and without a promise; null if the request must wait or be rejected. */
  tryAcquire(request: AdmissionRequest): QueuePermit | null {
    const { priority, isUpload, signal } = request
    const { key, origin, isVerified, authenticationError } = request.caller
    if (signal.aborted || authenticationError) return null
    if (priority === 'subscribe' && this.#isOnlyReserveLeft) return null
    // What is known of the caller is looked up once: nothing can change it meanwhile.
    const candidate = { priority, isUpload, caller: { key, origin, isVerified, authenticationError } }
    const share = this.#queued.hasNoneAheadOf(candidate) ? this.#admission.availableShare(candidate) : null
    return share === null ? null : this.#admission.admit(share, candidate)
  }

  /**
   * Resolves when the request may be sent; it counts as in flight from then on. Rejects with UpstreamError `limited` if
   * an interactive request would wait too long or the queue is full, with the caller's `authenticationError`, and with
   * the signal's reason on abort.
   */
  async acquire(request: AdmissionRequest): Promise<QueuePermit> {
    const { priority, caller, signal } = request
    signal.throwIfAborted()
    if (caller.authenticationError) await rejectLater(caller.authenticationError)
    if (priority === 'subscribe' && this.#isOnlyReserveLeft) throw this.#limitedError(caller)
    if (priority !== 'background') this.#assertShortWait(caller)
    const permit = this.tryAcquire(request)
    if (permit) return permit
    const onAbort = (aborted: QueuedRequest<QueuePermit>) => {
      this.#remove(aborted)
      this.#schedule()
    }
    const { queued, result } = createQueuedRequest<QueuePermit>(request, this.#options.now(), onAbort)
    const excess = this.#queued.enqueue(queued, this.#limit.limit)
    if (excess) this.#reject(excess)
    if (excess !== queued && priority !== 'background') this.#startTimer(queued)
    this.dispatch()
    return result
  }

  /**
   * Makes the queued poll with this id interactive, unless its caller is unverified, because a caller with this priority
   * now waits for its response. Throws like `acquire`.
   */
  promote(id: string, priority: Exclude<Priority, 'background'>): void {
    const poll = this.#queued.findBackground(id)
    if (!poll || (priority === 'subscribe' && this.#isOnlyReserveLeft)) return
    this.#assertShortWait(poll.caller)
    if (!poll.caller.isVerified) return
    this.#queued.delete(poll)
    poll.priority = 'interactive'
    this.#queued.enqueue(poll, Number.POSITIVE_INFINITY)
    this.#startTimer(poll)
    this.dispatch()
  }

  /**
   * Records a finished request; call `dispatch` afterwards. Returns the milliseconds after which a retry of an
   * interactive request makes sense.
   */
  complete(request: InFlightRequest, info: RateLimitInfo | null): number {
    const now = this.#options.now()
    this.#limit.complete(request, info, now)
    return toRetryAfterMs(this.#limit.waitMs('interactive', now))
  }

  /** Sends all requests that the limits admit now. */
  dispatch(): void {
    const { interactive, background } = this.#queued
    for (const { queued, authenticationError } of this.#queued.takeRejected()) {
      clearTimeout(queued.timer)
      queued.resolve(new RequestRejected(authenticationError))
    }
    for (let next = interactive.peek(); next; next = interactive.peek()) {
      if (next.priority === 'subscribe' && this.#isOnlyReserveLeft) this.#reject(next)
      else if (!this.#tryAdmit(next)) break
    }
    for (let next = background.peek(); next && this.#tryAdmit(next); next = background.peek());
    for (let next = this.#nextUnverified(); next && this.#tryAdmit(next); next = this.#nextUnverified());
    for (const queued of this.#queued.overdue) if (this.#isRateLimited(queued)) this.#reject(queued)
    this.#schedule()
  }

  /** Fails all queued requests. */
  close(error: Error): void {
    clearTimeout(this.#timer)
    for (const queued of this.#queued.all) {
      this.#remove(queued)
      queued.resolve(error)
    }
  }

  get #isOnlyReserveLeft(): boolean {
    return this.#limit.isOnlyReserveLeft(this.#options.now())
  }

  /** The next request of an unverified caller that has no other request in flight; null if there is none. */
  #nextUnverified(): QueuedRequest<QueuePermit> | null {
    return this.#queued.nextUnverified((queued) => this.#admission.hasFreeSlot(queued))
  }

  #reject(queued: QueuedRequest<QueuePermit>): void {
    this.#remove(queued)
    queued.resolve(this.#limitedError(queued.caller))
  }

  #tryAdmit(queued: QueuedRequest<QueuePermit>): boolean {
    const share = this.#admission.availableShare(queued)
    if (share === null) return false
    this.#admit(queued, share)
    return true
  }

  #admit(queued: QueuedRequest<QueuePermit>, share: QuotaShare): void {
    clearTimeout(queued.timer)
    this.#queued.dequeue(queued)
    this.#options.observer.onDequeued(queued.priority, (this.#options.now() - queued.queuedAt) / 1000)
    queued.resolve(this.#admission.admit(share, queued))
  }

  /** Bounds the wait of an interactive request; before the first response, a few are sent without knowing the limit. */
  #startTimer(queued: QueuedRequest<QueuePermit>): void {
    const onOverdue = (): void => {
      queued.isOverdue = true
      this.#queued.overdue.add(queued)
      if (this.#isRateLimited(queued)) this.#reject(queued)
    }
    const onNoResponse = (): void => {
      const { isBeforeFirstResponse, inFlight } = this.#limit
      const maySend = isBeforeFirstResponse && inFlight < MAX_BEFORE_FIRST_RESPONSE
      if (maySend && this.#admission.hasFreeSlot(queued))
        this.#admit(queued, queued.caller.isVerified ? 'interactive' : 'unverified')
      else queued.timer = setTimeout(onOverdue, MAX_INTERACTIVE_WAIT_MS - FIRST_RESPONSE_WAIT_MS)
    }
    queued.timer = this.#limit.isBeforeFirstResponse
      ? setTimeout(onNoResponse, FIRST_RESPONSE_WAIT_MS)
      : setTimeout(onOverdue, MAX_INTERACTIVE_WAIT_MS)
  }

  /** Whether it waits for a rate limit, not for the first response or a concurrency slot. */
  #isRateLimited(queued: QueuedRequest<QueuePermit>): boolean {
    return !this.#limit.isBeforeFirstResponse && this.#admission.waitMs(queued) > 0
  }

  #remove(queued: QueuedRequest<QueuePermit>): void {
    clearTimeout(queued.timer)
    this.#queued.delete(queued)
  }

  /**
   * Throws if an interactive request would wait too long, and no other process may lend what it needs. Infinity is acceptable: a
   * response is on its way.
   */
  #assertShortWait(caller: RequestCaller): void {
    const waitMs = this.#admission.waitMs({ priority: 'interactive', caller })
    if (waitMs <= MAX_INTERACTIVE_WAIT_MS || waitMs === Number.POSITIVE_INFINITY) return
    const waiting = this.#queued.interactive.size + 1
    if (!caller.isVerified || !this.#limit.borrow(waiting, this.#options.now()))
      throw this.#limitedError(caller)
  }

  #limitedError(caller: RequestCaller): UpstreamError {
    this.#options.observer.onRejected()
    const waitMs = this.#admission.waitMs({ priority: 'interactive', caller })
    return new UpstreamError('limited', undefined, toRetryAfterMs(waitMs))
  }

  /** Requests that wait for a concurrency slot are dispatched when another request is finished. */
  #schedule(): void {
    clearTimeout(this.#timer)
    const heads = [this.#queued.interactive.peek(), this.#queued.background.peek(), this.#nextUnverified()]
    const waits = heads.flatMap((queued) =>
      queued && this.#admission.hasFreeSlot(queued) ? [this.#admission.waitMs(queued)] : [],
    )
    if (this.#queued.interactive.size > 0 && this.#limit.isLoanExpected) waits.push(LOAN_CHECK_MS)
    const nextMs = Math.min(...waits)
    if (!Number.isFinite(nextMs)) return
    this.#timer = setTimeout(() => this.dispatch(), Math.min(Math.ceil(nextMs), MAX_TIMER_MS))
  }
}

/** Rejects in another turn of the event loop, like a response would: a caller that retries at once must not block it. */
async function rejectLater(error: Error): Promise<never> {
  await nextTurn()
  throw new RequestRejected(error)
}

function toRetryAfterMs(waitMs: number): number {
  return Number.isFinite(waitMs) ? Math.max(1, Math.ceil(waitMs)) : DEFAULT_RETRY_AFTER_MS
}
