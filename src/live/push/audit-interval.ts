/** Milliseconds from a push to the next audit at most, and between two audits of a quiet room. */
const ACTIVE_INTERVAL_MS = 30_000
const MAX_INTERVAL_MS = 1_800_000

/**
 * Decides when to poll a room whose changes are pushed, so that what push has lost is found: at most half a minute after
 * activity, and ever more rarely while the room is quiet. Times are milliseconds of `performance.now()`.
 */
export class AuditInterval {
  #intervalMs = ACTIVE_INTERVAL_MS
  #dueAt = Number.POSITIVE_INFINITY

  /** Milliseconds until the next audit is due; 0 when it is. */
  get waitMs(): number {
    return Math.max(0, this.#dueAt - performance.now())
  }

  /** Something was pushed. Further pushes do not postpone the audit. */
  onPushed(): void {
    this.#intervalMs = ACTIVE_INTERVAL_MS
    this.#dueAt = Math.min(this.#dueAt, this.#nextAt())
  }

  /** The room was polled, and was quiet since the last audit or not. */
  onAudited(isQuiet: boolean): void {
    this.#intervalMs = isQuiet ? Math.min(this.#intervalMs * 2, MAX_INTERVAL_MS) : ACTIVE_INTERVAL_MS
    this.#dueAt = this.#nextAt()
  }

  /** Jitter keeps rooms that were subscribed to together from being audited together. */
  #nextAt(): number {
    return performance.now() + this.#intervalMs * (0.5 + Math.random() / 2)
  }
}
