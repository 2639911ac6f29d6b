import type { CallKind } from './call-window.ts'
import { UpstreamError } from './errors.ts'
import type { LimitSigns } from './limit-signs.ts'
import type { CallUnderWay, RouteLimit } from './route-limit.ts'

/** Who wants to call. */
export interface Applicant {
  readonly kind: CallKind
  /** Of a look: names what is asked for, so that somebody who wants the same can hurry it. Unique among those that wait. */
  readonly id: string
  /** A person's call that leaves the last of a published limit to others: it is refused there. */
  readonly joining?: boolean
  /** Leaves the queue when it aborts. */
  readonly signal: AbortSignal
}

/** What a queue waits for, and who is told of it. Times are milliseconds of one clock that never goes back. */
export interface CallQueueOptions {
  readonly limit: RouteLimit
  /** Bounds the looks under way, those of other queues included. */
  readonly gate: { readonly isOpen: () => boolean; readonly pass: () => void }
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

interface Waiter {
  readonly id: string
  readonly joining: boolean
  readonly since: number
  /** Ends the waiting with leave to go, or with an error. */
  settle(outcome: CallUnderWay | Error): void
}

/** A person's call waits so long at most, in milliseconds: beyond, an answer that says when is worth more. */
const PATIENCE_MS = 2_000
/** Before the first answer tells of a limit, people wait so long for it, and then a few call all the same. */
const FIRST_ANSWER_MS = 1_000
/** The smallest limit of a provider's route that people call together (rocketchat.md 4.1). */
const MOST_UNHEARD = 5
/** What is said where nobody knows how long it takes. */
const SHORTEST_RETRY_MS = 1_000
const LONGEST_TIMER_MS = 2 ** 31 - 1
const MOST_PEOPLE = 10_000
const MOST_LOOKS = 10_000

/** Those who wait for one limit: people first, then looks, each in the order they came. */
export class CallQueue {
  readonly #limit: RouteLimit
  readonly #options: CallQueueOptions
  /** With the timers of their patience. */
  readonly #people = new Map<Waiter, NodeJS.Timeout>()
  readonly #looks = new Map<string, Waiter>()
  #timer: NodeJS.Timeout | undefined

  constructor(options: CallQueueOptions) {
    this.#limit = options.limit
    this.#options = options
  }

  /** How many looks wait. */
  get looks(): number {
    return this.#looks.size
  }

  /** Roughly how many milliseconds it will be until the last look that waits has left. */
  get lagMs(): number {
    return this.looks === 0 ? 0 : this.#limit.lag(this.looks, this.#options.now())
  }

