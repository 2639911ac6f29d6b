const FIRST_MS = 500
const LONGEST_MS = 20_000

/** Pauses between attempts to reach the gateway. All that wait are woken together when the visitor asks for it. */
export class RetryPause {
  readonly #wakers = new Set<() => void>()

  constructor() {
    // The usual ends of an absence: the network is back, or the visitor looks at the page again.
    addEventListener('online', () => this.wake())
    addEventListener('visibilitychange', () => document.hidden || this.wake())
  }

  /**
   * Resolves after a random time that doubles with each attempt (counted from 0) up to twenty seconds, so that the browsers
   * of all visitors do not return at once after a restart. Resolves earlier on `wake`.
   */
  wait(attempt: number): Promise<void> {
    const longest = Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS)
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.#wakers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, longest * (0.5 + Math.random() / 2))
      this.#wakers.add(wake)
    })
  }

  /** Ends all pauses. */
  wake(): void {
    for (const wake of [...this.#wakers]) wake()
  }
}
