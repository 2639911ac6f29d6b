import type { Heard, History } from './heard.ts'

type HeardNow = Heard extends infer Each ? (Each extends Heard ? Omit<Each, 'at'> : never) : never

/** What a subscriber writes down. Where it has nothing to come back to, it begins another history. */
export class Book {
  readonly #of: Omit<History, 'heard'>
  readonly #time: () => number
  readonly #begun: Heard[][] = []

  constructor(of: Omit<History, 'heard'>, time: () => number) {
    this.#of = of
    this.#time = time
  }

  get histories(): readonly History[] {
    return this.#begun.map((heard, index) => {
      return { ...this.#of, name: index === 0 ? this.#of.name : `${this.#of.name}~${index}`, heard }
    })
  }

  begin(start: Heard): void {
    this.#begun.push([start])
  }

  /** Dated now. Before a beginning there is nothing to write. */
  write(entry: HeardNow): void {
    this.#begun.at(-1)?.push({ ...entry, at: this.#time() })
  }
}
