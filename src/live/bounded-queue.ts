type Waiting<T> = {
  readonly resolve: (result: IteratorResult<T>) => void
  readonly reject: (error: unknown) => void
}

/**
 * An async iterator fed by hand, with a bound. Unlike an async generator it can be left at any moment: `return`
 * does not queue behind a pending `next`. `onLeave` is called once, however it ends.
 */
export class BoundedQueue<T> implements AsyncIterableIterator<T> {
  readonly #limit: number
  readonly #onLeave: () => void
  readonly #items: T[] = []
  #waiting: Waiting<T>[] = []
  #ending: { readonly error: unknown } | 'done' | null = null
  #left = false

  constructor(limit: number, onLeave: () => void) {
    this.#limit = limit
    this.#onLeave = onLeave
  }

  /** Adds an item; false where the queue is full or over, and the item is not taken. */
  push(item: T): boolean {
    if (this.#ending !== null) return false
    const next = this.#waiting.shift()
    if (next) {
      next.resolve({ done: false, value: item })
      return true
    }
    if (this.#items.length >= this.#limit) return false
    this.#items.push(item)
    return true
  }

  /** Ends the iteration behind what is queued, with `error` where one is given. */
  end(error?: unknown): void {
    if (this.#ending !== null) return
    this.#ending = error === undefined ? 'done' : { error }
    this.#leave()
    for (const next of this.#waiting.splice(0)) this.#settle(next)
  }

  /** Ends the iteration behind what is queued and one more item, for which the bound makes room. */
  endWith(last: T): void {
    if (this.#ending !== null) return
    this.#items.push(last)
    this.end()
  }

  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      const [item] = this.#items
      if (this.#items.length > 0 && item !== undefined) {
        this.#items.shift()
        resolve({ done: false, value: item })
      } else if (this.#ending !== null) this.#settle({ resolve, reject })
      else this.#waiting.push({ resolve, reject })
    })
  }

  async return(): Promise<IteratorResult<T>> {
    this.#items.length = 0
    this.end()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #settle({ resolve, reject }: Waiting<T>): void {
    const ending = this.#ending
    // An error is told once; after it the iterator is simply over.
    this.#ending = 'done'
    if (ending === null || ending === 'done') resolve({ done: true, value: undefined })
    else reject(ending.error)
  }

  #leave(): void {
    if (this.#left) return
    this.#left = true
    this.#onLeave()
  }
}
