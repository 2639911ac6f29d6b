/** Times of pushed rooms, in milliseconds. Tests shorten them. */
export interface PushTimes {
  /** What is pushed right after a (re)connection waits this long for the poll that finds what happened before. */
  readonly maxHoldMs: number
  /** What reads in any case waits so long for push: a subscriber that starts now, and the first poll after a takeover. */
  readonly maxJoinWaitMs: number
  /** A change that something else shows (a webhook, a write, the account poller) is polled if it is not pushed by then. */
  readonly expectedWithinMs: number
  /** A change that a poll finds first can still be pushed by then, without push being distrusted. */
  readonly lateAfterMs: number
  /** A read may come from a replica of the provider that does not know what was pushed up to this long before. */
  readonly maxReadLagMs: number
  /** From a push to the next audit at most. */
  readonly auditWithinMs: number
  /** Between two audits of a quiet room at most. */
  readonly maxAuditMs: number
}

export const DEFAULT_PUSH_TIMES: PushTimes = {
  maxHoldMs: 3_000,
  maxJoinWaitMs: 1_500,
  expectedWithinMs: 2_000,
  lateAfterMs: 5_000,
  maxReadLagMs: 5_000,
  auditWithinMs: 30_000,
  maxAuditMs: 1_800_000,
}
