import type { Caller } from '../../domain/caller.ts'
import type { FirstEvents } from '../changes/first-events.ts'
import type { ReadResult, Timeline } from '../changes/timeline.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import { findExpiredAuthorization, findPeer, isSameCaller } from './authorization.ts'
import { PendingSubscribers } from './pending-subscribers.ts'
import type { RoomStateTracker } from './room-state-tracker.ts'

export interface RoomSubscribersOptions {
  /** Whether the provider has accepted a subscriber's credential. */
  readonly isVerified: (subscriber: Subscriber) => boolean
  /** Whether the provider pushes the room to this caller. */
  readonly isPushedTo: (caller: Caller) => boolean
  /** Milliseconds for which a subscriber waits for push before it joins with a read. */
  readonly joinWaitMs: (subscriber: Subscriber) => number
  readonly timeline: Timeline
  readonly states: RoomStateTracker
}

/** The subscribers of one room: active ones, which receive its events, and pending ones, which wait for authorization. */
export class RoomSubscribers {
  readonly active = new Set<Subscriber>()
  readonly pending: PendingSubscribers
  readonly #isPushedTo: RoomSubscribersOptions['isPushedTo']
  readonly #timeline: Timeline
  readonly #states: RoomStateTracker

  constructor({ isVerified, isPushedTo, joinWaitMs, timeline, states }: RoomSubscribersOptions) {
    this.pending = new PendingSubscribers(isVerified, joinWaitMs)
    this.#isPushedTo = isPushedTo
    this.#timeline = timeline
    this.#states = states
  }

  get size(): number {
    return this.active.size + this.pending.size
  }

  get all(): readonly Subscriber[] {
    return [...this.pending.subscribers, ...this.active]
  }

  /** An active caller whose authorization has expired; null where there is none. */
  get expiredAuthorization(): Caller | null {
    return findExpiredAuthorization(this.active, this.#isPushedTo)
  }

  /** Starts a subscriber without a read of its own, where another one has its credential and the timeline suffices. */
  startWithPeer(subscriber: Subscriber): boolean {
    const peer = findPeer(this.active, subscriber.caller)
    if (!peer || !this.#enqueue(subscriber, this.#timeline.firstEvents(subscriber, null))) return false
    subscriber.authorizedAt = peer.authorizedAt
    this.active.add(subscriber)
    return true
  }

  /**
   * Starts the pending subscribers of a caller that the provider authorized at `authorizedAt` (`performance.now()`), with their
   * first events. Those for which `firstEventsOf` returns null need another read.
   */
  startAuthorized(
    caller: Caller,
    firstEventsOf: (subscriber: Subscriber) => FirstEvents | null,
    authorizedAt = performance.now(),
  ): void {
    for (const subscriber of this.pending.findByCaller(caller)) {
      if (!this.#enqueue(subscriber, firstEventsOf(subscriber))) continue
      subscriber.authorizedAt = authorizedAt
      this.pending.accept(subscriber)
      this.active.add(subscriber)
    }
  }

  /** Delivers what a poll shows to the active subscribers. */
  deliver({ events, suggestsRoomChange }: Pick<ReadResult, 'events' | 'suggestsRoomChange'>): void {
    for (const subscriber of [...this.active]) {
      if (suggestsRoomChange) subscriber.expectRoomState()
      subscriber.deliver(events)
    }
  }

  /** Detaches the active subscribers, because what is known is replaced, until `reattach`. */
  detach(): readonly Subscriber[] {
    const detached = [...this.active]
    this.active.clear()
    for (const subscriber of detached) subscriber.restart()
    return detached
  }

  /** Starts detached subscribers after what they have received; where that is not known, a read comes first. */
  reattach(detached: readonly Subscriber[]): void {
    for (const subscriber of detached) {
      if (this.#enqueue(subscriber, this.#timeline.firstEvents(subscriber, null))) this.active.add(subscriber)
      else this.pending.add(subscriber).catch((error: unknown) => subscriber.events.end(error))
    }
  }

  remove(subscriber: Subscriber): void {
    this.active.delete(subscriber)
    this.pending.reject(subscriber, new DOMException('The subscriber left.', 'AbortError'))
  }

  /** Ends the streams of all subscribers of a caller, active or pending, with an error. */
  rejectCaller(caller: Caller, error: unknown): void {
    this.reject(
      this.all.filter((subscriber) => isSameCaller(subscriber.caller, caller)),
      error,
    )
  }

  /** Ends the streams of subscribers, active or pending, with an error. */
  reject(subscribers: readonly Subscriber[], error: unknown): void {
    for (const subscriber of subscribers) {
      this.pending.reject(subscriber, error)
      subscriber.events.end(error)
    }
  }

  #enqueue(subscriber: Subscriber, first: FirstEvents | null): boolean {
    if (!first) return false
    if (first.ahead) subscriber.setAhead(first.ahead)
    subscriber.enqueue(this.#states.admitSubscriber(subscriber, first.events))
    return true
  }
}
