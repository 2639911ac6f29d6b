import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { LeaseStore } from './lease-store.ts'

/** How long a process that dies is still taken for alive. */
const LEASE_MS = 6_000
/** A lease outlives this many renewals that fail. */
const RENEWALS_PER_LEASE = 3

/** What a lease is made with. */
export interface WorkerLeaseOptions {
  readonly store: LeaseStore
  readonly log: Logger
  /** Milliseconds that a lease lasts without a renewal; 6 seconds by default. */
  readonly leaseMs?: number
}

/**
 * Shows the other processes that this one lives. All that this process claims names it, so that others know what was
 * abandoned once the lease expires. Renewal uses real timers: a lease is measured against the database's clock.
 */
export class WorkerLease {
  /** Unique to this process. */
  readonly id = randomUUID()
  readonly leaseMs: number
  readonly #options: WorkerLeaseOptions
  #heldUntil = Number.NEGATIVE_INFINITY
  #steadySince = Number.POSITIVE_INFINITY
  #isFailing = false
  #timer: NodeJS.Timeout | null = null
  #renewing: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: WorkerLeaseOptions) {
    this.#options = options
    this.leaseMs = options.leaseMs ?? LEASE_MS
  }

  /**
   * Whether other processes still take this one for alive, as far as it knows itself. Check it right before a request
   * goes out that must not be repeated: a process that stood still may have been replaced.
   */
  isHeld(): boolean {
    return performance.now() < this.#heldUntil
  }

  /**
   * Whether an expired lease of another process means that it died. It does not right after the database was away:
   * the others could not renew either.
   */
  canExpireOthers(): boolean {
    return !this.#isFailing && this.isHeld() && performance.now() >= this.#steadySince + this.leaseMs
  }

  /**
   * Takes the lease and keeps it until `stop`, also where the database is away at first. Resolves with whether no other
   * process is known to use the database.
   */
  async start(): Promise<boolean> {
    const begun = performance.now()
    const isAlone = await this.#options.store.register(this.id, this.leaseMs).catch((error: unknown) => {
      this.#failed(error)
      return false
    })
    if (!this.#isFailing) {
      this.#heldUntil = begun + this.leaseMs
      this.#steadySince = isAlone ? Number.NEGATIVE_INFINITY : performance.now()
    }
    this.#schedule()
    return isAlone
  }

  /** Ends the lease, once nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#renewing
    this.#heldUntil = Number.NEGATIVE_INFINITY
    await this.#options.store.release(this.id).catch((error: unknown) => {
      this.#options.log.warn(
        { err: error },
        'the lease of this process could not be released; it expires by itself',
      )
    })
  }

  #schedule(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#renewing = this.#renew()
    }, this.leaseMs / RENEWALS_PER_LEASE)
  }

  async #renew(): Promise<void> {
    const begun = performance.now()
    try {
      await this.#options.store.renew(this.id, this.leaseMs)
      if (this.#isFailing || !this.isHeld()) this.#steadySince = performance.now()
      this.#isFailing = false
      this.#heldUntil = begun + this.leaseMs
    } catch (error) {
      this.#failed(error)
    }
    this.#schedule()
  }

  #failed(error: unknown): void {
    if (!this.#isFailing)
      this.#options.log.warn({ err: error }, 'the lease of this process could not be renewed')
    this.#isFailing = true
  }
}
