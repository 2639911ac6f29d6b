import type { Watcher } from './watcher.ts'

interface Waiting {
  readonly admitted: () => void
  readonly refused: (error: unknown) => void
}

/** The watchers of a room whom the provider has yet to grant it. */
export class Lobby {
  readonly #waiting = new Map<Watcher, Waiting>()

  get size(): number {
    return this.#waiting.size
  }

  /** In the order they came. */
  get watchers(): readonly Watcher[] {
    return [...this.#waiting.keys()]
  }

  /** Resolves when the watcher is admitted; rejects with the reason when it is refused. */
  enter(watcher: Watcher): Promise<void> {
    return new Promise((admitted, refused) => {
      this.#waiting.set(watcher, { admitted, refused })
    })
  }

  /** False for a watcher who does not wait here any more. */
  admit(watcher: Watcher): boolean {
    const waiting = this.#waiting.get(watcher)
    waiting?.admitted()
    return this.#waiting.delete(watcher)
  }

  /** Does nothing for a watcher who does not wait here any more. */
  refuse(watcher: Watcher, error: unknown): void {
    this.#waiting.get(watcher)?.refused(error)
    this.#waiting.delete(watcher)
  }
}
