import type { UnexpectedErrors } from '../diagnostics/unexpected-errors.ts'

/** Milliseconds of tasks in a row, after which the event loop reads sockets again. */
const MAX_BATCH_MS = 15

/** Work that is done in small steps. */
export interface Task {
  /** Does one small step. */
  run(): void
}

/**
 * Runs the tasks of many connections in turn. A burst for ten thousand subscribers is sent one event at a time, and the
 * event loop reads its sockets in between.
 */
export class FairScheduler {
  readonly #unexpected: UnexpectedErrors
  readonly #tasksPerClockRead: number
  #queue: Task[] = []
  #isScheduled = false

  /** Reading the clock is expensive compared with tasks of a few microseconds: raise `tasksPerClockRead` for those. */
  constructor(unexpected: UnexpectedErrors, tasksPerClockRead = 1) {
    this.#unexpected = unexpected
    this.#tasksPerClockRead = tasksPerClockRead
  }

  /** Runs `task` once more, after all tasks that are already queued. */
  schedule(task: Task): void {
    this.#queue.push(task)
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(this.#runBatch)
  }

  readonly #runBatch = (): void => {
    const end = performance.now() + MAX_BATCH_MS
    let done = 0
    // A task that is scheduled again meanwhile is appended to the list that this loop iterates over.
    for (const task of this.#queue) {
      if (done % this.#tasksPerClockRead === 0 && done > 0 && performance.now() > end) break
      done += 1
      try {
        task.run()
      } catch (error) {
        // A task that fails must not stop the others.
        this.#unexpected.report(error, 'scheduler')
      }
    }
    this.#queue = this.#queue.slice(done)
    this.#isScheduled = this.#queue.length > 0
    if (this.#isScheduled) setImmediate(this.#runBatch)
  }
}
