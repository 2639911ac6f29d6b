import { setImmediate as nextTurn } from 'node:timers/promises'

/** The handle of held inserts. */
export interface HeldInserts {
  /** Resolves once this many inserts wait at the gate. */
  waiting(count: number): Promise<void>
  /** Releases all of them in order, and opens the gate. */
  release(): void
}

/**
 * The gap between the check of an id and the insert. The real server checks first and writes later, so two sends of
 * one `_id`, or two first calls of one visitor, can both find nothing (docs/providers/rocketchat.md 1.1, 4.1).
 * Holding the gate makes that certain, and lets a message commit long after its `ts`.
 */
export class InsertGate {
  #queue: (() => void)[] | undefined
  #watchers: { count: number; reached: () => void }[] = []

  /** Waits for the gate: one turn of the event loop, or until the release of a hold. */
  async pass(): Promise<void> {
    const queue = this.#queue
    if (!queue) return nextTurn()
    await new Promise<void>((resolve) => {
      queue.push(resolve)
      this.#notify(queue.length)
    })
  }

  hold(): HeldInserts {
    const queue: (() => void)[] = []
    this.#queue = queue
    return {
      waiting: (count) =>
        new Promise((reached) => {
          this.#watchers.push({ count, reached })
          this.#notify(queue.length)
        }),
      release: () => {
        this.#queue = undefined
        for (const resume of queue) resume()
      },
    }
  }

  #notify(length: number): void {
    for (const { count, reached } of this.#watchers) if (length >= count) reached()
    this.#watchers = this.#watchers.filter(({ count }) => length < count)
  }
}
