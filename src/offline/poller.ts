import { ChatError } from '../domain/errors.ts'
import { InterruptibleSleep } from '../live/polling/interruptible-sleep.ts'

const JITTER = 0.1

/** What to poll, and how often. */
export interface PollerOptions {
  /** Average milliseconds from one poll to the next. */
  readonly intervalMs: number
  /** Minimum milliseconds from one poll to the next, however many polls are requested. */
  readonly minIntervalMs: number
  /** Stops, without failing, when the signal aborts. */
  readonly poll: (signal: AbortSignal) => Promise<void>
  /** Receives the error of a failed poll; of consecutive failures only the first. */
  readonly onFailure: (error: unknown) => void
}

/** Polls periodically, one poll at a time, from its construction until it is stopped. */
export class Poller {
  readonly #options: PollerOptions
  readonly #sleep = new InterruptibleSleep()
  readonly #stop = new AbortController()
  #polledAt = Number.NEGATIVE_INFINITY
  #dueAt = Number.NEGATIVE_INFINITY
  #rateLimitedUntil = Number.NEGATIVE_INFINITY
  #isFailing = false

  /** The first poll starts at once. */
  constructor(options: PollerOptions) {
    this.#options = options
    void this.#run()
  }

  /** Polls as soon as the minimum interval and a rate limit allow. */
  requestPoll(): void {
    const earliest = Math.max(this.#polledAt + this.#options.minIntervalMs, this.#rateLimitedUntil)
    this.#dueAt = Math.min(this.#dueAt, earliest)
    this.#sleep.wake()
  }

  /** Stops polling and aborts a poll in flight. */
  stop(): void {
    this.#stop.abort()
    this.#sleep.wake()
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const waitMs = this.#dueAt - performance.now()
      if (waitMs > 0) await this.#sleep.sleep(waitMs)
      else await this.#poll()
    }
  }

  async #poll(): Promise<void> {
    const { intervalMs, poll, onFailure } = this.#options
    this.#polledAt = performance.now()
    // The jitter keeps replicas that started together from polling together.
    this.#dueAt = this.#polledAt + intervalMs * (1 - JITTER + 2 * JITTER * Math.random())
    try {
      await poll(this.#stop.signal)
      this.#isFailing = false
    } catch (error) {
      if (this.#stop.signal.aborted) return
      if (!this.#isFailing) onFailure(error)
      this.#isFailing = true
      this.#rateLimitedUntil = performance.now() + retryAfterMsOf(error)
      this.#dueAt = Math.max(this.#dueAt, this.#rateLimitedUntil)
    }
  }
}

function retryAfterMsOf(error: unknown): number {
  return error instanceof ChatError ? (error.retryAfterMs ?? 0) : 0
}
