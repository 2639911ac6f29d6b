import { BoundedQueue, type QueueConsumer } from './bounded-queue.ts'
import type { SubscriberQueue } from './subscriber-queue.ts'

/** A queued key with its latest value. */
interface Slot<T> {
  readonly key: string
  value: T
}

/**
 * A queue that keeps only the latest value of each key, in the order in which the keys arrived: a slow reader skips outdated
 * values, and the queue holds at most one item per key. `onClose` is called once, however the iteration ends. With `maxKeys`
 * the values of further keys are dropped.
 */
export class ConflatingQueue<T> implements SubscriberQueue<T> {
  readonly #slotsByKey = new Map<string, Slot<T>>()
  readonly #slots: BoundedQueue<Slot<T>>

  constructor(onClose: () => void, maxKeys = Number.POSITIVE_INFINITY) {
    this.#slots = new BoundedQueue(maxKeys, onClose)
  }

  /** Number of keys in the queue. */
  get length(): number {
    return this.#slots.length
  }

  /** Adds a value. A queued value of the same key is replaced in its place. */
  put(key: string, value: T): void {
    const queued = this.#slotsByKey.get(key)
    if (queued) queued.value = value
    else {
      const slot = { key, value }
      this.#slotsByKey.set(key, slot)
      if (!this.#slots.push([slot])) this.#slotsByKey.delete(key)
    }
  }

  /** Ends the iteration after the queued values, with `error` where one is given. */
  end(error?: unknown): void {
    this.#slots.end(error)
  }

  async next(): Promise<IteratorResult<T>> {
    return this.#toValue(await this.#slots.next())
  }

  get isReady(): boolean {
    return this.#slots.isReady
  }

  setConsumer(consumer: QueueConsumer): void {
    this.#slots.setConsumer(consumer)
  }

  tryTake(): IteratorResult<T> | null {
    const taken = this.#slots.tryTake()
    return taken && this.#toValue(taken)
  }

  close(): void {
    this.#slotsByKey.clear()
    this.#slots.close()
  }

  async return(): Promise<IteratorResult<T>> {
    this.close()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #toValue(taken: IteratorResult<Slot<T>>): IteratorResult<T> {
    if (taken.done) return { done: true, value: undefined }
    const { key, value } = taken.value
    this.#slotsByKey.delete(key)
    return { done: false, value }
  }
}
