import type { QueueConsumer } from './bounded-queue.ts'

/** What waits for one subscriber, to be taken one by one: by `next`, or without promises by `takeNow`. */
export interface SubscriberQueue<T> extends AsyncIterableIterator<T> {
  /** Whether `takeNow` gives something. */
  readonly isReady: boolean
  /** From now on `taker` is told whenever something is ready; at once where something is. */
  setConsumer(taker: QueueConsumer): void
  /** The next item or the end, or null where neither has come. Throws what the iteration ended with, once. */
  tryTake(): IteratorResult<T> | null
  /** Leaves: what waits is for nobody any more. */
  close(): void
}
