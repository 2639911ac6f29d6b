import type { LimitDivision, PublishedLimit } from '../domain/limit-division.ts'
import { divideLimit, equalPart, idlePartOf } from './divide-limit.ts'
import { PermitLoans } from './permit-loans.ts'
import type { LimitUse, LiveReplica } from './replica-report.ts'

/**
 * After this long the others know what this process has reported, or they know that they receive no reports. It is three times
 * the interval of reports.
 */
const KNOWN_AFTER_MS = 3_000
/** The longest window of a limit: a process that ended before has no effect any more. */
const MAX_WINDOW_MS = 3_600_000

/** One exchange of reports. Times are milliseconds of a monotonic clock. */
export interface ReportExchange {
  /** What this process has reported. */
  readonly reported: LimitUse
  /** The live processes, this one included. */
  readonly replicas: readonly LiveReplica[]
  /** Whether a process that is missing has ended. */
  readonly isComplete: boolean
  readonly startedAt: number
}

/** Another process, as its last report shows it. */
interface OtherReplica {
  readonly worker: string
  /** When it was missing for the first time; null while it is alive. */
  endedAt: number | null
  /** Whether it is a version that reports nothing: it may use more than its equal part of anything. */
  isSilent: boolean
  busyLimits: ReadonlySet<string>
  grownLimits: ReadonlySet<string>
}

/** A limit that this process is busy with. */
interface OwnUse {
  readonly windowMs: number
  /** The end of the window after the one in which it was busy. */
  busyUntil: number
  /** When the others could read that it is busy; null before. */
  busyReportedAt: number | null
  /** From when it may use an equal part, whatever the others use; null until all know that it is busy. */
  equalFrom: number | null
  /** When the others could read that it is about to grow; null before. */
  grownReportedAt: number | null
}

/**
 * Divides the providers' published limits among the processes that share a database: a provider counts them together, by
 * address. No request waits for the database: each process computes its own part from the last reports.
 *
 * A process that uses more than half of what idle ones keep, in this window or the last one, is busy. It grows beyond its equal
 * part, into what idle ones leave, when all others have shrunk and it knows that they have not used more. A process that becomes
 * busy after another one has grown keeps its small part for a window, because the other one may have used the rest already. So
 * the parts of all processes add up to the limit in each of the provider's windows, although no two of them learn of a change
 * at the same time. A process that ends is counted for a window longer.
 *
 * A process that has used up its part borrows from those that do not need theirs: see `PermitLoans`.
 *
 * While the database is unavailable, busy processes have equal parts and idle ones keep half; after a window all have equal ones.
 *
 * Times are milliseconds of a monotonic clock.
 */
export class SharedLimits {
  readonly #worker: string
  readonly #now: () => number
  readonly #others = new Map<string, OtherReplica>()
  readonly #own = new Map<string, OwnUse>()
  readonly #loans: PermitLoans
  #onUrgent = (): void => {}
  /** All processes in the order of their ids; null is this one. */
  #sorted: readonly (OtherReplica | null)[] = [null]
  #updatedAt: number

  /** `worker` is the id of this process. */
  constructor(worker: string, now: () => number = () => performance.now()) {
    this.#worker = worker
    this.#now = now
    this.#loans = new PermitLoans(worker, now, () => this.#onUrgent())
    this.#updatedAt = now()
  }

  /** Sets the function that is called when reports should be exchanged at once. */
  onUrgent(exchange: () => void): void {
    this.#onUrgent = exchange
  }

  /** Whether another process is about to lend something that a request waits for. */
  get isLoanExpected(): boolean {
    return this.#loans.isExpected()
  }

  /** The division of the limits of one account. */
  forAccount(account: string): LimitDivision {
    const nameOf = (rateLimitKey: string) => `${account} ${rateLimitKey}`
    return {
      partOf: ({ rateLimitKey, limit, windowMs }) =>
        this.#others.size === 0 ? limit : this.#partOf(nameOf(rateLimitKey), limit, windowMs),
      onUsed: (limit, used, untilNextEndMs) =>
        this.#onUsed(nameOf(limit.rateLimitKey), limit, used, untilNextEndMs),
      offer: (rateLimitKey, lender) => this.#loans.offer(nameOf(rateLimitKey), lender),
      borrow: (window, count) =>
        this.#now() - this.#updatedAt <= KNOWN_AFTER_MS &&
        this.#loans.borrow(nameOf(window.rateLimitKey), window, count),
      isLoanExpected: (rateLimitKey) => this.#loans.isExpected(nameOf(rateLimitKey)),
      borrowed: (rateLimitKey, resetAt) => this.#loans.borrowed(nameOf(rateLimitKey), resetAt),
    }
  }

