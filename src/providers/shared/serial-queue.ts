/**
 * Runs work with equal keys one after another; work with other keys does not wait. Once it runs, no caller's disconnect ends it,
 * but work whose caller disconnected while it waited is left out.
 */
export class SerialQueue {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** Throws the reason of `signal` if that aborts before the work begins. */
  async run<T>(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const start = () => {
      signal.throwIfAborted()
      return work(new AbortController().signal)
    }
    const result = (this.#tails.get(key) ?? Promise.resolve()).then(start, start)
    this.#tails.set(key, result)
    try {
      return await result
    } finally {
      if (this.#tails.get(key) === result) this.#tails.delete(key)
    }
  }
}
