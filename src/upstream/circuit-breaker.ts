import { RequestRejected, UpstreamError } from './errors.ts'

/** The circuit opens after this many consecutive requests without a response. */
const FAILURES_UNTIL_OPEN = 5
const FIRST_OPEN_MS = 1_000
const MAX_OPEN_MS = 8_000

/**
 * Circuit breaker of one server. After several consecutive requests without a response, nothing is sent for a while;
 * then one trial request decides, and each failed trial doubles the wait. Any response closes the circuit, errors of the
 * server included: one caller's failing requests must not block the others.
 */
export class CircuitBreaker {
  readonly #now: () => number
  #failures = 0
  #openForMs = 0
  #openUntil = 0
  #isTrialInFlight = false

  /** `now` is a monotonic clock in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Throws `not-sent` while the circuit is open. */
  assertClosed(): void {
    if (this.#failures < FAILURES_UNTIL_OPEN) return
    if (this.#isTrialInFlight || this.#now() < this.#openUntil) throw new UpstreamError('not-sent', undefined)
  }

  /** Sends a request and records its outcome. Throws like `assertClosed` while the circuit is open. */
  async run<T>(send: () => Promise<T>): Promise<T> {
    this.assertClosed()
    const isTrial = this.#failures >= FAILURES_UNTIL_OPEN
    this.#isTrialInFlight = isTrial
    try {
      const response = await send()
      this.#onResponse()
      return response
    } catch (error) {
      const failure = error instanceof UpstreamError ? error.failure : null
      if (failure === 'oversized') this.#onResponse()
      // A caller that disconnected, or whose upload failed, proves nothing about the server.
      else if (failure !== 'aborted' && !(error instanceof RequestRejected)) this.#onFailure(isTrial)
      throw error
    } finally {
      if (isTrial) this.#isTrialInFlight = false
    }
  }

  #onResponse(): void {
    this.#failures = 0
    this.#openForMs = 0
  }

  #onFailure(isTrial: boolean): void {
    this.#failures += 1
    // Requests that were in flight when the circuit opened prove nothing new.
    if (this.#failures !== FAILURES_UNTIL_OPEN && !isTrial) return
    this.#openForMs = Math.min(Math.max(FIRST_OPEN_MS, 2 * this.#openForMs), MAX_OPEN_MS)
    this.#openUntil = this.#now() + this.#openForMs
  }
}
