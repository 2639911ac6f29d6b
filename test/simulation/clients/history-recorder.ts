import type { History, HistoryEntry } from '../oracle/history.ts'

type HeardNow = HistoryEntry extends infer Each
  ? Each extends HistoryEntry
    ? Omit<Each, 'at'>
    : never
  : never

/** What a subscriber writes down. Where it has nothing to come back to, it begins another history. */
export class HistoryRecorder {
  readonly #of: Omit<History, 'entries'>
  readonly #time: () => number
  readonly #begun: HistoryEntry[][] = []

  constructor(of: Omit<History, 'entries'>, time: () => number) {
    this.#of = of
    this.#time = time
  }

  get histories(): readonly History[] {
    return this.#begun.map((entries, index) => {
      return { ...this.#of, name: index === 0 ? this.#of.name : `${this.#of.name}~${index}`, entries }
    })
  }

  start(start: HistoryEntry): void {
    this.#begun.push([start])
  }

  /** Dated now. Before a beginning there is nothing to write. */
  record(entry: HeardNow): void {
    this.#begun.at(-1)?.push({ ...entry, at: this.#time() })
  }
}
