import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Priority } from '../../domain/priority.ts'
import { RequestRejected, UpstreamError } from '../errors.ts'
import type { RequestCaller } from '../request-caller.ts'
import { AdmissionControl, type QueuePermit } from './admission-control.ts'
import type { ConcurrencyLimit } from './concurrency-limit.ts'
import { type AdmissionRequest, createQueuedRequest, type QueuedRequest } from './queued-request.ts'
import { QueuedRequests } from './queued-requests.ts'
import type { RateLimitInfo } from './rate-limit-headers.ts'
import type { QuotaShare } from './rate-limit-window.ts'
import type { InFlightRequest, RouteRateLimit } from './route-rate-limit.ts'

/** What a queue waits for, and who is told of it. Times are milliseconds of one clock that never goes back. */
export interface RequestQueueOptions {
  readonly limit: RouteRateLimit
  /** Bounds the calls under way, those of other queues included. */
  readonly concurrency: ConcurrencyLimit
  readonly observer: {
    /** A look came to wait, or does so no longer. */
    onPollsQueued(by: 1 | -1): void
    /** A call that had to wait left. */
    onDequeued(priority: Priority, seconds: number): void
    /** A call was refused here, to spare the provider. */
    onRejected(): void
  }
  readonly now: () => number
}

/** A person's call waits so long for a limit at most, in milliseconds: beyond, an answer that says when is worth more. */
const PATIENCE_MS = 2_000
/** Before the first answer tells of a limit, people wait so long for it, and then a few call all the same. */
const FIRST_ANSWER_MS = 1_000
/** The smallest limit of a provider's route that people call together (docs/providers/rocketchat.md 4.1). */
const MOST_UNHEARD = 5
/** What is said where nobody knows how long it takes. */
const SHORTEST_RETRY_MS = 1_000
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Those who wait for one limit: people first, then looks, then callers who are not proven, these within a small share of
 * their own and in what looks leave. Among equals, callers take turns.
 */
export class RequestQueue {
  readonly #limit: RouteRateLimit
  readonly #options: RequestQueueOptions
  readonly #lines: QueuedRequests<QueuePermit>
  readonly #admission: AdmissionControl
  #timer: NodeJS.Timeout | undefined

  constructor(options: RequestQueueOptions) {
    this.#limit = options.limit
    this.#options = options
    const lines = new QueuedRequests<QueuePermit>((by) => options.observer.onPollsQueued(by))
    this.#lines = lines
    this.#admission = new AdmissionControl({ ...options, isPollWaiting: () => lines.background.size > 0 })
  }

  /** Whether anybody waits. */
  get hasQueuedRequests(): boolean {
    return this.#lines.size > 0
  }

  /** Roughly how many milliseconds it will be until the last look that waits has left. */
  get backgroundDelayMs(): number {
    const looks = this.#lines.background.size
    return looks === 0 ? 0 : this.#limit.backgroundDelayMs(looks, this.#options.now())
  }

  /**
   * Resolves when the call may leave; it is under way then. Rejects with UpstreamError `limited` where a person
   * would wait too long or too many wait, with the caller's refusal, and with the signal's reason on abort.
   */
  async acquire(applicant: AdmissionRequest): Promise<QueuePermit> {
    const { priority, caller, signal } = applicant
    signal.throwIfAborted()
    if (caller.authenticationError) await refuse(caller.authenticationError)
    if (priority === 'subscribe' && this.#isKept) throw this.#limited(caller)
    if (priority !== 'background') this.#demandSoon(caller)
    const share = this.#lines.hasNoneAheadOf(applicant) ? this.#admission.availableShare(applicant) : null
    if (share !== null) return this.#admission.admit(share, applicant)
    const { waiter, outcome } = createQueuedRequest<QueuePermit>(applicant, this.#options.now(), (left) => {
      this.#remove(left)
      this.#schedule()
    })
    const crowdedOut = this.#lines.enqueue(waiter, this.#limit.limit)
    if (crowdedOut) this.#turnAway(crowdedOut)
    if (crowdedOut !== waiter && priority !== 'background') this.#startPatience(waiter)
    this.dispatch()
    return outcome
  }

