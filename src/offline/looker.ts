import { ChatError } from '../chat/errors.ts'
import { Alarm } from '../live/alarm.ts'

const JITTER = 0.1

/** What to look at, and how often. */
export interface LookerOptions {
  /** Milliseconds from one look to the next, on average. */
  readonly everyMs: number
  /** Milliseconds from one look to the next at least, however often it is nudged. */
  readonly gapMs: number
  /** Breaks off, without failing, when the signal aborts. */
  readonly look: (signal: AbortSignal) => Promise<void>
  /** Told of a look that failed, the first of a row only. */
  readonly onFailure: (error: unknown) => void
}

/** Looks at something again and again, from its making until it is stopped. One look at a time. */
export class Looker {
  readonly #options: LookerOptions
  readonly #alarm = new Alarm()
  readonly #stop = new AbortController()
  #lookedAt = Number.NEGATIVE_INFINITY
  #dueAt = Number.NEGATIVE_INFINITY
  #barredUntil = Number.NEGATIVE_INFINITY
  #failing = false

  /** The first look begins at once. */
  constructor(options: LookerOptions) {
    this.#options = options
    void this.#run()
  }

  /** There may be something to see: look as soon as the gap, and a wait that was asked for, allow. */
  nudge(): void {
    const soonest = Math.max(this.#lookedAt + this.#options.gapMs, this.#barredUntil)
    this.#dueAt = Math.min(this.#dueAt, soonest)
    this.#alarm.ring()
  }

  /** Ends it, a look under way included. */
  stop(): void {
    this.#stop.abort()
    this.#alarm.ring()
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const waitMs = this.#dueAt - performance.now()
      if (waitMs > 0) await this.#alarm.wait(waitMs)
      else await this.#look()
    }
  }

  async #look(): Promise<void> {
    const { everyMs, look, onFailure } = this.#options
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
