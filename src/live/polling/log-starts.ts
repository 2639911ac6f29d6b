import type { Timeline } from '../changes/timeline.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import { isAuthorizationValid } from './authorization.ts'
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
 * Starts subscribers with what is known and without a read of their own where a process that stopped has reported that their
 * callers may read the room: after a deploy the provider does not see all of them again.
 */
export class LogStarts {
  readonly #options: LogStartsOptions
  /** When the provider last accepted the credentials of reported callers. */
  readonly #authorizedAt = new WeakMap<Subscriber, number>()
  readonly #waiting = new Set<Subscriber>()

  constructor(options: LogStartsOptions) {
    this.#options = options
  }

  /** Whether a process that stopped has reported the subscriber's caller. */
  isReported(subscriber: Subscriber): boolean {
    return isAuthorizationValid(this.#authorizedAt.get(subscriber) ?? Number.NEGATIVE_INFINITY)
  }

  /** Milliseconds for which a pending subscriber waits for the log instead of reading: Infinity until `onProgress`, else 0. */
  joinWaitMs(subscriber: Subscriber): number {
    return this.#waiting.has(subscriber) ? Number.POSITIVE_INFINITY : 0
  }

  /** Starts a pending subscriber with the log if that suffices; otherwise it stays pending, and joins with a read. */
  add(subscriber: Subscriber): void {
    const { notices, subscribers, onProgress } = this.#options
    const authorizedAt = notices.reportedAuthorization(subscriber.caller)
    if (authorizedAt === null) return
    this.#authorizedAt.set(subscriber, authorizedAt)
    this.#waiting.add(subscriber)
    this.#follow(subscriber)
      // An unexpected error ends the stream: a pending subscriber would wait forever.
      .catch((error: unknown) => subscribers.reject([subscriber], error))
      .finally(() => {
        this.#waiting.delete(subscriber)
        onProgress()
      })
  }

  async #follow(subscriber: Subscriber): Promise<void> {
    const { replication } = this.#options
    await replication.attach()
    await replication.catchUp([subscriber])
    // A process that reads the room itself reads it now in any case.
    if (replication.isFollower) this.startReported()
  }

  /** Starts the reported subscribers that are pending, as far as what is known suffices for them. */
  startReported(): void {
    const { subscribers, timeline } = this.#options
    for (const subscriber of subscribers.pending.subscribers) {
      const authorizedAt = this.#authorizedAt.get(subscriber)
      if (authorizedAt === undefined || !isAuthorizationValid(authorizedAt)) continue
      subscribers.startAuthorized(
        subscriber.caller,
        (pending) => timeline.firstEvents(pending, null),
        authorizedAt,
      )
    }
  }
}
