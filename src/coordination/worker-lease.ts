import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { LeaseStore } from './lease-store.ts'

/** How long other processes consider a dead process alive. */
const LEASE_MS = 4_000
/** A lease is renewed this many times within its duration, so that it survives failed renewals. */
const RENEWALS_PER_LEASE = 3

/** Store and duration of a lease. */
export interface WorkerLeaseOptions {
  readonly store: LeaseStore
  readonly log: Logger
  /** Milliseconds that a lease lasts without a renewal; 4 seconds by default. */
  readonly leaseMs?: number | undefined
}

/**
 * Shows other processes that this one is alive. Its claims carry its id, so that others recognize them as abandoned when
 * the lease expires. Renewal uses real timers, because a lease is measured by the database's clock.
 */
export class WorkerLease {
  /** Unique to this process. */
  readonly id = randomUUID()
  readonly leaseMs: number
  readonly #options: WorkerLeaseOptions
  #heldUntil = Number.NEGATIVE_INFINITY
  #renewedSince = Number.POSITIVE_INFINITY
  #isFailing = false
  #timer: NodeJS.Timeout | null = null
  #renewing: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(options: WorkerLeaseOptions) {
    this.#options = options
    this.leaseMs = options.leaseMs ?? LEASE_MS
  }

  /**
   * Whether other processes consider this one alive, as far as it knows. Check this right before sending a request that
   * must not be repeated: a process that was suspended may have been replaced.
   */
  isHeld(): boolean {
    return performance.now() < this.#heldUntil
  }

  /**
   * Whether an expired lease of another process means that it died. Right after the database was unavailable it does not,
   * because other processes could not renew either.
   */
  canExpireOthers(): boolean {
    return !this.#isFailing && this.isHeld() && performance.now() >= this.#renewedSince + this.leaseMs
  }

  /**
   * Acquires the lease and renews it until `stop`, even if the database is unavailable at first. Resolves to whether no
   * other process is known to use the database.
   */
  async start(): Promise<boolean> {
    const startedAt = performance.now()
    const isOnlyProcess = await this.#options.store
      .register(this.id, this.leaseMs)
      .catch((error: unknown) => {
        this.#onFailure(error)
        return false
      })
    if (!this.#isFailing) {
      this.#heldUntil = startedAt + this.leaseMs
      this.#renewedSince = isOnlyProcess ? Number.NEGATIVE_INFINITY : performance.now()
    }
    this.#schedule()
    return isOnlyProcess
  }

  /** Ends the lease. Call it when no work is in flight. */
  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#renewing
    this.#heldUntil = Number.NEGATIVE_INFINITY
    await this.#options.store.release(this.id).catch((error: unknown) => {
      this.#options.log.warn({ err: error }, 'worker lease could not be released; it will expire')
    })
  }

  #schedule(): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#renewing = this.#renew()
    }, this.leaseMs / RENEWALS_PER_LEASE)
  }

  async #renew(): Promise<void> {
    const startedAt = performance.now()
    try {
      await this.#options.store.renew(this.id, this.leaseMs)
      if (this.#isFailing || !this.isHeld()) this.#renewedSince = performance.now()
      this.#isFailing = false
      this.#heldUntil = startedAt + this.leaseMs
    } catch (error) {
      this.#onFailure(error)
    }
    this.#schedule()
  }

  #onFailure(error: unknown): void {
    if (!this.#isFailing) this.#options.log.warn({ err: error }, 'worker lease could not be renewed')
    this.#isFailing = true
  }
}