  /** What this process reports next. */
  use(): LimitUse {
    const now = this.#now()
    for (const [name, { busyUntil }] of this.#own) if (busyUntil <= now) this.#own.delete(name)
    const grown = [...this.#own].filter(([, { equalFrom }]) => equalFrom !== null && equalFrom <= now)
    return {
      busyLimits: [...this.#own.keys()],
      grownLimits: grown.map(([name]) => name),
      ...this.#loans.report(),
    }
  }

  /** Applies an exchange of reports. */
  update({ reported, replicas, isComplete, startedAt }: ReportExchange): void {
    const now = this.#now()
    this.#updatedAt = startedAt
    const live = new Set(replicas.map(({ worker }) => worker))
    for (const replica of replicas) if (replica.worker !== this.#worker) this.#observe(replica)
    for (const [worker, other] of this.#others) {
      if (isComplete && !live.has(worker)) other.endedAt ??= now
      if (hasEndedBefore(other, now - MAX_WINDOW_MS)) this.#others.delete(worker)
    }
    const idOf = (other: OtherReplica | null) => other?.worker ?? this.#worker
    this.#sorted = [...this.#others.values(), null].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
    this.#applyReported(reported, now)
    this.#loans.update(replicas.filter(({ worker }) => worker !== this.#worker))
  }

  #observe({ worker, report }: LiveReplica): void {
    this.#others.set(worker, {
      worker,
      endedAt: null,
      isSilent: report === null,
      busyLimits: new Set(report?.busyLimits),
      grownLimits: new Set(report?.grownLimits),
    })
  }

  #applyReported({ busyLimits, grownLimits }: LimitUse, now: number): void {
    for (const name of busyLimits) {
      const own = this.#own.get(name)
      if (!own) continue
      own.busyReportedAt ??= now
      if (own.equalFrom !== null || now < own.busyReportedAt + KNOWN_AFTER_MS) continue
      const hasOtherGrown = this.#counted(own.windowMs).some((other) => other && isGrown(other, name))
      own.equalFrom = hasOtherGrown ? now + own.windowMs : now
    }
    for (const name of grownLimits) {
      const own = this.#own.get(name)
      if (own) own.grownReportedAt ??= now
    }
  }

  #partOf(name: string, limit: number, windowMs: number): number {
    const now = this.#now()
    const counted = this.#counted(windowMs)
    const rank = counted.indexOf(null)
    const equal = equalPart(limit, counted.length, rank)
    const sinceUpdateMs = now - this.#updatedAt
    if (sinceUpdateMs > KNOWN_AFTER_MS + windowMs) return equal
    const use = this.#own.get(name)
    const own = use && use.busyUntil > now ? use : null
    const hasEqual = own !== null && own.equalFrom !== null && now >= own.equalFrom
    if (sinceUpdateMs > KNOWN_AFTER_MS) return hasEqual ? equal : idlePartOf(equal)
    const hasGrown =
      own !== null && own.grownReportedAt !== null && now >= own.grownReportedAt + KNOWN_AFTER_MS
    if (hasEqual && !hasGrown) return equal
    const isBusy = counted.map((other) => (other ? isBusyWith(other, name) : hasGrown))
    return divideLimit(limit, isBusy, rank)
  }

  /** The processes that may have sent requests in the current window. */
  #counted(windowMs: number): readonly (OtherReplica | null)[] {
    const windowStart = this.#now() - windowMs
    return this.#sorted.filter((other) => other === null || !hasEndedBefore(other, windowStart))
  }

  #onUsed(name: string, { limit, windowMs }: PublishedLimit, used: number, untilNextEndMs: number): void {
    const idlePart = idlePartOf(equalPart(limit, this.#sorted.length, this.#sorted.indexOf(null)))
    if (used * 2 < idlePart) return
    const now = this.#now()
    const busyUntil = now + untilNextEndMs
    const own = this.#own.get(name)
    if (own && own.busyUntil > now) own.busyUntil = Math.max(own.busyUntil, busyUntil)
    else {
      const unreported = { busyReportedAt: null, equalFrom: null, grownReportedAt: null }
      this.#own.set(name, { windowMs, busyUntil, ...unreported })
    }
  }
}

function hasEndedBefore({ endedAt }: OtherReplica, time: number): boolean {
  return endedAt !== null && endedAt <= time
}

function isBusyWith({ isSilent, busyLimits }: OtherReplica, name: string): boolean {
  return isSilent || busyLimits.has(name)
}

function isGrown({ isSilent, grownLimits }: OtherReplica, name: string): boolean {
  return isSilent || grownLimits.has(name)
}
