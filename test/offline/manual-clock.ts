import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../src/offline/clock.ts'

/** Turns of the event loop that let what a timer began come to rest, where it waits for nothing outside. */
const TURNS = 5

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 15, 12)
  readonly #timers = new Set<{ readonly at: number; readonly work: () => void }>()

  readonly now = (): number => this.#now

  schedule(ms: number, work: () => void): () => void {
    const timer = { at: this.#now + ms, work }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Lets so much time pass, does what falls due in its order, and lets each thing come to rest. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await settled()
      const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
      if (!next) break
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.work()
    }
    this.#now = until
  }
}

/** Lets everything come to rest that waits for nothing outside of the process. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate()
}
