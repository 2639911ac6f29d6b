import { environment } from './environment.ts'

const FIRST_MS = 250
const LONGEST_MS = 20_000

/**
 * Pauses between attempts: random, doubling from a quarter of a second to twenty seconds, so that the clients of a gateway do
 * not return all at once after a restart.
 */
export class Backoff {
  readonly #signal: AbortSignal | undefined
  #attempt = 0

  /** `signal` ends every pause. */
  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
  }

  /** The next pause is a short one. */
  reset(): void {
    this.#attempt = 0
  }

  /**
   * Resolves after the next pause, at the earliest after `atLeastMs`; at once when the signal aborts. A browser that is online
   * again ends the pause too, unless the gateway has asked for it.
   */
  wait(atLeastMs = 0): Promise<void> {
    const longest = Math.min(FIRST_MS * 2 ** this.#attempt, LONGEST_MS)
    this.#attempt += 1
    const ms = Math.max(atLeastMs, longest * (0.5 + Math.random() / 2))
    const signal = this.#signal
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const end = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
        environment.removeEventListener?.('online', end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      signal?.addEventListener('abort', end)
      if (atLeastMs === 0) environment.addEventListener?.('online', end)
    })
  }
}
