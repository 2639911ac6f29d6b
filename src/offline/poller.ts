import { ChatError } from '../domain/errors.ts'
import { InterruptibleSleep } from '../live/polling/interruptible-sleep.ts'

const JITTER = 0.1

/** What to look at, and how often. */
export interface PollerOptions {
  /** Milliseconds from one look to the next, on average. */
  readonly intervalMs: number
  /** Milliseconds from one look to the next at least, however often it is nudged. */
  readonly minIntervalMs: number
  /** Breaks off, without failing, when the signal aborts. */
  readonly poll: (signal: AbortSignal) => Promise<void>
  /** Told of a look that failed, the first of a row only. */
  readonly onFailure: (error: unknown) => void
}

/** Looks at something again and again, from its making until it is stopped. One look at a time. */
export class Poller {
  readonly #options: PollerOptions
  readonly #alarm = new InterruptibleSleep()
  readonly #stop = new AbortController()
  #lookedAt = Number.NEGATIVE_INFINITY
  #dueAt = Number.NEGATIVE_INFINITY
  #barredUntil = Number.NEGATIVE_INFINITY
  #failing = false

  /** The first look begins at once. */
  constructor(options: PollerOptions) {
    this.#options = options
    void this.#run()
  }

  /** There may be something to see: look as soon as the gap, and a wait that was asked for, allow. */
  requestPoll(): void {
    const soonest = Math.max(this.#lookedAt + this.#options.minIntervalMs, this.#barredUntil)
    this.#dueAt = Math.min(this.#dueAt, soonest)
    this.#alarm.wake()
  }

  /** Ends it, a look under way included. */
  stop(): void {
    this.#stop.abort()
    this.#alarm.wake()
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const waitMs = this.#dueAt - performance.now()
      if (waitMs > 0) await this.#alarm.sleep(waitMs)
      else await this.#look()
    }
  }

  async #look(): Promise<void> {
    const { intervalMs: everyMs, poll: look, onFailure } = this.#options
    this.#lookedAt = performance.now()
    // Replicas that started together shall not keep asking together.
    this.#dueAt = this.#lookedAt + everyMs * (1 - JITTER + 2 * JITTER * Math.random())
    try {
      await look(this.#stop.signal)
      this.#failing = false
    } catch (error) {
      if (this.#stop.signal.aborted) return
      if (!this.#failing) onFailure(error)
      this.#failing = true
      this.#barredUntil = performance.now() + waitAskedFor(error)
      this.#dueAt = Math.max(this.#dueAt, this.#barredUntil)
    }
  }
}

function waitAskedFor(error: unknown): number {
  return error instanceof ChatError ? (error.retryAfterMs ?? 0) : 0
}
