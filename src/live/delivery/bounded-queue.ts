interface PendingRead<T> {
  readonly resolve: (result: IteratorResult<T>) => void
  readonly reject: (error: unknown) => void
}

type Ending = { readonly error: unknown } | 'done'

/** A second limit next to the number of items: the sum of `weightOf` over all items. */
export interface QueueWeight<T> {
  readonly weightOf: (item: T) => number
  readonly maxTotal: number
}

/** Reads a queue with `tryTake` and is notified when it can. */
export interface QueueConsumer {
  /** Called when an item or the end is ready. It must not throw. */
  onReady(): void
}

/**
 * A bounded queue that is read as an async iterator. Unlike an async generator it can be closed at any time: `return` does
 * not wait for a pending `next`. It can also be read without promises: `tryTake`, when the consumer is notified. `onClose` is
 * called once, however the iteration ends.
 */
export class BoundedQueue<T extends NonNullable<unknown>> implements AsyncIterableIterator<T> {
  readonly #limit: number
  readonly #onClose: () => void
  readonly #weight: QueueWeight<T> | null
  readonly #items: T[] = []
  readonly #pendingReads: PendingRead<T>[] = []
  #createGap: (() => T) | null = null
  #totalWeight = 0
  #consumer: QueueConsumer | null = null
  #ending: Ending | null = null

  constructor(limit: number, onClose: () => void, weight: QueueWeight<T> | null = null) {
    this.#limit = limit
    this.#onClose = onClose
    this.#weight = weight
  }

  /** Number of items in the queue. */
  get length(): number {
    return this.#items.length
  }

  /**
   * Adds all items, or none: returns false where the queue is full, drops items or is over. A queue that is not full accepts
   * any number at once, because the size of a batch says nothing about the speed of the reader.
   */
  push(items: readonly T[]): boolean {
    if (this.#ending !== null || this.#createGap !== null || this.#isFull) return false
    for (const item of items) this.#items.push(item)
    if (this.#weight) for (const item of items) this.#totalWeight += this.#weight.weightOf(item)
    this.#flush()
    return true
  }

  /**
   * Accepts no items until the queue has been drained, and then delivers one item for what was dropped. `createGap` makes it
   * at that moment, so that nothing is lost between it and the items that are accepted afterwards.
   */
  dropUntilDrained(createGap: () => T): void {
    if (this.#ending !== null || this.#createGap !== null) return
    this.#createGap = createGap
    this.#flush()
  }

  /** Ends the iteration after the items in the queue and the gap after them, with `error` where one is given. */
  end(error?: unknown): void {
    if (this.#ending !== null) return
    this.#ending = error === undefined ? 'done' : { error }
    this.#flush()
    this.#onClose()
  }

  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      this.#pendingReads.push({ resolve, reject })
      this.#flush()
    })
  }

  /** Whether `tryTake` returns something. */
  get isReady(): boolean {
    return this.#items.length > 0 || this.#createGap !== null || this.#ending !== null
  }

  /** Notifies `consumer` whenever something is ready; immediately where something already is. */
  setConsumer(consumer: QueueConsumer): void {
    this.#consumer = consumer
    if (this.isReady) consumer.onReady()
  }

  /** Takes the next item or the end; null where neither is there. Throws the error that ends the iteration, once. */
  tryTake(): IteratorResult<T> | null {
    const value = this.#take()
    if (value !== null) return { done: false, value }
    if (this.#ending === null) return null
    const ending = this.#ending
    this.#ending = 'done'
    if (ending !== 'done') throw ending.error
    return { done: true, value: undefined }
  }

  /** Discards all items and an error after them, and ends the iteration. */
  close(): void {
    this.#items.length = 0
    this.#createGap = null
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
      this.#items.length >= this.#limit ||
      (this.#weight !== null && this.#totalWeight >= this.#weight.maxTotal)
    )
  }

  /** Takes the next item, or the gap after the last one; null where there is neither. */
  #take(): T | null {
    const item = this.#items.shift()
    if (item !== undefined) {
      if (this.#weight) this.#totalWeight -= this.#weight.weightOf(item)
      return item
    }
    const createGap = this.#createGap
    this.#createGap = null
    return createGap ? createGap() : null
  }

  #flush(): void {
    while (this.#pendingReads.length > 0) {
      const value = this.#take()
      if (value === null) break
      this.#pendingReads.shift()?.resolve({ done: false, value })
    }
    if (this.isReady) this.#consumer?.onReady()
    if (this.#ending === null) return
    for (const read of this.#pendingReads.splice(0)) this.#finish(read, this.#ending)
  }

  #finish({ resolve, reject }: PendingRead<T>, ending: Ending): void {
    // The error is delivered once; after it the iteration is over.
    this.#ending = 'done'
    if (ending === 'done') resolve({ done: true, value: undefined })
    else reject(ending.error)
  }
}
