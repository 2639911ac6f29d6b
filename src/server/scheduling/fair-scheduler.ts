import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

/** Milliseconds that a round may take before sockets are read again. */
const LONGEST_MS = 15

/** Who takes turns. */
export interface Task {
  /** Does one small piece of work. */
  run(): void
}

/**
 * Lets many streams of one process work in turns: a burst for ten thousand subscribers goes out event by event, and the
 * process hears its sockets in between.
 */
export class FairScheduler {
  readonly #unexpected: UnexpectedErrors
  readonly #turnsPerClockRead: number
  #waiting: Task[] = []
  #isDue = false

  /** Reading the clock costs something beside turns of some microseconds: it may be read once in several turns. */
  constructor(unexpected: UnexpectedErrors, turnsPerClockRead = 1) {
    this.#unexpected = unexpected
    this.#turnsPerClockRead = turnsPerClockRead
  }

  /** Gives `turn` one more turn, behind those who wait already. */
  schedule(turn: Task): void {
    this.#waiting.push(turn)
    if (this.#isDue) return
    this.#isDue = true
    setImmediate(this.#run)
  }

  readonly #run = (): void => {
    const end = performance.now() + LONGEST_MS
    let taken = 0
    // Who is given another turn meanwhile is behind the others in the same list.
    for (const turn of this.#waiting) {
      if (taken % this.#turnsPerClockRead === 0 && taken > 0 && performance.now() > end) break
      taken += 1
      try {
        turn.run()
      } catch (error) {
        // One turn that fails must not hold up all others.
        this.#unexpected.report(error, 'scheduler')
      }
    }
    this.#waiting = this.#waiting.slice(taken)
    this.#isDue = this.#waiting.length > 0
    if (this.#isDue) setImmediate(this.#run)
  }
}
