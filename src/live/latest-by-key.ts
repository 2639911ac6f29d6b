type Waiting<T> = {
  readonly resolve: (result: IteratorResult<T>) => void
  readonly reject: (error: unknown) => void
}

/**
 * An async iterator fed by hand that keeps only the newest value of each key, in the order the keys came: who reads
 * slowly skips what is out of date, and holds no more than there are keys. `onLeave` is called once, however it ends.
 */
export class LatestByKey<T> implements AsyncIterableIterator<T> {
  readonly #onLeave: () => void
  readonly #values = new Map<string, T>()
  readonly #waiting: Waiting<T>[] = []
  #over = false
  #error: { readonly reason: unknown } | null = null

  constructor(onLeave: () => void) {
    this.#onLeave = onLeave
  }

  /** How many keys wait to be taken. */
  get size(): number {
    return this.#values.size
  }

  /** Hands a value over; one of the same key that was not taken yet is replaced where it stands. */
  put(key: string, value: T): void {
    if (this.#over) return
    const waiting = this.#waiting.shift()
    if (waiting) waiting.resolve({ done: false, value })
    else this.#values.set(key, value)
  }

  /** Ends the iteration behind what waits, with `error` where one is given. */
  end(error?: unknown): void {
    if (this.#over) return
    this.#over = true
    this.#error = error === undefined ? null : { reason: error }
    for (const waiting of this.#waiting.splice(0)) this.#settle(waiting)
    this.#onLeave()
  }

  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      const [first] = this.#values
      if (first) {
        this.#values.delete(first[0])
        resolve({ done: false, value: first[1] })
      } else if (this.#over) this.#settle({ resolve, reject })
      else this.#waiting.push({ resolve, reject })
    })
  }

  /** Leaves: what waits is for nobody any more. */
  async return(): Promise<IteratorResult<T>> {
    this.#values.clear()
    this.end()
    this.#error = null
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #settle({ resolve, reject }: Waiting<T>): void {
    const error = this.#error
    // An error is told once; after it the iterator is simply over.
    this.#error = null
    if (error) reject(error.reason)
    else resolve({ done: true, value: undefined })
  }
}
