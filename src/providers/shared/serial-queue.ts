/** Runs work with equal keys one after another, under no caller's abort signal. Work with other keys does not wait. */
export class SerialQueue {
  readonly #tails = new Map<string, Promise<unknown>>()

  async run<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const start = () => work(new AbortController().signal)
    const result = (this.#tails.get(key) ?? Promise.resolve()).then(start, start)
    this.#tails.set(key, result)
    try {
      return await result
    } finally {
      if (this.#tails.get(key) === result) this.#tails.delete(key)
    }
  }
}
