type Waiting<T> = {
  readonly resolve: (result: IteratorResult<T>) => void
  readonly reject: (error: unknown) => void
}

type Ending = { readonly error: unknown } | 'done'

/**
 * An async iterator fed by hand, with a bound. Unlike an async generator it can be left at any moment: `return`
 * does not queue behind a pending `next`. `onLeave` is called once, however it ends.
 */
export class BoundedQueue<T> implements AsyncIterableIterator<T> {
  readonly #limit: number
  readonly #onLeave: () => void
  readonly #items: T[] = []
  readonly #waiting: Waiting<T>[] = []
  #ending: Ending | null = null

  constructor(limit: number, onLeave: () => void) {
    this.#limit = limit
    this.#onLeave = onLeave
  }

  /** How many items wait to be taken. */
  get length(): number {
    return this.#items.length
  }

  /**
   * Adds items, all or none: false where the queue is full or over. A queue with any room at all takes as many
   * as come at once: what arrives together says nothing about how fast it is read.
   */
  push(items: readonly T[]): boolean {
    if (this.#ending !== null || this.#items.length >= this.#limit) return false
    this.#add(items)
    return true
  }

  /** Ends the iteration behind what is queued, with `error` where one is given. */
  end(error?: unknown): void {
    if (this.#ending !== null) return
    this.#ending = error === undefined ? 'done' : { error }
    this.#deliver()
    this.#onLeave()
  }

  /** Ends the iteration behind what is queued and one more item, for which the bound makes room. */
  endWith(last: T): void {
    if (this.#ending !== null) return
    this.#add([last])
    this.end()
  }

  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#deliver()
    })
  }

  /** Leaves: what is queued, and an error behind it, are for nobody any more. */
  async return(): Promise<IteratorResult<T>> {
    this.#items.length = 0
    this.end()
    this.#ending = 'done'
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #add(items: readonly T[]): void {
    for (const item of items) this.#items.push(item)
    this.#deliver()
  }

  #deliver(): void {
    const ready = Math.min(this.#waiting.length, this.#items.length)
    const takers = this.#waiting.splice(0, ready)
    this.#items.splice(0, ready).forEach((value, index) => {
      takers[index]?.resolve({ done: false, value })
    })
    if (this.#ending === null) return
    for (const taker of this.#waiting.splice(0)) this.#settle(taker, this.#ending)
  }

  #settle({ resolve, reject }: Waiting<T>, ending: Ending): void {
    // An error is told once; after it the iterator is simply over.
    this.#ending = 'done'
    if (ending === 'done') resolve({ done: true, value: undefined })
    else reject(ending.error)
  }
}
