import type { PublishedWindow } from './rate-limit-headers.ts'

/** `Date` headers have a resolution of one second. */
const DATE_RESOLUTION_MS = 1_000
/** The resets of two responses of one window differ by less than this. */
const SAME_RESET_MS = 1_000

/**
 * The newest window that a server has published. `resetAt` and `serverTime` are milliseconds of the server's clock,
 * other times of this machine's.
 */
export class CurrentPublishedWindow {
  #resetAt: number | null = null
  #receivedAt = Number.NEGATIVE_INFINITY
  #lengthMs = 0

  /** Estimated length of the windows; 0 before the first. */
  get lengthMs(): number {
    return this.#lengthMs
  }

  /** Its end on the server's clock; null before the first. */
  get resetAt(): number | null {
    return this.#resetAt
  }

  /** Whether a window that ends at this time of the server's clock is over, because a later one has begun. */
  isAfter(resetAt: number): boolean {
    return this.#resetAt !== null && this.#resetAt >= resetAt + SAME_RESET_MS
  }

  /** Whether a response describes this window. */
  isCurrent({ resetAt }: Pick<PublishedWindow, 'resetAt'>): boolean {
    const toleranceMs = Math.min(SAME_RESET_MS, this.#lengthMs / 2)
    return this.#resetAt !== null && Math.abs(resetAt - this.#resetAt) < toleranceMs
  }

  /** Whether the response to a request sent at `sentAt` came late and describes an older window. */
  isStale({ resetAt }: PublishedWindow, sentAt: number): boolean {
    return this.#resetAt !== null && resetAt < this.#resetAt && sentAt < this.#receivedAt
  }

  /**
   * Makes another window the newest. A window is at most as long as from its reset to the next one's, and at least as
   * long as from a response in it, at `serverTime`, to its reset. The first window is assumed to have begun with the
   * request that revealed it, `sinceSentMs` before its end.
   */
  replace({ resetAt }: PublishedWindow, serverTime: number, sinceSentMs: number, now: number): void {
    const estimateMs = this.#lengthMs === 0 ? sinceSentMs : this.#lengthMs
    const betweenResetsMs = resetAt - (this.#resetAt ?? Number.NEGATIVE_INFINITY)
    const maxMs = betweenResetsMs > 0 ? Math.min(estimateMs, betweenResetsMs) : estimateMs
    this.#lengthMs = Math.max(maxMs, resetAt - serverTime - DATE_RESOLUTION_MS)
    this.#resetAt = resetAt
    this.#receivedAt = now
  }
}
