import { AuditInterval } from './audit-interval.ts'
import type { PushTimes } from './push-times.ts'
import { PushTrust } from './push-trust.ts'

/** So many pushed messages since the last poll are audited at once: a poll must be able to read back over them. */
const MAX_UNAUDITED = 500
/** Beyond so many, only polls bring changes: pushed ones would fill the memory while no poll succeeds. */
const MAX_UNREAD = 1_000

/** What polls of a pushed room are for, and when they are due. Times are milliseconds of `performance.now()`. */
export class PushSchedule {
  readonly #times: PushTimes
  readonly #audits: AuditInterval
  readonly #trust: PushTrust
  #liveSince: number | null = null
  #comparedAt = Number.NEGATIVE_INFINITY
  #pushedAt = Number.NEGATIVE_INFINITY
  /** When an announced change must have been pushed. */
  #expectedBy = Number.POSITIVE_INFINITY
  /** When a read must show whether messages are gone that the last one lacked. */
  #confirmBy = Number.POSITIVE_INFINITY
  #unaudited = 0
  /** The first and the last moment since which only a poll shows what has happened; null once a poll has. */
  #unread: { readonly since: number; readonly last: number } | null = null

  constructor(times: PushTimes) {
    this.#times = times
    this.#audits = new AuditInterval(times)
    this.#trust = new PushTrust(times.lateAfterMs)
  }

  /** Whether push serves the room: it is live, and polls have not shown that it loses changes. */
  get isServing(): boolean {
    return this.#liveSince !== null && this.#trust.isTrusted
  }

  /** Whether the room must still be polled because something may have happened before push was live. */
  get isComparisonDue(): boolean {
    return this.#liveSince !== null && this.#comparedAt < this.#liveSince
  }

  /** Whether so much was pushed since the last poll that no more is taken before the next one. */
  get isFull(): boolean {
    return this.#unaudited >= MAX_UNREAD
  }

  /** Milliseconds for which pushed changes wait for a poll, so that what happened before is delivered first; 0 where they need not. */
  get holdMs(): number {
    return this.#unread ? Math.max(0, this.#unread.since + this.#times.maxHoldMs - performance.now()) : 0
  }

  /** Whether a poll that started then shows everything that held changes wait for. */
  endsHold(startedAt: number): boolean {
    return this.#unread === null || startedAt >= this.#unread.last
  }

  /** Milliseconds until the next poll is due; 0 when it is. */
  get waitMs(): number {
    return Math.min(this.isComparisonDue ? 0 : this.#audits.waitMs, this.urgentWaitMs)
  }

  /**
   * Milliseconds until a poll is due that cannot wait for audits of other rooms, because an announced change was not pushed,
   * or messages may be gone; Infinity where none is.
   */
  get urgentWaitMs(): number {
    if (this.#unaudited >= MAX_UNAUDITED) return 0
    return Math.max(0, Math.min(this.#expectedBy, this.#confirmBy) - performance.now())
  }

  /** Push is live since then without interruption; null while it is not. */
  setLiveSince(liveSince: number | null): void {
    if (liveSince === this.#liveSince) return
    this.#liveSince = liveSince
    const isCompared = liveSince === null || this.#comparedAt >= liveSince
    if (!isCompared) this.#unread = { since: liveSince, last: liveSince }
    this.#trust.onReconnected()
  }

  /** Something has changed that only a poll shows. */
  expectRead(): void {
    const now = performance.now()
    this.#unread = { since: this.#unread?.since ?? now, last: now }
  }

  /** Something else than push shows that the room has changed. */
  expectPush(): void {
    const now = performance.now()
    if (now - this.#pushedAt < this.#times.expectedWithinMs) return
    this.#expectedBy = Math.min(this.#expectedBy, now + this.#times.expectedWithinMs)
  }

  /** A message was pushed; `isNews` if nothing had shown it before. */
  onPushed(messageId: string, isNews: boolean): void {
    this.#pushedAt = performance.now()
    this.#expectedBy = Number.POSITIVE_INFINITY
    this.#trust.onPushed(messageId, isNews)
    if (!isNews) return
    this.#unaudited += 1
    this.#audits.onPushed()
  }

  /**
   * A poll that started at `startedAt` was applied. `missedIds` are the messages that it found, as far as they were written
   * while push was live; `isUnconfirmed` if it lacked known messages, and only a later read shows whether they are gone.
   */
  onPolled(startedAt: number, missedIds: readonly string[], isUnconfirmed: boolean): void {
    const isQuiet = this.#unaudited === 0 && missedIds.length === 0
    this.#comparedAt = startedAt
    if (this.endsHold(startedAt)) this.#unread = null
    // By then it is known whether push was only late.
    this.#expectedBy =
      missedIds.length > 0 ? performance.now() + this.#times.lateAfterMs : Number.POSITIVE_INFINITY
    this.#confirmBy = isUnconfirmed ? performance.now() + this.#times.maxReadLagMs : Number.POSITIVE_INFINITY
    this.#unaudited = 0
    this.#trust.onPolled(missedIds)
    this.#audits.onAudited(isQuiet)
  }
}
