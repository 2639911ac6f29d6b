import type { PushTimes } from './push-times.ts'

/**
 * Decides when to poll a room whose changes are pushed, so that what push has lost is found: soon after activity, and ever
 * more rarely while the room is quiet. Times are milliseconds of `performance.now()`.
 */
export class AuditInterval {
  readonly #times: PushTimes
  #intervalMs: number
  #dueAt = Number.POSITIVE_INFINITY

  constructor(times: PushTimes) {
    this.#times = times
    this.#intervalMs = times.auditWithinMs
  }

  /** Milliseconds until the next audit is due; 0 when it is. */
  get waitMs(): number {
    return Math.max(0, this.#dueAt - performance.now())
  }

  /** Something was pushed. Further pushes do not postpone the audit. */
  onPushed(): void {
    this.#intervalMs = this.#times.auditWithinMs
    this.#dueAt = Math.min(this.#dueAt, this.#nextAt())
  }

  /** The room was polled, and was quiet since the last audit or not. */
  onAudited(isQuiet: boolean): void {
    this.#intervalMs = isQuiet
      ? Math.min(this.#intervalMs * 2, this.#times.maxAuditMs)
      : this.#times.auditWithinMs
    this.#dueAt = this.#nextAt()
  }

  /** Jitter keeps rooms that were subscribed to together from being audited together. */
  #nextAt(): number {
    return performance.now() + this.#intervalMs * (0.75 + Math.random() / 4)
  }
}
