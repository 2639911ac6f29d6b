/** A limit that the provider publishes. */
export interface PublishedLimit {
  readonly rateLimitKey: string
  /** Requests per window, of all processes that the provider counts together. */
  readonly limit: number
  readonly windowMs: number
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
}
