import { setImmediate as nextTurn } from 'node:timers/promises'
import { CallAdmission, type Permit } from './call-admission.ts'
import type { CallGate } from './call-gate.ts'
import type { CallKind, CallShare } from './call-window.ts'
import { CallRefused, UpstreamError } from './errors.ts'
import type { LimitSigns } from './limit-signs.ts'
import type { RequestCaller } from './request-caller.ts'
import type { CallUnderWay, RouteLimit } from './route-limit.ts'
import { type Applicant, startWaiting, type Waiter } from './waiter.ts'
import { WaitingLines } from './waiting-lines.ts'

/** What a queue waits for, and who is told of it. Times are milliseconds of one clock that never goes back. */
export interface CallQueueOptions {
  readonly limit: RouteLimit
  /** Bounds the calls under way, those of other queues included. */
  readonly gate: CallGate
  readonly observer: {
    /** A look came to wait, or does so no longer. */
    waiting(by: 1 | -1): void
    /** A call that had to wait left. */
    waited(kind: CallKind, seconds: number): void
    /** A call was refused here, to spare the provider. */
    refused(): void
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
export class CallQueue {
  readonly #limit: RouteLimit
  readonly #options: CallQueueOptions
  readonly #lines: WaitingLines<Permit>
  readonly #admission: CallAdmission
  #timer: NodeJS.Timeout | undefined

  constructor(options: CallQueueOptions) {
    this.#limit = options.limit
    this.#options = options
    const lines = new WaitingLines<Permit>((by) => options.observer.waiting(by))
    this.#lines = lines
    this.#admission = new CallAdmission({ ...options, isPollWaiting: () => lines.looks.size > 0 })
  }

  /** Whether anybody waits. */
  get isWaiting(): boolean {
    return this.#lines.size > 0
  }

  /** Roughly how many milliseconds it will be until the last look that waits has left. */
  get lagMs(): number {
    const looks = this.#lines.looks.size
    return looks === 0 ? 0 : this.#limit.lag(looks, this.#options.now())
  }

  /**
   * Resolves when the call may leave; it is under way then. Rejects with UpstreamError `limited` where a person
   * would wait too long or too many wait, with the caller's refusal, and with the signal's reason on abort.
   */
  async enter(applicant: Applicant): Promise<Permit> {
    const { kind, joining, caller, signal } = applicant
    signal.throwIfAborted()
    if (caller.refusal) await refuse(caller.refusal)
    if (joining && this.#isKept) throw this.#limited(caller)
    if (kind === 'person') this.#demandSoon(caller)
    const share = this.#lines.isEmptyFor(applicant) ? this.#admission.shareFor(applicant) : null
    if (share !== null) return this.#admission.begin(share, applicant)
    const { waiter, outcome } = startWaiting<Permit>(applicant, this.#options.now(), (left) => {
      this.#remove(left)
      this.#schedule()
    })
    const crowdedOut = this.#lines.add(waiter, this.#limit.limit)
    if (crowdedOut) this.#turnAway(crowdedOut)
    if (crowdedOut !== waiter && kind === 'person') this.#startPatience(waiter)
    this.pump()
    return outcome
  }

  /**
   * Somebody waits for the look of this id: from now on it is a person's call, unless its caller is not proven. Throws
   * as `enter` does.
   */
  hurry(id: string, joining: boolean): void {
    const look = this.#lines.findLook(id)
    if (!look || (joining && this.#isKept)) return
    this.#demandSoon(look.caller)
    if (!look.caller.isProven) return
    this.#lines.delete(look)
    look.kind = 'person'
    this.#lines.add(look, Number.POSITIVE_INFINITY)
    this.#startPatience(look)
    this.pump()
  }

  /**
   * A call is over; what its answer told may let others leave: `pump` does. Gives the milliseconds after which
   * another try makes sense to a person.
   */
  end(call: CallUnderWay, signs: LimitSigns | null): number {
    const now = this.#options.now()
    this.#limit.end(call, signs, now)
    return toRetryAfter(this.#limit.wait('person', now))
  }

  /** Lets everybody leave who may. */
  pump(): void {
    for (const { waiter, refusal } of this.#lines.sortUnproven()) {
      this.#remove(waiter)
      waiter.settle(new CallRefused(refusal))
    }
    for (let next = this.#lines.people.first(); next; next = this.#lines.people.first()) {
      if (next.joining && this.#isKept) this.#turnAway(next)
      else if (!this.#admit(next)) break
    }
    for (let next = this.#lines.looks.first(); next && this.#admit(next); next = this.#lines.looks.first());
    for (let next = this.#nextUnproven(); next && this.#admit(next); next = this.#nextUnproven());
    for (const waiter of this.#lines.overdue) if (this.#isLimited(waiter)) this.#turnAway(waiter)
    this.#schedule()
  }

  /** Fails everybody who waits. */
  close(error: Error): void {
    clearTimeout(this.#timer)
    for (const waiter of this.#lines.all) {
      this.#remove(waiter)
      waiter.settle(error)
    }
  }

  /** What is left of the window is for who reads or writes now. */
  get #isKept(): boolean {
    return this.#limit.isKept(this.#options.now())
  }

  /** Of those who are not proven, whose turn it is and whose earlier call is over; null where there is none. */
  #nextUnproven(): Waiter<Permit> | null {
    return this.#lines.nextUnproven((waiter) => this.#admission.isGateOpen(waiter))
  }

  #turnAway(waiter: Waiter<Permit>): void {
    this.#remove(waiter)
    waiter.settle(this.#limited(waiter.caller))
  }

  #admit(waiter: Waiter<Permit>): boolean {
    const share = this.#admission.shareFor(waiter)
    if (share === null) return false
    this.#leave(waiter, share)
    return true
  }

  #leave(waiter: Waiter<Permit>, share: CallShare): void {
    clearTimeout(waiter.patience)
    this.#lines.take(waiter)
    this.#options.observer.waited(waiter.kind, (this.#options.now() - waiter.since) / 1000)
    waiter.settle(this.#admission.begin(share, waiter))
  }

  #startPatience(waiter: Waiter<Permit>): void {
    const giveUp = (): void => {
      waiter.isOverdue = true
      this.#lines.overdue.add(waiter)
      if (this.#isLimited(waiter)) this.#turnAway(waiter)
    }
    const callUnheard = (): void => {
      const isFew = this.#limit.isUnheard && this.#limit.underWay < MOST_UNHEARD
      if (isFew && this.#admission.isGateOpen(waiter))
        this.#leave(waiter, waiter.caller.isProven ? 'person' : 'unproven')
      else waiter.patience = setTimeout(giveUp, PATIENCE_MS - FIRST_ANSWER_MS)
    }
    waiter.patience = this.#limit.isUnheard
      ? setTimeout(callUnheard, FIRST_ANSWER_MS)
      : setTimeout(giveUp, PATIENCE_MS)
  }

  /** Whether a limit is why it waits: not that nothing is known yet, nor how many calls are under way. */
  #isLimited(waiter: Waiter<Permit>): boolean {
    return !this.#limit.isUnheard && this.#admission.waitOf(waiter) > 0
  }

  #remove(waiter: Waiter<Permit>): void {
    clearTimeout(waiter.patience)
    this.#lines.delete(waiter)
  }

  /** Throws where a person's call cannot leave soon: Infinity is soon, as an answer is under way. */
  #demandSoon(caller: RequestCaller): void {
    const wait = this.#admission.waitOf({ kind: 'person', caller })
    if (wait > PATIENCE_MS && wait !== Number.POSITIVE_INFINITY) throw this.#limited(caller)
  }

  #limited(caller: RequestCaller): UpstreamError {
    this.#options.observer.refused()
    return new UpstreamError(
      'limited',
      undefined,
      toRetryAfter(this.#admission.waitOf({ kind: 'person', caller })),
    )
  }

  /** Those who wait for the gate are let in when another call is over. */
  #schedule(): void {
    clearTimeout(this.#timer)
    const heads = [this.#lines.people.first(), this.#lines.looks.first(), this.#nextUnproven()]
    const waits = heads.flatMap((waiter) =>
      waiter && this.#admission.isGateOpen(waiter) ? [this.#admission.waitOf(waiter)] : [],
    )
    const next = Math.min(...waits)
    if (!Number.isFinite(next)) return
    this.#timer = setTimeout(() => this.pump(), Math.min(Math.ceil(next), LONGEST_TIMER_MS))
  }
}

/** As an answer of the provider would, it comes in another turn: who asks again at once does not stop the process. */
async function refuse(refusal: Error): Promise<never> {
  await nextTurn()
  throw new CallRefused(refusal)
}

function toRetryAfter(waitMs: number): number {
  return Number.isFinite(waitMs) ? Math.max(1, Math.ceil(waitMs)) : SHORTEST_RETRY_MS
}
