import type { Caller } from '../../domain/caller.ts'
import type { Subscriber } from '../delivery/subscriber.ts'

/**
 * For whom a look at a room is made: joiners who wait for it, joiners who wait their turn, joiners whose credential the
 * provider has not accepted yet, or those who watch.
 */
export type PollKind = 'joiners' | 'patient' | 'unproven' | 'watchers'

/** A read of a room under way. */
export interface Poll {
  readonly kind: PollKind
  /** Whose credential reads. */
  readonly caller: Caller
  /** Those who wait for it in the lobby; nobody where it is due for those who watch. */
  readonly pendingSubscribers: readonly Subscriber[]
  /** `performance.now()`. */
  readonly startedAt: number
  /** How many reads had been taken in by then. */
  readonly readCount: number
  readonly abortController: AbortController
}

/** A look that begins now. */
export function createPoll(
  caller: Caller,
  waiting: readonly Subscriber[],
  { kind: lane, readCount: reads }: Pick<Poll, 'kind' | 'readCount'>,
): Poll {
  return {
    kind: lane,
    caller,
    pendingSubscribers: waiting,
    startedAt: performance.now(),
    readCount: reads,
    abortController: new AbortController(),
  }
}

/** The looks at one room that are under way, one of each lane at most. */
export class PollsInFlight {
  readonly #looks = new Map<PollKind, Poll>()

  has(lane: PollKind): boolean {
    return this.#looks.has(lane)
  }

  /** Holds a look until its work is over. */
  async track(look: Poll, work: Promise<void>): Promise<void> {
    this.#looks.set(look.kind, look)
    await work
    this.#looks.delete(look.kind)
  }

  /** Calls off those that nobody needs any more. */
  abort(isNeedless: (look: Poll) => boolean): void {
    for (const look of this.#looks.values()) if (isNeedless(look)) look.abortController.abort()
  }
}
