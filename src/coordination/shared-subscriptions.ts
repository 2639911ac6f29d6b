import { createHmac } from 'node:crypto'
import type { LiveReplica, ReplicaReport } from './replica-report.ts'

type Counts = ReplicaReport['subscriptions']

/** Reports that are older than this do not count: their process may have lost its subscriptions to this one. */
const MAX_AGE_MS = 10_000

/**
 * Counts the subscriptions of callers at the other processes, from their reports. Reports name callers by a keyed hash: who reads
 * them cannot try out names, addresses or tokens.
 */
export class SharedSubscriptions {
  readonly #secret: Buffer
  #report: () => Counts = () => ({})
  #elsewhere: ReadonlyMap<string, number> = new Map()
  #updatedAt = Number.NEGATIVE_INFINITY

  /** `secret` is the same in all processes that share the database. */
  constructor(secret: Buffer) {
    this.#secret = secret
  }

  /** Sets the function that counts the subscriptions of this process, for its reports. */
  reportFrom(counts: () => Counts): void {
    this.#report = counts
  }

  /** Makes all further reports empty. */
  leave(): void {
    this.#report = () => ({})
  }

  /** The subscriptions of this process, for its next report. */
  reported(): Counts {
    const counts = Object.entries(this.#report())
    return Object.fromEntries(counts.map(([caller, count]) => [this.#hash(caller), count]))
  }

  /** How many subscriptions a caller has at other processes, as far as these have reported it. */
  countElsewhere(caller: string): number {
    if (this.#elsewhere.size === 0 || performance.now() > this.#updatedAt + MAX_AGE_MS) return 0
    // Versions before keyed hashes report the caller as this process knows it.
    return (this.#elsewhere.get(this.#hash(caller)) ?? 0) + (this.#elsewhere.get(caller) ?? 0)
  }

  #hash(caller: string): string {
    return createHmac('sha256', this.#secret).update(caller).digest('base64url')
  }

  /** Applies the reports of the other processes. */
  update(others: readonly LiveReplica[]): void {
    const sums = new Map<string, number>()
    for (const { report } of others)
      for (const [caller, count] of Object.entries(report?.subscriptions ?? {}))
        sums.set(caller, (sums.get(caller) ?? 0) + count)
    this.#elsewhere = sums
    this.#updatedAt = performance.now()
  }
}
