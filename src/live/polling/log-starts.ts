import type { Timeline } from '../changes/timeline.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import type { RoomNotices } from './room-notices.ts'
import type { RoomReplication } from './room-replication.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

export interface LogStartsOptions {
  readonly notices: RoomNotices
  readonly timeline: Timeline
  readonly subscribers: RoomSubscribers
  readonly replication: RoomReplication
  /** Called when subscribers have started, or must join with a read. */
  readonly onProgress: () => void
}

/**
 * Starts subscribers with what is logged and without a read, where another process reads the room and a process that stopped
 * has reported their callers: after a deploy the provider does not see all of them again.
 */
export class LogStarts {
  readonly #options: LogStartsOptions
  readonly #waiting = new Set<Subscriber>()

  constructor(options: LogStartsOptions) {
    this.#options = options
  }

  /** Milliseconds for which a pending subscriber waits for the log instead of reading: Infinity until `onProgress`, else 0. */
  joinWaitMs(subscriber: Subscriber): number {
    return this.#waiting.has(subscriber) ? Number.POSITIVE_INFINITY : 0
  }

  /** Starts a pending subscriber with the log if that suffices; otherwise it stays pending, and joins with a read. */
  add(subscriber: Subscriber): void {
    const { notices, subscribers, onProgress } = this.#options
    if (notices.reportedAuthorization(subscriber.caller) === null) return
    this.#waiting.add(subscriber)
    this.#start(subscriber)
      // An unexpected error ends the stream: a pending subscriber would wait forever.
      .catch((error: unknown) => subscribers.reject([subscriber], error))
      .finally(() => {
        this.#waiting.delete(subscriber)
        onProgress()
      })
  }

  async #start(subscriber: Subscriber): Promise<void> {
    const { notices, timeline, subscribers, replication } = this.#options
    await replication.attach()
    await replication.catchUp([subscriber])
    const authorizedAt = notices.reportedAuthorization(subscriber.caller)
    // The process that reads the room reads it now in any case, and so authorizes its own subscribers.
    if (!replication.isFollower || authorizedAt === null) return
    subscribers.startAuthorized(
      subscriber.caller,
      (pending) => timeline.firstEvents(pending, null),
      authorizedAt,
    )
  }
}
