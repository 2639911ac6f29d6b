import { BoundedQueue, type QueueConsumer } from './bounded-queue.ts'
import type { SubscriberQueue } from './subscriber-queue.ts'

/** The place of a key among those that wait. */
interface Slot<T> {
  readonly key: string
  newest: T
}

/**
 * A queue fed by hand that keeps only the newest value of each key, in the order the keys came: who reads slowly
 * skips what is out of date, and holds no more than there are keys. `onLeave` is called once, however it ends.
 */
export class ConflatingQueue<T> implements SubscriberQueue<T> {
  readonly #waiting = new Map<string, Slot<T>>()
  readonly #slots: BoundedQueue<Slot<T>>

  constructor(onLeave: () => void) {
    this.#slots = new BoundedQueue(Number.POSITIVE_INFINITY, onLeave)
  }

  /** How many keys wait to be taken. */
  get size(): number {
    return this.#slots.length
  }

  /** Hands a value over; one of the same key that was not taken yet is replaced where it stands. */
  put(key: string, newest: T): void {
    const known = this.#waiting.get(key)
    if (known) known.newest = newest
    else {
      const slot = { key, newest }
      this.#waiting.set(key, slot)
      if (!this.#slots.push([slot])) this.#waiting.delete(key)
    }
  }

  /** Ends the iteration behind what waits, with `error` where one is given. */
  end(error?: unknown): void {
    this.#slots.end(error)
  }

  async next(): Promise<IteratorResult<T>> {
    return this.#newestOf(await this.#slots.next())
  }

  get isReady(): boolean {
    return this.#slots.isReady
  }

  setConsumer(taker: QueueConsumer): void {
    this.#slots.setConsumer(taker)
  }

  tryTake(): IteratorResult<T> | null {
    const taken = this.#slots.tryTake()
    return taken && this.#newestOf(taken)
  }

  close(): void {
    this.#waiting.clear()
    this.#slots.close()
  }

  async return(): Promise<IteratorResult<T>> {
    this.close()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #newestOf(taken: IteratorResult<Slot<T>>): IteratorResult<T> {
    if (taken.done) return { done: true, value: undefined }
    const { key, newest } = taken.value
    this.#waiting.delete(key)
    return { done: false, value: newest }
  }
}
