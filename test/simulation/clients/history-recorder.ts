import type { History, HistoryEntry } from '../oracle/history.ts'

type UndatedEntry = HistoryEntry extends infer Each
  ? Each extends HistoryEntry
    ? Omit<Each, 'at'>
    : never
  : never

/** Records what a subscriber receives. A start without a cursor to resume from begins another history. */
export class HistoryRecorder {
  readonly #subscriber: Omit<History, 'entries'>
  readonly #time: () => number
  readonly #recorded: HistoryEntry[][] = []

  constructor(subscriber: Omit<History, 'entries'>, time: () => number) {
    this.#subscriber = subscriber
    this.#time = time
  }

  get histories(): readonly History[] {
    const { name } = this.#subscriber
    return this.#recorded.map((entries, index) => {
      return { ...this.#subscriber, name: index === 0 ? name : `${name}~${index}`, entries }
    })
  }

  start(entry: HistoryEntry): void {
    this.#recorded.push([entry])
  }

  /** Records an entry with the current time. Before a start there is nothing to record. */
  record(entry: UndatedEntry): void {
    this.#recorded.at(-1)?.push({ ...entry, at: this.#time() })
  }
}
