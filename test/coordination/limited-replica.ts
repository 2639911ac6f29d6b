import { decodeReport, encodeReport } from '../../src/coordination/replica-report.ts'
import { SharedLimits } from '../../src/coordination/shared-limits.ts'
import { RateLimiter } from '../../src/upstream/rate-limit/rate-limiter.ts'
import { type RateLimitedServer, sendThrough } from '../upstream/rate-limit/rate-limited-server.ts'

/** What the processes of a test have in common: the provider's server, and the last report of each in the database. */
export interface ReplicaCluster {
  readonly server: RateLimitedServer
  readonly reports: Map<string, string>
  isDatabaseDown: boolean
}

/** How often reports are exchanged while a loan is expected. */
const LOAN_INTERVAL_MS = 250

/** A process of a cluster: its rate limiter, and the exchange of its reports. */
export class LimitedReplica {
  readonly limits: SharedLimits
  readonly limiter: RateLimiter
  /** Whether it alone cannot reach the database. */
  isCutOff = false
  readonly #cluster: ReplicaCluster
  readonly #worker: string
  #requests = 0
  #exchanging: Promise<void> = Promise.resolve()
  #exchangeMs = 0
  #next: NodeJS.Timeout | undefined

  constructor(cluster: ReplicaCluster, worker: string) {
    this.#cluster = cluster
    this.#worker = worker
    this.limits = new SharedLimits(worker)
    const limitDivision = this.limits.forAccount('account')
    this.limiter = new RateLimiter({ maxConcurrentPolls: 8, limitDivision })
    this.limits.onUrgent(() => void this.exchange(this.#exchangeMs))
  }

  /**
   * Saves the report, and reads those of all; each takes `ms`, and nothing happens while the database cannot be reached. Exchanges
   * follow each other sooner while a loan is expected, and never overlap.
   */
  exchange(ms = 0): Promise<void> {
    this.#exchangeMs = ms
    clearTimeout(this.#next)
    this.#exchanging = this.#exchanging.then(() => this.#exchange(ms))
    return this.#exchanging.then(() => {
      clearTimeout(this.#next)
      if (this.limits.isLoanExpected) this.#next = setTimeout(() => void this.exchange(ms), LOAN_INTERVAL_MS)
    })
  }

  async #exchange(ms: number): Promise<void> {
    const { reports } = this.#cluster
    const startedAt = performance.now()
    const reported = this.limits.use()
    await after(ms)
    if (this.isCutOff || this.#cluster.isDatabaseDown) return
    reports.set(this.#worker, encodeReport({ ...reported, subscriptions: {} }))
    const replicas = [...reports].map(([worker, report]) => ({ worker, report: decodeReport(report) }))
    await after(ms)
    this.limits.update({ reported, replicas, startedAt, isComplete: true })
  }

  /** Ends like a process that stops in order. */
  end(): void {
    this.#cluster.reports.delete(this.#worker)
  }

  /** Sends one request; resolves to whether it was sent. */
  async send(priority: 'interactive' | 'background'): Promise<boolean> {
    this.#requests += 1
    const call = { id: `${this.#worker} ${this.#requests}`, priority }
    return sendThrough(this.limiter, this.#cluster.server, call).then(
      () => true,
      () => false,
    )
  }
}

async function after(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
}
