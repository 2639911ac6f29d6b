import type { Logger } from 'pino'
import { decodeReport, encodeReport } from './replica-report.ts'
import type { ReplicaReportStore } from './replica-report-store.ts'
import { SharedLimits } from './shared-limits.ts'
import { SharedSubscriptions } from './shared-subscriptions.ts'
import type { WorkerLease } from './worker-lease.ts'

/** Milliseconds between two exchanges of reports. */
const INTERVAL_MS = 1_000
/** The same while a request waits for what another process is about to lend. */
const LOAN_INTERVAL_MS = 250

/** The store of the reports, and the process that reports. */
export interface ReplicaReportsOptions {
  readonly store: ReplicaReportStore
  readonly lease: Pick<WorkerLease, 'id' | 'canExpireOthers'>
  readonly log: Logger
  /** The same in all processes that share the database: reports name callers by hashes with it. */
  readonly callerSecret: Buffer
}

/**
 * Exchanges reports with the processes that share the database, so that limits hold over all of them without a query in
 * the path of a request. While the database is unavailable, the last reports count.
 */
export class ReplicaReports {
  readonly limits: SharedLimits
  readonly subscriptions: SharedSubscriptions
  readonly #options: ReplicaReportsOptions
  #timer: NodeJS.Timeout | undefined
  #exchanging: Promise<void> = Promise.resolve()
  #isExchangeQueued = false
  #isFailing = false
  #isStopped = false

  constructor(options: ReplicaReportsOptions) {
    this.#options = options
    this.limits = new SharedLimits(options.lease.id)
    this.subscriptions = new SharedSubscriptions(options.callerSecret)
  }

  /** Exchanges reports until `stop`. Resolves after the first exchange. Call it when the lease is held. */
  async start(): Promise<void> {
    await this.#enqueueExchange()
    this.#schedule()
    this.limits.onUrgent(() => this.#exchangeSoon())
  }

  /** Reports no subscriptions any more: those of this process end, and its clients open them elsewhere. */
  async leave(): Promise<void> {
    this.subscriptions.leave()
    await this.#enqueueExchange()
  }

  /** Call it before the lease ends. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#exchanging
    const { store, lease, log } = this.#options
    await store.remove(lease.id).catch((error: unknown) => {
      log.debug(
        { err: error },
        'report of this process could not be deleted; others ignore it when its lease ends',
      )
    })
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    if (this.#isStopped) return
    const intervalMs = this.limits.isLoanExpected ? LOAN_INTERVAL_MS : INTERVAL_MS
    this.#timer = setTimeout(() => this.#exchangeSoon(), intervalMs)
  }

  /** Exchanges reports after the exchange that runs, if one does. */
  #exchangeSoon(): void {
    if (this.#isExchangeQueued || this.#isStopped) return
    this.#isExchangeQueued = true
    void this.#enqueueExchange().then(() => this.#schedule())
  }

  /** Exchanges never overlap: the reports of a process reach the store in order. */
  #enqueueExchange(): Promise<void> {
    this.#exchanging = this.#exchanging.then(() => this.#exchange())
    return this.#exchanging
  }

  async #exchange(): Promise<void> {
    this.#isExchangeQueued = false
    const { store, lease, log } = this.#options
    const startedAt = performance.now()
    const reported = this.limits.use()
    const report = encodeReport({ ...reported, subscriptions: this.subscriptions.reported() })
    try {
      const stored = await store.exchange(lease.id, report)
      const replicas = stored.map(({ worker, report: encoded }) => {
        return { worker, report: encoded === null ? null : decodeReport(encoded) }
      })
      this.limits.update({ reported, replicas, startedAt, isComplete: lease.canExpireOthers() })
      this.subscriptions.update(replicas.filter(({ worker }) => worker !== lease.id))
      if (this.#isFailing) log.info('limits are shared with the other replicas again')
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing)
        log.warn({ err: error }, 'limits cannot be shared with the other replicas: their last reports count')
      this.#isFailing = true
    }
  }
}
