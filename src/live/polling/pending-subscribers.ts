import type { Caller } from '../../domain/caller.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import { isSameCaller } from './authorization.ts'
import type { JoinKind } from './polls-in-flight.ts'

interface Pending {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
  /** Whether its join was rate limited once, so that it now queues among the background polls. */
  isRateLimited: boolean
}

/** The subscribers of a room that the provider has not authorized for it yet. */
export class PendingSubscribers {
  readonly #pending = new Map<Subscriber, Pending>()
  readonly #isVerified: (subscriber: Subscriber) => boolean
  readonly #joinWaitMs: (subscriber: Subscriber) => number

  /**
   * `isVerified` tells whether the provider has accepted a subscriber's credential, `joinWaitMs` for how many milliseconds a
   * subscriber waits for push before it joins with a read.
   */
  constructor(
    isVerified: (subscriber: Subscriber) => boolean,
    joinWaitMs: (subscriber: Subscriber) => number = () => 0,
  ) {
    this.#isVerified = isVerified
    this.#joinWaitMs = joinWaitMs
  }

  /** Milliseconds until a subscriber that waits for push joins with a read; Infinity where none waits. */
  get waitMs(): number {
    const waits = this.subscribers.map(this.#joinWaitMs).filter((ms) => ms > 0)
    return Math.min(Number.POSITIVE_INFINITY, ...waits)
  }

  get size(): number {
    return this.#pending.size
  }

  /** In order of arrival. */
  get subscribers(): readonly Subscriber[] {
    return [...this.#pending.keys()]
  }

  /**
   * The next subscriber to join with a poll of a kind: the oldest one, but the newest one of those that are unverified, so
   * that a flood of invented tokens keeps nobody from the room. Null where there is none.
   */
  next(kind: JoinKind): Subscriber | null {
    let newest: Subscriber | null = null
    for (const [subscriber, { isRateLimited }] of this.#pending) {
      if (this.#joinWaitMs(subscriber) > 0) continue
      if (!this.#isVerified(subscriber)) {
        if (kind === 'unverified-join') newest = subscriber
      } else if (kind === (isRateLimited ? 'rate-limited-join' : 'join')) return subscriber
    }
    return newest
  }

  /** Finds those with this caller's credential, in order of arrival. */
  findByCaller(caller: Caller): readonly Subscriber[] {
    return this.subscribers.filter((subscriber) => isSameCaller(subscriber.caller, caller))
  }

  /** Adds a subscriber. Resolves when it is accepted; rejects with the reason when it is rejected. */
  add(subscriber: Subscriber): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.set(subscriber, { resolve, reject, isRateLimited: false })
    })
  }

  has(subscriber: Subscriber): boolean {
    return this.#pending.has(subscriber)
  }

  /** The join of these subscribers was rate limited. */
  postpone(subscribers: readonly Subscriber[]): void {
    for (const subscriber of subscribers) {
      const pending = this.#pending.get(subscriber)
      if (pending) pending.isRateLimited = true
    }
  }

  /** Does nothing for a subscriber that is no longer pending. */
  accept(subscriber: Subscriber): void {
    this.#pending.get(subscriber)?.resolve()
    this.#pending.delete(subscriber)
  }

  /** Does nothing for a subscriber that is no longer pending. */
  reject(subscriber: Subscriber, error: unknown): void {
    this.#pending.get(subscriber)?.reject(error)
    this.#pending.delete(subscriber)
  }
}
