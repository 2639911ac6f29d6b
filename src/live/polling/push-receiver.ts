import type { ChatAdapter } from '../../domain/adapter.ts'
import type { Caller } from '../../domain/caller.ts'
import type { PushedChange } from '../../domain/push.ts'
import type { PushedMessageChange, ReceivedChange } from '../changes/pushed-changes.ts'
import type { ReadResult, Timeline } from '../changes/timeline.ts'
import type { Subscriber } from '../delivery/subscriber.ts'
import type { PushTimes } from '../push/push-times.ts'
import { RoomPush } from '../push/room-push.ts'
import { markAuthorized } from './authorization.ts'
import type { PollSchedule } from './poll-schedule.ts'
import type { RoomStateTracker } from './room-state-tracker.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

/** Pushed changes that can wait; beyond that a poll brings what they would have brought. */
const MAX_HELD = 1_000

export interface PushReceiverOptions {
  readonly adapter: ChatAdapter
  readonly roomId: string
  readonly timeline: Timeline
  readonly schedule: PollSchedule
  readonly subscribers: RoomSubscribers
  readonly states: RoomStateTracker
  readonly pushTimes: PushTimes
  /** Resolves when it is known whether this process reads the room. */
  readonly attach: () => Promise<void>
  /** Called when something became due or was delivered. */
  readonly onProgress: () => void
}

/**
 * Receives what the provider pushes of one room, with the credentials of its subscribers, and applies it to the timeline.
 * Changes wait while something older may still be found by a poll, or while an authorization has expired.
 */
export class PushReceiver {
  readonly #options: PushReceiverOptions
  readonly #push: RoomPush | null
  readonly #releases = new Map<Subscriber, () => void>()
  #held: ReceivedChange[] = []
  #isSuspended = false

  constructor(options: PushReceiverOptions) {
    this.#options = options
    const { adapter, roomId } = options
    this.#push = adapter.push
      ? new RoomPush({
          push: adapter.push,
          roomId,
          onLive: (caller) => this.#onLive(caller),
          onChange: (change) => this.#receive(change),
          onDown: () => this.#onStateChange(),
        })
      : null
  }

  /** `performance.now()` at which the push socket last showed life; null while nothing is pushed. */
  get aliveAt(): number | null {
    return this.#push?.aliveAt ?? null
  }

  /** Whether the provider has not said yet whether it pushes to a caller. */
  get isStarting(): boolean {
    return this.#push?.isStarting ?? false
  }

  /** Whether the provider pushes to this caller itself, and so has authorized it. */
  isLiveFor(caller: Caller): boolean {
    return this.#push?.isLiveFor(caller) ?? false
  }

