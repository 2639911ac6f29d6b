import type { QueueConsumer } from './bounded-queue.ts'

/** The queue of one subscriber, which is read item by item: with `next`, or without promises with `tryTake`. */
export interface SubscriberQueue<T> extends AsyncIterableIterator<T> {
  /** Number of items in the queue. */
  readonly length: number
  /** Whether `tryTake` returns something. */
  readonly isReady: boolean
  /** Notifies `consumer` whenever something is ready; immediately where something already is. */
  setConsumer(consumer: QueueConsumer): void
  /** Takes the next item or the end; null where neither is there. Throws the error that ends the iteration, once. */
  tryTake(): IteratorResult<T> | null
  /** Discards all items and ends the iteration. */
  close(): void
}
