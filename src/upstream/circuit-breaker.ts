import { UpstreamError } from './errors.ts'

/** So many calls in a row without an answer, and the server is left alone for a while. */
const FAILURES_UNTIL_OPEN = 5
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 8_000

/**
 * Spares callers the wait for a server that does not answer: once several calls in a row had no answer, nothing is sent for
 * a pause; then one call finds out for all, and while it fails the pauses grow. An answer of any kind, refusals and
 * the server's own errors too, shows that waiting is worth it: what one caller provokes shall not shut out the others.
 */
export class CircuitBreaker {
  readonly #now: () => number
  #failures = 0
  #pauseMs = 0
  #openUntil = 0
  #isTrying = false

  /** `now` is a clock in milliseconds that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Throws `not-sent` while the server is left alone. */
  assertClosed(): void {
    if (this.#failures < FAILURES_UNTIL_OPEN) return
    if (this.#isTrying || this.#now() < this.#openUntil) throw new UpstreamError('not-sent', undefined)
  }

  /** Runs a call, unless the server is left alone: as `demandClosed` throws. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    this.assertClosed()
    const isTrial = this.#failures >= FAILURES_UNTIL_OPEN
    this.#isTrying = isTrial
    try {
      const answer = await call()
      this.#answered()
      return answer
    } catch (error) {
      const failure = error instanceof UpstreamError ? error.failure : null
      if (failure === 'oversized') this.#answered()
      // A caller who left says nothing about the server.
      else if (failure !== 'aborted') this.#failed(isTrial)
      throw error
    } finally {
      if (isTrial) this.#isTrying = false
    }
  }

  #answered(): void {
    this.#failures = 0
    this.#pauseMs = 0
  }

  #failed(isTrial: boolean): void {
    this.#failures += 1
    // Those that were under way when the pause began prove nothing more.
    if (this.#failures !== FAILURES_UNTIL_OPEN && !isTrial) return
    this.#pauseMs = Math.min(Math.max(FIRST_PAUSE_MS, 2 * this.#pauseMs), LONGEST_PAUSE_MS)
    this.#openUntil = this.#now() + this.#pauseMs
  }
}
