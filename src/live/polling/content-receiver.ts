import { comparePositions, type Message } from '../../domain/model.ts'
import type { NewestMessage } from '../../domain/rooms.ts'
import type { PushedMessageChange, ReceivedChange } from '../changes/pushed-changes.ts'
import { RowContinuity } from '../changes/row-continuity.ts'
import type { Timeline } from '../changes/timeline.ts'
import type { PollSchedule } from './poll-schedule.ts'
import type { RoomSubscribers } from './room-subscribers.ts'

/** Vendors send webhooks at the same time and in any order: content waits so long for what came before it. */
const REORDERING_MS = 250
/** Changes that can wait for a poll; beyond that the poll brings what they would have brought. */
const MAX_HELD = 1_000

export interface ContentReceiverOptions {
  readonly timeline: Timeline
  readonly schedule: PollSchedule
  readonly subscribers: RoomSubscribers
  /** Called when something was delivered. */
  readonly onDelivered: () => void
}

/**
 * Applies what webhooks and the account poller's rows show of one room's messages, so that they need no read. Content waits
 * while a poll is requested, since that poll may find something older, and while an authorization has expired.
 */
export class ContentReceiver {
  readonly #options: ContentReceiverOptions
  readonly #rows = new RowContinuity()
  #held: ReceivedChange[] = []

  constructor(options: ContentReceiverOptions) {
    this.#options = options
  }

  /** Takes in changes that a webhook contains. */
  receive(changes: readonly PushedMessageChange[]): void {
    const receivedAt = performance.now()
    this.#held.push(...changes.map((change) => ({ change, receivedAt })))
    if (this.#held.length > MAX_HELD) {
      this.#held = []
      this.#options.schedule.pollNow()
    }
  }

  /** Milliseconds until content is due; Infinity where none waits, or where a poll must come first. */
  get waitMs(): number {
    const [oldest] = this.#held
    const { schedule, timeline } = this.#options
    if (!oldest || schedule.isPollRequested || timeline.needsRead) return Number.POSITIVE_INFINITY
    return Math.max(0, oldest.receivedAt + REORDERING_MS - performance.now())
  }

  /**
   * Takes in the account poller's row of the room; `newest` is null where it shows no message that can be used. NEEDS_READ
   * where only a poll can show what came. COMPLETE where everything that came is known: a poll that was requested for new
   * messages only is not needed any more. QUEUED where a read that is due comes first.
   */
  onRow(newest: NewestMessage | null, isRoomUnchanged: boolean): 'NEEDS_READ' | 'COMPLETE' | 'QUEUED' {
    const { timeline, subscribers } = this.#options
    const receivedAt = performance.now()
    const context = { receivedAt, isRoomUnchanged, known: timeline.messages }
    const { needsRead, messages } = this.#rows.onRow(newest, context)
    if (needsRead) return 'NEEDS_READ'
    if (!this.#rows.isConfirmed) return 'QUEUED'
    if (subscribers.expiredAuthorization || timeline.needsRead) {
      this.resetRows()
      return 'NEEDS_READ'
    }
    for (const message of messages) this.#apply({ type: 'Message', message }, receivedAt)
    this.#applyHeld()
    return 'COMPLETE'
  }

  /** Another process reads the room, and has taken in this row (`onRow`): the first read of this one continues from it. */
  onFollowedRow(newest: NewestMessage | null): void {
    this.#rows.startAt(newest, performance.now())
  }

  /** The rows are not compared for now: the next one needs a read. */
  resetRows(): void {
    this.#rows.reset()
  }

  /** A poll was applied that started at `startedAt` (`performance.now()`). */
  onPolled(startedAt: number): void {
    const { timeline, schedule } = this.#options
    // The poll shows what arrived before it started, unless it is gone again.
    this.#held = this.#held.filter(({ receivedAt }) => receivedAt >= startedAt)
    if (!this.#rows.onRead(startedAt, timeline.messages)) schedule.pollNow()
    this.applyDue()
  }

  /** Applies the changes that wait, if they may be delivered now. */
  applyDue(): void {
    const { schedule, subscribers } = this.#options
    if (this.waitMs > 0) return
    if (subscribers.expiredAuthorization) schedule.pollNow()
    else this.#applyHeld()
  }

  #applyHeld(): void {
    const held = [...this.#held].sort(({ change: a }, { change: b }) => compareChanges(a, b))
    this.#held = []
    for (const { change, receivedAt } of held) this.#apply(change, receivedAt)
  }

  #apply(change: PushedMessageChange, receivedAt: number): void {
    const { timeline, schedule, subscribers, onDelivered } = this.#options
    if (change.type === 'Message' && isLate(change.message, timeline)) {
      schedule.pollNow()
      return
    }
    const result = timeline.applyPushed(change, receivedAt)
    if (result === 'UNCLEAR') schedule.pollNow()
    if (result === 'UNCLEAR' || result === null) return
    schedule.onContent()
    subscribers.deliver(result)
    onDelivered()
  }
}

/** Messages in their order, then deletions. */
function compareChanges(a: PushedMessageChange, b: PushedMessageChange): number {
  if (a.type === 'MessageDeleted' || b.type === 'MessageDeleted') {
    return Number(a.type === 'MessageDeleted') - Number(b.type === 'MessageDeleted')
  }
  return comparePositions(a.message.position, b.message.position)
}

/** Whether an unknown message stands before known ones: its webhook came so late that it may be gone again. */
function isLate({ ref, position }: Message, { messages, newestAtMs }: Timeline): boolean {
  const isKnown = messages.some(({ ref: { messageId } }) => messageId === ref.messageId)
  return !isKnown && position.micros / 1000 < newestAtMs
}
