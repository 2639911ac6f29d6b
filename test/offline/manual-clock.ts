import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../src/offline/clock.ts'

/** Event loop turns after which work that a timer started is done, if it waits for nothing outside the process. */
const TURNS = 5

/** A clock that advances on demand. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 15, 12)
  readonly #timers = new Set<{ readonly at: number; readonly work: () => void }>()

  readonly now = (): number => this.#now

  schedule(ms: number, work: () => void): () => void {
    const timer = { at: this.#now + ms, work }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Advances the clock, runs the due timers in order, and waits until the work of each is done. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await pendingWork()
      const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
      if (!next) break
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.work()
    }
    this.#now = until
  }
}

/** Waits until all work that waits for nothing outside the process is done. */
export async function pendingWork(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate()
}
