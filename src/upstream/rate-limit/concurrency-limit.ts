import type { Priority } from '../../domain/priority.ts'
import type { RequestCaller } from '../request-caller.ts'

/** How a request counts against the concurrency limit. */
export interface ConcurrencySlot {
  readonly priority: Priority
  /** The key of an unverified caller; null for verified callers. */
  readonly unverifiedKey: string | null
}

/** The slot of a request with this priority and caller. */
export function concurrencySlotFor(priority: Priority, { isVerified, key }: RequestCaller): ConcurrencySlot {
  return { priority, unverifiedKey: isVerified ? null : key }
}

/** Maximum numbers of requests in flight, over all limits of one account. */
export interface ConcurrencyLimitOptions {
  readonly maxRequests: number
  readonly maxPolls: number
}

/** Concurrent requests of one unverified caller: the first response decides for all. */
const MAX_PER_UNVERIFIED_CALLER = 1

/**
 * Bounds the requests in flight. At most half of them are polls and at most half are of unverified callers; a quarter
 * is always reserved for the interactive requests of verified callers.
 */
export class ConcurrencyLimit {
  readonly #max: ConcurrencyLimitOptions
  readonly #maxUnverified: number
  readonly #maxPollsAndUnverified: number
  readonly #unverifiedByKey = new Map<string, number>()
  #requests = 0
  #polls = 0
  #unverified = 0

  constructor(max: ConcurrencyLimitOptions) {
    this.#max = max
    this.#maxUnverified = Math.max(1, Math.floor(max.maxRequests / 2))
    this.#maxPollsAndUnverified = Math.max(1, max.maxRequests - Math.ceil(max.maxRequests / 4))
  }

  /** Whether a request of this kind may be sent now. */
  hasFreeSlot({ priority, unverifiedKey }: ConcurrencySlot): boolean {
    if (this.#requests >= this.#max.maxRequests) return false
    if (priority !== 'background' && unverifiedKey === null) return true
    if (this.#polls + this.#unverified >= this.#maxPollsAndUnverified) return false
    if (unverifiedKey === null) return this.#polls < this.#max.maxPolls
    const ofCaller = this.#unverifiedByKey.get(unverifiedKey) ?? 0
    return this.#unverified < this.#maxUnverified && ofCaller < MAX_PER_UNVERIFIED_CALLER
  }

  /** Counts a request that is sent. */
  acquire(slot: ConcurrencySlot): void {
    this.#count(slot, 1)
  }

  /** Counts a request that is finished. */
  release(slot: ConcurrencySlot): void {
    this.#count(slot, -1)
  }

  #count({ priority, unverifiedKey }: ConcurrencySlot, by: 1 | -1): void {
    this.#requests += by
    if (unverifiedKey === null) {
      if (priority === 'background') this.#polls += by
      return
    }
    this.#unverified += by
    const ofCaller = (this.#unverifiedByKey.get(unverifiedKey) ?? 0) + by
    if (ofCaller > 0) this.#unverifiedByKey.set(unverifiedKey, ofCaller)
    else this.#unverifiedByKey.delete(unverifiedKey)
  }
}
