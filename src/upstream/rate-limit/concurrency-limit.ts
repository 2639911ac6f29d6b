import type { Priority } from '../../domain/priority.ts'
import type { RequestCaller } from '../request-caller.ts'

/** A call that goes through the gate. */
export interface ConcurrencySlot {
  readonly priority: Priority
  /** The key of a caller who is not proven; null for all others. */
  readonly unverifiedKey: string | null
}

/** How the gate sees a call of this kind by this caller. */
export function concurrencySlotFor(
  priority: Priority,
  { isVerified: isProven, key }: RequestCaller,
): ConcurrencySlot {
  return { priority, unverifiedKey: isProven ? null : key }
}

/** Calls that may be under way at once, over all limits of one account. */
export interface ConcurrencyLimitOptions {
  readonly maxRequests: number
  readonly maxPolls: number
}

/** Calls of one caller who is not proven yet that may be under way at once: the first answer speaks for all. */
const PROBES_PER_CALLER = 1

/**
 * Bounds the calls under way. Half of them may be looks, and half calls of callers who are not proven; a quarter is
 * always left to the interactive calls of proven callers.
 */
export class ConcurrencyLimit {
  readonly #most: ConcurrencyLimitOptions
  readonly #mostProbes: number
  readonly #mostOfBoth: number
  readonly #probesByKey = new Map<string, number>()
  #calls = 0
  #looks = 0
  #probes = 0

  constructor(most: ConcurrencyLimitOptions) {
    this.#most = most
    this.#mostProbes = Math.max(1, Math.floor(most.maxRequests / 2))
    this.#mostOfBoth = Math.max(1, most.maxRequests - Math.ceil(most.maxRequests / 4))
  }

  /** Whether such a call may leave now. */
  hasFreeSlot({ priority, unverifiedKey: probeKey }: ConcurrencySlot): boolean {
    if (this.#calls >= this.#most.maxRequests) return false
    if (priority !== 'background' && probeKey === null) return true
    if (this.#looks + this.#probes >= this.#mostOfBoth) return false
    if (probeKey === null) return this.#looks < this.#most.maxPolls
    return this.#probes < this.#mostProbes && (this.#probesByKey.get(probeKey) ?? 0) < PROBES_PER_CALLER
  }

  /** Counts a call that leaves. */
  acquire(call: ConcurrencySlot): void {
    this.#count(call, 1)
  }

  /** Counts a call that is over. */
  release(call: ConcurrencySlot): void {
    this.#count(call, -1)
  }

  #count({ priority, unverifiedKey: probeKey }: ConcurrencySlot, by: 1 | -1): void {
    this.#calls += by
    if (probeKey === null) {
      if (priority === 'background') this.#looks += by
      return
    }
    this.#probes += by
    const probes = (this.#probesByKey.get(probeKey) ?? 0) + by
    if (probes > 0) this.#probesByKey.set(probeKey, probes)
    else this.#probesByKey.delete(probeKey)
  }
}
