import type { PermitLender, PublishedWindowEnd } from '../domain/limit-division.ts'
import type { LiveReplica, PermitLoan, PermitReport } from './replica-report.ts'

/** How long a loan is waited for. An interactive request waits for two seconds. */
const ANSWER_MS = 1_900
/** The ends of one window, as two responses publish it, differ by less than this. */
const SAME_WINDOW_MS = 1_000

interface Want extends PermitLoan {
  /** When more was wanted for the last time. */
  readonly askedAt: number
  readonly until: number
}

interface Loan extends PermitLoan {
  readonly until: number
}

/**
 * Lends the requests that one process does not need to another one that has used up its part. A process reports what it could
 * spare. One that needs more asks for it in its report, names the lender, and uses a request only when the lender's report says
 * that it has given it away. The lender counts it as used before it reports that, so that a loan never raises the sum.
 *
 * Counts are totals of a window: a report that is read twice gives nothing twice. Times are milliseconds of a monotonic clock.
 */
export class PermitLoans {
  readonly #worker: string
  readonly #now: () => number
  readonly #onChanged: () => void
  readonly #lenders = new Map<string, PermitLender>()
  /** What this process wants of each other one, by limit and lender. */
  readonly #wanted = new Map<string, Want>()
  /** What this process has lent, by limit and borrower. */
  readonly #lent = new Map<string, Loan>()
  #others: readonly LiveReplica[] = []

  /** `onChanged` is called when others must read the report soon. */
  constructor(worker: string, now: () => number, onChanged: () => void) {
    this.#worker = worker
    this.#now = now
    this.#onChanged = onChanged
  }

  /** Sets the lender of a limit. */
  offer(limit: string, lender: PermitLender): void {
    this.#lenders.set(limit, lender)
  }

  /** What this process reports next. */
  report(): PermitReport {
    const now = this.#now()
    for (const loans of [this.#wanted, this.#lent])
      for (const [key, { until }] of loans) if (until <= now) loans.delete(key)
    const spare: Record<string, number> = {}
    if (this.#others.length > 0)
      for (const [limit, lender] of this.#lenders) {
        const permits = lender.sparePermits()
        if (permits > 0) spare[limit] = permits
      }
    return {
      spare,
      wanted: [...this.#wanted.values()].map(toLoan),
      lent: [...this.#lent.values()].map(toLoan),
    }
  }

  /** Applies the reports of the other processes, and lends what they want of this one. */
  update(others: readonly LiveReplica[]): void {
    this.#others = others
    let hasLent = false
    for (const { worker, report } of others)
      for (const want of report?.wanted ?? [])
        if (want.worker === this.#worker) hasLent = this.#lend(worker, want) || hasLent
    if (hasLent) this.#onChanged()
  }

  /** Asks those with the most to spare for `count` requests altogether. Returns whether some may come soon. */
  borrow(limit: string, { resetAt, endsInMs }: PublishedWindowEnd, count: number): boolean {
    const now = this.#now()
    let missing = count - this.#expected(limit, now)
    let hasAsked = false
    const bySpare = this.#others
      .map(({ worker, report }) => ({ worker, spare: report?.spare[limit] ?? 0 }))
      .sort((a, b) => b.spare - a.spare)
    for (const { worker, spare } of bySpare) {
      const received = this.#receivedFrom(worker, limit, resetAt)
      const before = this.#wanted.get(keyOf(limit, worker))
      const wanted =
        before && isSameWindow(before.resetAt, resetAt) ? Math.max(before.count, received) : received
      const more = Math.min(missing, spare - (wanted - received))
      if (more < 1) continue
      missing -= more
      hasAsked = true
      const want = { limit, worker, resetAt, count: wanted + more, askedAt: now, until: now + endsInMs }
      this.#wanted.set(keyOf(limit, worker), want)
    }
    if (hasAsked) this.#onChanged()
    return this.#expected(limit, now) > 0
  }

  /** Whether a request of this limit, or of any, may come soon. */
  isExpected(limit?: string): boolean {
    const now = this.#now()
    const limits = limit === undefined ? [...this.#wanted.values()].map((want) => want.limit) : [limit]
    return limits.some((wanted) => this.#expected(wanted, now) > 0)
  }

  /** What others have lent to this process in this window. */
  borrowed(limit: string, resetAt: number): number {
    return this.#others.reduce((sum, { worker }) => sum + this.#receivedFrom(worker, limit, resetAt), 0)
  }

  /** Requests that were asked for a moment ago and have not come. */
  #expected(limit: string, now: number): number {
    let expected = 0
    for (const want of this.#wanted.values())
      if (want.limit === limit && now < Math.min(want.askedAt + ANSWER_MS, want.until))
        expected += Math.max(0, want.count - this.#receivedFrom(want.worker, limit, want.resetAt))
    return expected
  }

  #receivedFrom(lender: string, limit: string, resetAt: number): number {
    const report = this.#others.find(({ worker }) => worker === lender)?.report
    const loan = report?.lent.find(
      (lent) => lent.worker === this.#worker && lent.limit === limit && isSameWindow(lent.resetAt, resetAt),
    )
    return loan?.count ?? 0
  }

  #lend(borrower: string, { limit, resetAt, count }: PermitLoan): boolean {
    const key = keyOf(limit, borrower)
    const before = this.#lent.get(key)
    const already = before && isSameWindow(before.resetAt, resetAt) ? before.count : 0
    const missing = count - already
    const loan = missing > 0 ? this.#lenders.get(limit)?.lend(missing, resetAt) : null
    if (!loan) return false
    const until = this.#now() + loan.forMs
    this.#lent.set(key, { limit, worker: borrower, resetAt, count: already + loan.count, until })
    return true
  }
}

function isSameWindow(resetAt: number, other: number): boolean {
  return Math.abs(resetAt - other) < SAME_WINDOW_MS
}

function keyOf(limit: string, worker: string): string {
  return JSON.stringify([limit, worker])
}

function toLoan({ limit, worker, resetAt, count }: PermitLoan): PermitLoan {
  return { limit, worker, resetAt, count }
}
