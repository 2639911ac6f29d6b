import { type ConcurrencyLimit, type ConcurrencySlot, concurrencySlotFor } from './concurrency-limit.ts'
import type { AdmissionRequest } from './queued-request.ts'
import type { QuotaShare } from './rate-limit-window.ts'
import type { InFlightRequest, RouteRateLimit } from './route-rate-limit.ts'

/** Permission to call, until the call is over. */
export interface QueuePermit {
  readonly request: InFlightRequest
  readonly concurrencySlot: ConcurrencySlot
}

/** A call as its admission depends on it. */
type Candidate = Pick<AdmissionRequest, 'priority' | 'caller'>

/** What decides about admission. Times are milliseconds of one clock that never goes back. */
export interface AdmissionControlOptions {
  readonly limit: RouteRateLimit
  /** Bounds the calls under way, those of other limits included. */
  readonly concurrency: ConcurrencyLimit
  /** Whether any poll of a proven caller waits for this limit. */
  readonly isPollWaiting: () => boolean
  readonly now: () => number
}

/** Decides when a call of one limit may leave, and in which share of a window it is counted. */
export class AdmissionControl {
  readonly #options: AdmissionControlOptions

  constructor(options: AdmissionControlOptions) {
    this.#options = options
  }

  /** Whether the calls under way leave room for another one of this kind and caller. */
  hasFreeSlot({ priority, caller }: Candidate): boolean {
    return this.#options.concurrency.hasFreeSlot(concurrencySlotFor(priority, caller))
  }

  /** The share in which a call may leave now; null while it may not. */
  availableShare(candidate: Candidate): QuotaShare | null {
    if (!this.hasFreeSlot(candidate)) return null
    return this.#sharesOf(candidate).find((share) => this.#wait(share) === 0) ?? null
  }

  /** Milliseconds until the limit lets a call leave; Infinity where a call under way must be answered first. */
  waitMs(candidate: Candidate): number {
    return Math.min(...this.#sharesOf(candidate).map((share) => this.#wait(share)))
  }

  /** A call leaves now. */
  admit(share: QuotaShare, { priority, caller }: Candidate): QueuePermit {
    const { limit, concurrency: gate, now } = this.#options
    const passing = concurrencySlotFor(priority, caller)
    gate.acquire(passing)
    return { request: limit.start(share, now()), concurrencySlot: passing }
  }

  /** The share of unproven callers is small, but they may also use what no poll needs. */
  #sharesOf({ priority, caller }: Candidate): readonly QuotaShare[] {
    if (caller.isVerified) return [priority === 'background' ? 'background' : 'interactive']
    return this.#options.isPollWaiting() ? ['unverified'] : ['unverified', 'background']
  }

  #wait(share: QuotaShare): number {
    return this.#options.limit.waitMs(share, this.#options.now())
  }
}
