import type { StartTimeout } from '../../../livechat/index.ts'

/** Timers that run out only when a test says so. */
export class HandTimers {
  #running: { readonly ms: number; readonly run: () => void }[] = []

  readonly start: StartTimeout = (ms, run) => {
    const timer = { ms, run }
    this.#running.push(timer)
    return () => {
      this.#running = this.#running.filter((other) => other !== timer)
    }
  }

  /** The durations of the timers that run, oldest first. */
  get running(): readonly number[] {
    return this.#running.map(({ ms }) => ms)
  }

  /** Lets the timers of this duration run out. */
  runOut(ms: number): void {
    const due = this.#running.filter((timer) => timer.ms === ms)
    this.#running = this.#running.filter((timer) => timer.ms !== ms)
    for (const { run } of due) run()
  }
}