  /** Receives push with the subscriber's credential until `remove`. */
  add(subscriber: Subscriber): void {
    if (this.#push && !this.#isSuspended)
      this.#releases.set(subscriber, this.#push.acquire(subscriber.caller))
  }

  /** Receives nothing any more, because another process reads the room. */
  suspend(): void {
    this.#isSuspended = true
    for (const subscriber of [...this.#releases.keys()]) this.remove(subscriber)
    this.#held = []
  }

  /** Receives again with the credentials of these subscribers, and of those that are added. */
  resume(subscribers: readonly Subscriber[]): void {
    if (!this.#isSuspended) return
    this.#isSuspended = false
    for (const subscriber of subscribers) this.add(subscriber)
  }

  remove(subscriber: Subscriber): void {
    const liveSince = this.#push?.liveSince
    this.#releases.get(subscriber)?.()
    this.#releases.delete(subscriber)
    if (this.#push?.liveSince !== liveSince) this.#onStateChange()
  }

  /**
   * Milliseconds for which a new subscriber waits for push instead of reading; 0 for one that resumes after a cursor, since
   * only a read shows what it has missed.
   */
  joinWaitMs({ start, caller, createdAt }: Subscriber): number {
    if ('after' in start || !this.#push?.isExpectedFor(caller)) return 0
    return Math.max(0, createdAt + this.#options.pushTimes.maxJoinWaitMs - performance.now())
  }

  /** Milliseconds until held changes are due; Infinity where none are. */
  get waitMs(): number {
    return this.#held.length > 0 ? this.#options.schedule.push.holdMs : Number.POSITIVE_INFINITY
  }

  /** Applies the held changes as soon as they may be delivered. */
  applyDue(): void {
    const { schedule, subscribers } = this.#options
    if (this.#held.length === 0 || schedule.push.holdMs > 0) return
    if (subscribers.expiredAuthorization) {
      schedule.pollNow()
      return
    }
    const held = this.#held
    this.#held = []
    for (const { change, receivedAt } of held) this.#apply(change, receivedAt)
  }

  /** A read with the caller's credential has succeeded. */
  onRead(caller: Caller): void {
    this.#push?.onRead(caller)
  }

  /**
   * Takes the changes that have waited for a poll which started then (`performance.now()`): they are applied with it, so that
   * each stands in its place, and none that the poll shows to be outdated is delivered.
   */
  takeHeld(startedAt: number): readonly ReceivedChange[] {
    if (!this.#options.schedule.push.endsHold(startedAt)) return []
    const held = this.#held
    this.#held = []
    return held
  }

  /** A poll was applied that started at `startedAt` (`performance.now()`), with the changes that had waited for it. */
  onPolled(startedAt: number, { events, isUnconfirmed }: ReadResult, held: readonly ReceivedChange[]): void {
    const { schedule, adapter, pushTimes } = this.#options
    const liveSince = this.#push?.liveSince ?? null
    // What was written shortly after push went live may have been missed rightly.
    const liveSinceMs =
      liveSince === null ? Number.POSITIVE_INFINITY : Date.now() - (performance.now() - liveSince)
    const expectedFromMs = liveSinceMs + adapter.clockSkewMs() + pushTimes.lateAfterMs
    const pushedIds = new Set(held.map(({ change }) => messageIdOf(change)))
    for (const id of pushedIds) schedule.onPushed(id, true)
    const missedIds = events.flatMap(({ detected: { change } }) =>
      change.type === 'MessageAdded' &&
      !pushedIds.has(change.message.ref.messageId) &&
      change.message.createdAt.getTime() > expectedFromMs
        ? [change.message.ref.messageId]
        : [],
    )
    schedule.push.onPolled(startedAt, missedIds, isUnconfirmed)
  }

  /** The room's own state has changed. */
  expectRoomState(): void {
    const { states, subscribers, onProgress } = this.#options
    states.suspectNow()
    subscribers.deliver({ events: [], suggestsRoomChange: true })
    onProgress()
  }

  #onLive(caller: Caller): void {
    const { attach, subscribers } = this.#options
    this.#onStateChange()
    // An unexpected error ends the streams, like one of the poller: pending subscribers would wait forever.
    attach()
      .then(() => this.#startSubscribers(caller))
      .catch((error: unknown) => subscribers.reject(subscribers.all, error))
  }

  /** A push that has started proves that the provider has authorized the caller. */
  #startSubscribers(caller: Caller): void {
    const { subscribers, timeline, onProgress } = this.#options
    markAuthorized(subscribers.active, caller)
    if (!this.#isSuspended) timeline.startUnread(subscribers.pending.findByCaller(caller))
    subscribers.startAuthorized(caller, (subscriber) => timeline.firstEvents(subscriber, null))
    onProgress()
  }

  #onStateChange(): void {
    const { schedule } = this.#options
    const liveSince = this.#push?.liveSince ?? null
    schedule.setPushLiveSince(liveSince)
    if (liveSince !== null || !this.isStarting) schedule.onPushAnswered()
    // Changes that wait for the comparison would otherwise overtake the next poll.
    if (liveSince === null && this.#held.length > 0) schedule.pollNow()
    this.#options.onProgress()
  }

  #receive(change: PushedChange): void {
    const { onProgress } = this.#options
    if (change.type === 'RoomChanged') {
      this.expectRoomState()
      return
    }
    const { push } = this.#options.schedule
    if (change.type === 'Unreadable' || this.#held.length >= MAX_HELD || push.isFull) {
      this.#expectRead()
    } else {
      this.#held.push({ change, receivedAt: performance.now() })
      this.applyDue()
    }
    onProgress()
  }

  /** Something has changed that only a poll shows. What is pushed from now on waits for it. */
  #expectRead(): void {
    const { schedule } = this.#options
    schedule.push.expectRead()
    schedule.pollNow()
  }

  #apply(change: PushedMessageChange, receivedAt: number): void {
    const { timeline, schedule, subscribers } = this.#options
    const result = timeline.applyPushed(change, receivedAt)
    if (result === 'UNCLEAR') {
      this.#expectRead()
      return
    }
    schedule.onPushed(messageIdOf(change), result !== null)
    if (result) subscribers.deliver(result)
  }
}

function messageIdOf(change: PushedMessageChange): string {
  return change.type === 'Message' ? change.message.ref.messageId : change.messageId
}