  /**
   * Resolves when the call may leave; it is under way then. Rejects with UpstreamError `limited` where a person
   * would wait too long or too many wait, and with the signal's reason on abort.
   */
  async enter(applicant: Applicant): Promise<CallUnderWay> {
    const { kind, joining = false, signal } = applicant
    signal.throwIfAborted()
    if (joining && this.#isKept) throw this.#limited()
    if (kind === 'person') this.#demandSoon()
    else if (this.#looks.size >= MOST_LOOKS) throw this.#limited()
    const waiting = kind === 'person' ? this.#people : this.#looks
    if (waiting.size === 0 && this.#mayLeave(kind)) return this.#begin(kind)
    return this.#queue(applicant)
  }

  /** Somebody waits for the look of this id: from now on it is a person's call. Throws as `enter` does. */
  hurry(id: string, joining: boolean): void {
    const look = this.#looks.get(id)
    if (!look || (joining && this.#isKept)) return
    this.#demandSoon()
    this.#remove(look)
    this.#addPerson(look)
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
    for (const waiter of this.#people.keys()) {
      if (waiter.joining && this.#isKept) this.#turnAway(waiter)
      else if (!this.#admit(waiter, 'person')) break
    }
    for (const waiter of this.#looks.values()) if (!this.#admit(waiter, 'background')) break
    this.#schedule()
  }

  /** Fails everybody who waits. */
  close(error: Error): void {
    clearTimeout(this.#timer)
    for (const waiter of [...this.#people.keys(), ...this.#looks.values()]) {
      this.#remove(waiter)
      waiter.settle(error)
    }
  }

  /** What is left of the window is for who reads or writes now. */
  get #isKept(): boolean {
    return this.#limit.isKept(this.#options.now())
  }

  #turnAway(waiter: Waiter): void {
    this.#remove(waiter)
    waiter.settle(this.#limited())
  }

  #wait(kind: CallKind): number {
    return this.#limit.wait(kind, this.#options.now())
  }

  #mayLeave(kind: CallKind): boolean {
    return (kind === 'person' || this.#options.gate.isOpen()) && this.#wait(kind) === 0
  }

  #begin(kind: CallKind): CallUnderWay {
    if (kind === 'background') this.#options.gate.pass()
    return this.#limit.begin(kind, this.#options.now())
  }

  #admit(waiter: Waiter, kind: CallKind): boolean {
    if (!this.#mayLeave(kind)) return false
    this.#remove(waiter)
    this.#options.observer.waited(kind, (this.#options.now() - waiter.since) / 1000)
    waiter.settle(this.#begin(kind))
    return true
  }

  #queue({ kind, id, joining = false, signal }: Applicant): Promise<CallUnderWay> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#remove(waiter)
        reject(signal.reason)
        this.#schedule()
      }
      const waiter: Waiter = {
        id,
        joining,
        since: this.#options.now(),
        settle(outcome) {
          signal.removeEventListener('abort', leave)
          if (outcome instanceof Error) reject(outcome)
          else resolve(outcome)
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      if (kind === 'person') this.#addPerson(waiter)
      else this.#addLook(waiter)
      // For those behind others the timer is set.
      if (this.#people.size === 1 || this.#looks.size === 1) this.#schedule()
    })
  }

  #addPerson(waiter: Waiter): void {
    const giveUp = (): void => this.#turnAway(waiter)
    const callUnheard = (): void => {
      if (!this.#limit.isUnheard || this.#limit.underWay >= MOST_UNHEARD) {
        this.#people.set(waiter, setTimeout(giveUp, PATIENCE_MS - FIRST_ANSWER_MS))
        return
      }
      this.#remove(waiter)
      waiter.settle(this.#begin('person'))
    }
    const timer = this.#limit.isUnheard
      ? setTimeout(callUnheard, FIRST_ANSWER_MS)
      : setTimeout(giveUp, PATIENCE_MS)
    this.#people.set(waiter, timer)
  }

  #addLook(waiter: Waiter): void {
    this.#looks.set(waiter.id, waiter)
    this.#options.observer.waiting(1)
  }

  #remove(waiter: Waiter): void {
    clearTimeout(this.#people.get(waiter))
    if (this.#people.delete(waiter)) return
    if (this.#looks.delete(waiter.id)) this.#options.observer.waiting(-1)
  }

  /** Throws where a person's call cannot leave soon: Infinity is soon, as an answer is under way. */
  #demandSoon(): void {
    const wait = this.#wait('person')
    const isSoon = wait <= PATIENCE_MS || wait === Number.POSITIVE_INFINITY
    if (!isSoon || this.#people.size >= Math.min(MOST_PEOPLE, this.#limit.limit)) throw this.#limited()
  }

  #limited(): UpstreamError {
    this.#options.observer.refused()
    return new UpstreamError('limited', undefined, toRetryAfter(this.#wait('person')))
  }

  /** Looks that wait for the gate are let in when another is over. */
  #schedule(): void {
    clearTimeout(this.#timer)
    const people = this.#people.size === 0 ? Number.POSITIVE_INFINITY : this.#wait('person')
    const isHeld = this.#looks.size === 0 || !this.#options.gate.isOpen()
    const looks = isHeld ? Number.POSITIVE_INFINITY : this.#wait('background')
    const next = Math.min(people, looks)
    if (!Number.isFinite(next)) return
    this.#timer = setTimeout(() => this.pump(), Math.min(Math.ceil(next), LONGEST_TIMER_MS))
  }
}

function toRetryAfter(waitMs: number): number {
  return Number.isFinite(waitMs) ? Math.max(1, Math.ceil(waitMs)) : SHORTEST_RETRY_MS
}
