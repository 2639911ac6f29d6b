/**
 * Calls that the server accepts of one connection within `WINDOW_MS`, of each stream name; methods and subscriptions are
 * counted apart (docs/providers/rocketchat.md 21.1). The limits of a connection and of a user over all names are higher than
 * what these allow together.
 */
const MAX_CALLS = 40
/** The server's window is 40 s; the rest is for differences in network delay. */
const WINDOW_MS = 41_000
/** Bounds of a wait that the server asks for. */
const MIN_BLOCK_MS = 1_000
const MAX_BLOCK_MS = 120_000

/** Counts the calls of one connection that share a limit. Times are milliseconds of `performance.now()`. */
export class StreamPace {
  /** Times of the latest calls, oldest first. */
  readonly #calls: number[] = []
  #blockedUntil = 0

  /** Milliseconds until a call may be sent that leaves `reserve` calls to others; 0 if it may be sent now. */
  delayMs(now: number, reserve = 0): number {
    while ((this.#calls[0] ?? now) <= now - WINDOW_MS) this.#calls.shift()
    const index = this.#calls.length - (MAX_CALLS - reserve)
    const next = this.#calls[index]
    const freeAt = next === undefined ? 0 : next + WINDOW_MS
    return Math.max(freeAt, this.#blockedUntil, now) - now
  }

  /** Counts a call. */
  take(now: number): void {
    this.#calls.push(now)
  }

  /** The server refuses calls for this long. */
  block(ms: number | null, now: number): void {
    const waitMs = Math.min(Math.max(ms ?? WINDOW_MS, MIN_BLOCK_MS), MAX_BLOCK_MS)
    this.#blockedUntil = Math.max(this.#blockedUntil, now + waitMs)
  }
}
