import { type ConcurrencyLimit, type ConcurrencySlot, concurrencySlotFor } from './concurrency-limit.ts'
import type { AdmissionRequest } from './queued-request.ts'
import type { QuotaShare } from './rate-limit-window.ts'
import type { InFlightRequest, RouteRateLimit } from './route-rate-limit.ts'

/** Permission of one queue to send one request, held until the request is finished. */
export interface QueuePermit {
  readonly request: InFlightRequest
  readonly concurrencySlot: ConcurrencySlot
}

/** The properties of a request that its admission depends on. */
type Candidate = Pick<AdmissionRequest, 'priority' | 'caller'>
/** The properties of a request that are counted when it is sent. */
type Admitted = Candidate & Pick<AdmissionRequest, 'isUpload'>

/** What admission depends on. */
export interface AdmissionControlOptions {
  readonly limit: RouteRateLimit
  /** Bounds the requests in flight over all limits of the account. */
  readonly concurrency: ConcurrencyLimit
  /** Whether a poll of a verified caller is queued for this limit. */
  readonly isPollQueued: () => boolean
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
}

/** Decides when a request of one limit may be sent, and which share of the window it uses. */
export class AdmissionControl {
  readonly #options: AdmissionControlOptions

  constructor(options: AdmissionControlOptions) {
    this.#options = options
  }

  /** Whether the requests in flight leave a slot for this one. */
  hasFreeSlot({ priority, caller }: Candidate): boolean {
    return this.#options.concurrency.hasFreeSlot(concurrencySlotFor(priority, caller))
  }

  /** The share that the request may use now; null if it must wait. */
  availableShare(candidate: Candidate): QuotaShare | null {
    if (!this.hasFreeSlot(candidate)) return null
    return sharesOf(candidate, this.#options).find((share) => this.#shareWaitMs(share) === 0) ?? null
  }

  /** Milliseconds until the limit admits the request; Infinity until a request in flight has its response. */
  waitMs(candidate: Candidate): number {
    return Math.min(...sharesOf(candidate, this.#options).map((share) => this.#shareWaitMs(share)))
  }

  /** Counts a request that is sent now. */
  admit(share: QuotaShare, { priority, caller, isUpload }: Admitted): QueuePermit {
    const { limit, concurrency, now } = this.#options
    const concurrencySlot = concurrencySlotFor(priority, caller)
    concurrency.acquire(concurrencySlot)
    return { request: limit.start(share, now(), isUpload), concurrencySlot }
  }

  #shareWaitMs(share: QuotaShare): number {
    return this.#options.limit.waitMs(share, this.#options.now())
  }
}

/** Unverified callers have a small share of their own, and may also use what no poll needs. */
function sharesOf(
  { priority, caller }: Candidate,
  { isPollQueued }: Pick<AdmissionControlOptions, 'isPollQueued'>,
): readonly QuotaShare[] {
  if (caller.isVerified) return [priority === 'background' ? 'background' : 'interactive']
  return isPollQueued() ? ['unverified'] : ['unverified', 'background']
}