  /**
   * Somebody waits for the look of this id: from now on it is a person's call, unless its caller is not proven. Throws
   * as `enter` does.
   */
  promote(id: string, priority: Exclude<Priority, 'background'>): void {
    const look = this.#lines.findBackground(id)
    if (!look || (priority === 'subscribe' && this.#isKept)) return
    this.#demandSoon(look.caller)
    if (!look.caller.isVerified) return
    this.#lines.delete(look)
    look.priority = 'interactive'
    this.#lines.enqueue(look, Number.POSITIVE_INFINITY)
    this.#startPatience(look)
    this.dispatch()
  }

  /**
   * A call is over; what its answer told may let others leave: `pump` does. Gives the milliseconds after which
   * another try makes sense to a person.
   */
  complete(call: InFlightRequest, signs: RateLimitInfo | null): number {
    const now = this.#options.now()
    this.#limit.complete(call, signs, now)
    return toRetryAfter(this.#limit.waitMs('interactive', now))
  }

  /** Lets everybody leave who may. */
  dispatch(): void {
    for (const { waiter, refusal } of this.#lines.takeRejected()) {
      this.#remove(waiter)
      waiter.resolve(new RequestRejected(refusal))
    }
    for (let next = this.#lines.interactive.peek(); next; next = this.#lines.interactive.peek()) {
      if (next.priority === 'subscribe' && this.#isKept) this.#turnAway(next)
      else if (!this.#admit(next)) break
    }
    for (
      let next = this.#lines.background.peek();
      next && this.#admit(next);
      next = this.#lines.background.peek()
    );
    for (let next = this.#nextUnproven(); next && this.#admit(next); next = this.#nextUnproven());
    for (const waiter of this.#lines.overdue) if (this.#isLimited(waiter)) this.#turnAway(waiter)
    this.#schedule()
  }

  /** Fails everybody who waits. */
  close(error: Error): void {
    clearTimeout(this.#timer)
    for (const waiter of this.#lines.all) {
      this.#remove(waiter)
      waiter.resolve(error)
    }
  }

  /** What is left of the window is for who reads or writes now. */
  get #isKept(): boolean {
    return this.#limit.isOnlyReserveLeft(this.#options.now())
  }

  /** Of those who are not proven, whose turn it is and whose earlier call is over; null where there is none. */
  #nextUnproven(): QueuedRequest<QueuePermit> | null {
    return this.#lines.nextUnverified((waiter) => this.#admission.hasFreeSlot(waiter))
  }

  #turnAway(waiter: QueuedRequest<QueuePermit>): void {
    this.#remove(waiter)
    waiter.resolve(this.#limited(waiter.caller))
  }

  #admit(waiter: QueuedRequest<QueuePermit>): boolean {
    const share = this.#admission.availableShare(waiter)
    if (share === null) return false
    this.#leave(waiter, share)
    return true
  }

  #leave(waiter: QueuedRequest<QueuePermit>, share: QuotaShare): void {
    clearTimeout(waiter.timer)
    this.#lines.dequeue(waiter)
    this.#options.observer.onDequeued(waiter.priority, (this.#options.now() - waiter.queuedAt) / 1000)
    waiter.resolve(this.#admission.admit(share, waiter))
  }

  #startPatience(waiter: QueuedRequest<QueuePermit>): void {
    const giveUp = (): void => {
      waiter.isOverdue = true
      this.#lines.overdue.add(waiter)
      if (this.#isLimited(waiter)) this.#turnAway(waiter)
    }
    const callUnheard = (): void => {
      const isFew = this.#limit.isBeforeFirstResponse && this.#limit.inFlight < MOST_UNHEARD
      if (isFew && this.#admission.hasFreeSlot(waiter))
        this.#leave(waiter, waiter.caller.isVerified ? 'interactive' : 'unverified')
      else waiter.timer = setTimeout(giveUp, PATIENCE_MS - FIRST_ANSWER_MS)
    }
    waiter.timer = this.#limit.isBeforeFirstResponse
      ? setTimeout(callUnheard, FIRST_ANSWER_MS)
      : setTimeout(giveUp, PATIENCE_MS)
  }

  /** Whether a limit is why it waits: not that nothing is known yet, nor how many calls are under way. */
  #isLimited(waiter: QueuedRequest<QueuePermit>): boolean {
    return !this.#limit.isBeforeFirstResponse && this.#admission.waitMs(waiter) > 0
  }

  #remove(waiter: QueuedRequest<QueuePermit>): void {
    clearTimeout(waiter.timer)
    this.#lines.delete(waiter)
  }

  /** Throws where a person's call cannot leave soon: Infinity is soon, as an answer is under way. */
  #demandSoon(caller: RequestCaller): void {
    const wait = this.#admission.waitMs({ priority: 'interactive', caller })
    if (wait > PATIENCE_MS && wait !== Number.POSITIVE_INFINITY) throw this.#limited(caller)
  }

  #limited(caller: RequestCaller): UpstreamError {
    this.#options.observer.onRejected()
    return new UpstreamError(
      'limited',
      undefined,
      toRetryAfter(this.#admission.waitMs({ priority: 'interactive', caller })),
    )
  }

  /** Those who wait for the gate are let in when another call is over. */
  #schedule(): void {
    clearTimeout(this.#timer)
    const heads = [this.#lines.interactive.peek(), this.#lines.background.peek(), this.#nextUnproven()]
    const waits = heads.flatMap((waiter) =>
      waiter && this.#admission.hasFreeSlot(waiter) ? [this.#admission.waitMs(waiter)] : [],
    )
    const next = Math.min(...waits)
    if (!Number.isFinite(next)) return
    this.#timer = setTimeout(() => this.dispatch(), Math.min(Math.ceil(next), LONGEST_TIMER_MS))
  }
}

/** As an answer of the provider would, it comes in another turn: who asks again at once does not stop the process. */
async function refuse(refusal: Error): Promise<never> {
  await nextTurn()
  throw new RequestRejected(refusal)
}

function toRetryAfter(waitMs: number): number {
  return Number.isFinite(waitMs) ? Math.max(1, Math.ceil(waitMs)) : SHORTEST_RETRY_MS
}
