import type { Caller } from '../../domain/caller.ts'
import type { Subscriber } from '../delivery/subscriber.ts'

/**
 * The reason of a poll. `regular`: it is due for the current subscribers. `join`: a new subscriber waits for it.
 * `rate-limited-join`: the join was rate limited and now queues among the background polls. `unverified-join`: the provider
 * has not accepted the new subscriber's credential yet.
 */
export type PollKind = 'regular' | JoinKind
export type JoinKind = 'join' | 'rate-limited-join' | 'unverified-join'

/** A read of a room's messages. */
export interface Poll {
  readonly kind: PollKind
  /** The caller whose credential reads. */
  readonly caller: Caller
  /** The pending subscribers that it is made for; none for a regular poll. */
  readonly pendingSubscribers: readonly Subscriber[]
  /** `performance.now()`. */
  readonly startedAt: number
  /** Number of reads that the timeline had applied by then. */
  readonly readCount: number
  readonly abortController: AbortController
}

/** Creates a poll that starts now. */
export function createPoll(
  caller: Caller,
  pendingSubscribers: readonly Subscriber[],
  { kind, readCount }: Pick<Poll, 'kind' | 'readCount'>,
): Poll {
  const abortController = new AbortController()
  return { kind, caller, pendingSubscribers, startedAt: performance.now(), readCount, abortController }
}

/** The polls of one room that are in flight, at most one of each kind. */
export class PollsInFlight {
  readonly #polls = new Map<PollKind, Poll>()

  has(kind: PollKind): boolean {
    return this.#polls.has(kind)
  }

  /** Whether a poll in flight is made for this subscriber. */
  includes(subscriber: Subscriber): boolean {
    return [...this.#polls.values()].some(({ pendingSubscribers }) => pendingSubscribers.includes(subscriber))
  }

  /** Tracks a poll until its work is done. */
  async track(poll: Poll, work: Promise<void>): Promise<void> {
    this.#polls.set(poll.kind, poll)
    await work
    this.#polls.delete(poll.kind)
  }

  /** Aborts polls that are no longer needed. */
  abort(isNeedless: (poll: Poll) => boolean): void {
    for (const poll of this.#polls.values()) if (isNeedless(poll)) poll.abortController.abort()
  }
}
