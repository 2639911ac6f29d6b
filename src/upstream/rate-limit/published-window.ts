import type { PublishedWindow } from './rate-limit-headers.ts'

/** `Date` headers hold whole seconds. */
const DATE_RESOLUTION_MS = 1_000
/** Two answers of one window differ in their reset by no more. */
const SAME_RESET_MS = 1_000

/** The newest window that a server has told of. Times are milliseconds, `resetAt` and `date` of the server's clock. */
export class CurrentPublishedWindow {
  #resetAt: number | null = null
  /** By our clock. */
  #heardAt = Number.NEGATIVE_INFINITY
  #lengthMs = 0

  /** How long the windows are taken to be; 0 before the first. */
  get lengthMs(): number {
    return this.#lengthMs
  }

  /** Whether an answer tells of this window. */
  isCurrent({ resetAt }: PublishedWindow): boolean {
    const tolerance = Math.min(SAME_RESET_MS, this.#lengthMs / 2)
    return this.#resetAt !== null && Math.abs(resetAt - this.#resetAt) < tolerance
  }

  /** Whether the answer to a call that left at `sentAt` comes so late that it tells of an older window. */
  isStale({ resetAt }: PublishedWindow, sentAt: number): boolean {
    return this.#resetAt !== null && resetAt < this.#resetAt && sentAt < this.#heardAt
  }

  /**
   * Another window is the newest. A window is no longer than from its reset to the next one's, and no shorter than
   * from an answer of it, dated `date`, to its reset. The first is taken to have begun with the call that told of it,
   * `sinceSentMs` before its end.
   */
  replace({ resetAt }: PublishedWindow, date: number, sinceSentMs: number, now: number): void {
    const known = this.#lengthMs === 0 ? sinceSentMs : this.#lengthMs
    const apart = resetAt - (this.#resetAt ?? Number.NEGATIVE_INFINITY)
    const longest = apart > 0 ? Math.min(known, apart) : known
    this.#lengthMs = Math.max(longest, resetAt - date - DATE_RESOLUTION_MS)
    this.#resetAt = resetAt
    this.#heardAt = now
  }
}
