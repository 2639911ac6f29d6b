/** A limit that the provider publishes. */
export interface PublishedLimit {
  readonly rateLimitKey: string
  /** Requests per window, of all processes that the provider counts together. */
  readonly limit: number
  readonly windowMs: number
}

/** A window of a published limit. */
export interface PublishedWindowEnd {
  readonly rateLimitKey: string
  /** The end of the window, in epoch milliseconds of the provider's clock: the same for all processes. */
  readonly resetAt: number
  readonly endsInMs: number
}

/** The requests of one limit that this process may leave to others. */
export interface PermitLender {
  /** Requests of its part that this process does not need as far as it knows. */
  sparePermits(): number
  /**
   * Leaves up to `count` requests to another process, in the window that ends at `resetAt` of the provider's clock. Returns how
   * many, and for how long they count as used here; null for none.
   */
  lend(count: number, resetAt: number): { readonly count: number; readonly forMs: number } | null
}

/** Divides the published limits of one account among the processes that its provider counts together. */
export interface LimitDivision {
  /** The requests per window that this process may send; at least 1. Called for each request, so it must not wait for anything. */
  partOf(limit: PublishedLimit): number
  /**
   * Called when this process sends a request: it has sent `used` in the window so far. The next window ends `untilNextEndMs`
   * from now.
   */
  onUsed(limit: PublishedLimit, used: number, untilNextEndMs: number): void
  /** Lets other processes borrow requests of a limit. */
  offer(rateLimitKey: string, lender: PermitLender): void
  /** Asks other processes for what `count` waiting requests need beyond the part. Returns whether some of it may come soon. */
  borrow(window: PublishedWindowEnd, count: number): boolean
  /** Whether an answer to `borrow` may come soon. */
  isLoanExpected(rateLimitKey: string): boolean
  /** The requests that others have left to this process in this window, beyond its part. */
  borrowed(rateLimitKey: string, resetAt: number): number
}
