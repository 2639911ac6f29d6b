type Waiting<T> = {
  readonly resolve: (result: IteratorResult<T>) => void
  readonly reject: (error: unknown) => void
}

type Ending = { readonly error: unknown } | 'done'

/** How much may wait beside how many: the sum of what `of` gives for each item, and the most of it. */
export interface QueueWeight<T> {
  readonly weightOf: (item: T) => number
  readonly maxTotal: number
}

/** Who takes items by `takeNow` and wants to know when there are some. */
export interface QueueConsumer {
  /** Called when something may be taken, or the end has come. It must not throw. */
  onReady(): void
}

/**
 * An async iterator fed by hand, with a bound. Unlike an async generator it can be left at any moment: `return`
 * does not queue behind a pending `next`. `onLeave` is called once, however it ends. It may be read without promises
 * too: `takeNow`, where the taker is told when.
 */
export class BoundedQueue<T extends NonNullable<unknown>> implements AsyncIterableIterator<T> {
  readonly #limit: number
  readonly #onLeave: () => void
  readonly #weight: QueueWeight<T> | null
  readonly #items: T[] = []
  readonly #waiting: Waiting<T>[] = []
  #makeGap: (() => T) | null = null
  #weighs = 0
  #taker: QueueConsumer | null = null
  #ending: Ending | null = null

  constructor(limit: number, onLeave: () => void, weight: QueueWeight<T> | null = null) {
    this.#limit = limit
    this.#onLeave = onLeave
    this.#weight = weight
  }

  /** How many items wait to be taken. */
  get length(): number {
    return this.#items.length
  }

  /**
   * Adds items, all or none: false where the queue is full, skips or is over. A queue with any room at all takes as
   * many as come at once: what arrives together says nothing about how fast it is read.
   */
  push(items: readonly T[]): boolean {
    if (this.#ending !== null || this.#makeGap !== null || this.#isFull) return false
    for (const item of items) this.#items.push(item)
    if (this.#weight) for (const item of items) this.#weighs += this.#weight.weightOf(item)
    this.#deliver()
    return true
  }

  /**
   * Takes nothing more until what is queued has been taken, and behind it one item that says what was skipped: `makeGap`
   * makes it at that moment, so that nothing lies between it and what is taken in from then on.
   */
  dropUntilDrained(makeGap: () => T): void {
    if (this.#ending !== null || this.#makeGap !== null) return
    this.#makeGap = makeGap
    this.#deliver()
  }

  /** Ends the iteration behind what is queued and the gap behind it, with `error` where one is given. */
  end(error?: unknown): void {
    if (this.#ending !== null) return
    this.#ending = error === undefined ? 'done' : { error }
    this.#deliver()
    this.#onLeave()
  }

  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#deliver()
    })
  }

  /** Whether `takeNow` gives something. */
  get isReady(): boolean {
    return this.#items.length > 0 || this.#makeGap !== null || this.#ending !== null
  }

  /** From now on `taker` is told whenever something is ready; at once where something is. */
  setConsumer(taker: QueueConsumer): void {
    this.#taker = taker
    if (this.isReady) taker.onReady()
  }

  /** The next item or the end, or null where neither has come. Throws what the iteration ended with, once. */
  tryTake(): IteratorResult<T> | null {
    const value = this.#take()
    if (value !== null) return { done: false, value }
    if (this.#ending === null) return null
    const ending = this.#ending
    this.#ending = 'done'
    if (ending !== 'done') throw ending.error
    return { done: true, value: undefined }
  }

  /** Leaves: what is queued, and an error behind it, are for nobody any more. */
  close(): void {
    this.#items.length = 0
    this.#makeGap = null
    this.end()
    this.#ending = 'done'
  }

  async return(): Promise<IteratorResult<T>> {
    this.close()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  get #isFull(): boolean {
    return (
      this.#items.length >= this.#limit || (this.#weight !== null && this.#weighs >= this.#weight.maxTotal)
    )
  }

  /** The next item, or the gap behind the last; null where there is neither. */
  #take(): T | null {
    const item = this.#items.shift()
    if (item !== undefined) {
      if (this.#weight) this.#weighs -= this.#weight.weightOf(item)
      return item
    }
    const makeGap = this.#makeGap
    this.#makeGap = null
    return makeGap ? makeGap() : null
  }

  #deliver(): void {
    while (this.#waiting.length > 0) {
      const value = this.#take()
      if (value === null) break
      this.#waiting.shift()?.resolve({ done: false, value })
    }
    if (this.isReady) this.#taker?.onReady()
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
