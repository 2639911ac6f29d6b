import { type Cursor, requiredReadStart } from '../../cursor/cursor.ts'
import { MAX_COMMIT_DELAY_MICROS } from '../../cursor/read-state.ts'
import type { RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { RoomEvent } from '../../domain/events.ts'
import type { RecentMessages } from '../../domain/messages.ts'
import { comparePositions, type Message, type Position } from '../../domain/model.ts'
import type { RoomView } from '../../domain/room-view.ts'
import type { DetectedChange } from './detected-change.ts'
import { EventLog, type KnownRoomState, type LoggedEvent, type RoomKey } from './event-log.ts'
import { PushedChanges, type PushedMessageChange, type ReceivedChange } from './pushed-changes.ts'
import {
  applyRead,
  cursorAtTime,
  extendBackwards,
  type MessageSnapshot,
  readStateBefore,
  replay,
} from './replay.ts'
import { RoomSnapshot } from './room-snapshot.ts'
import { EMPTY_WATERMARK, watermarkAt } from './watermark.ts'

/** The start of a subscription: after a cursor, or at a time of the gateway's clock. */
export type SubscriptionStart = { readonly after: Cursor } | { readonly since: Date }

/** A subscriber that is about to start. */
export interface StartingSubscriber {
  readonly start: SubscriptionStart
  readonly view: RoomView
  /** `performance.now()` when it subscribed; its cursor is older. */
  readonly createdAt: number
}

/** The first events of a subscriber. */
export interface FirstEvents {
  readonly events: readonly RoomEvent[]
  /** The subscriber's cursor where it may have read more of the room than the last read; else null. */
  readonly ahead: Cursor | null
}

/** What a read of the room shows. */
export interface ReadResult {
  readonly events: readonly LoggedEvent[]
  /** Whether it suggests that the room's own state changed. */
  readonly suggestsRoomChange: boolean
  /** Milliseconds since the last activity: 0 where the read shows changes, null where it shows none since the last read. */
  readonly inactiveMs: number | null
}

/** Knowledge about the room's own state, by view. */
export interface RoomStateKnowledge {
  readonly known: Readonly<Record<RoomView, KnownRoomState>>
  /** Takes in a poll before its changes are delivered. True where it suggests that the room's state changed. */
  onPolled(recent: RecentMessages, changes: readonly DetectedChange[]): boolean
}

export interface TimelineOptions {
  readonly room: RoomKey
  readonly states: RoomStateKnowledge
  /** Milliseconds by which the provider's clock is ahead of the gateway's. */
  readonly clockSkewMs: () => number
}

/**
 * The history of one room as its poller knows it: it turns each read into events by a diff with the last one, and gives a
 * new subscriber the events after its cursor.
 */
export class Timeline {
  readonly #snapshot = new RoomSnapshot()
  readonly #log: EventLog
  readonly #states: RoomStateKnowledge
  readonly #clockSkewMs: () => number
  readonly #pushed = new PushedChanges()
  #readCount = 0
  #isStarted = false
  /** The newest message of the last read: the next one must reach back to it, because push may have lost what followed. */
  #readTo: Position | null = null
  #roomRevision: string | undefined
  /** When the read that was last applied started. */
  #readStartedAt = Number.NEGATIVE_INFINITY

  constructor({ room, states, clockSkewMs }: TimelineOptions) {
    this.#log = new EventLog(room)
    this.#states = states
    this.#clockSkewMs = clockSkewMs
  }

  /** Number of applied reads. */
  get readCount(): number {
    return this.#readCount
  }

  /** The known messages, oldest first. */
  get messages(): readonly Message[] {
    return this.#snapshot.messages
  }

  /** Provider time in milliseconds of the newest known message; 0 where none is known. */
  get newestAtMs(): number {
    return (this.#snapshot.messages.at(-1)?.position.micros ?? 0) / 1000
  }

  /**
   * Starts without a read at the earliest time from which one of these subscribers starts, because the provider pushes what
   * follows. Does nothing where something was read, or where all of them start after cursors: only a read shows what those
   * have missed.
   */
  startUnread(subscribers: readonly StartingSubscriber[]): void {
    const starts = subscribers
      .filter(({ start }) => 'since' in start)
      .map((subscriber) => this.#startOf(subscriber).position)
    if (this.#isStarted || starts.length === 0) return
    const start = starts.reduce((a, b) => (comparePositions(a, b) <= 0 ? a : b))
    this.#isStarted = true
    this.#log.startAt(start)
    applyRead(this.#snapshot, { messages: [], from: start })
  }

  /**
   * The position from which the next read must be complete, so that these subscribers can start and no late commit is
   * missed; null where any read will do.
   */
  earliestPositionToRead(subscribers: readonly StartingSubscriber[]): Position | null {
    const starts = subscribers.map((subscriber) => requiredReadStart(this.#startOf(subscriber)))
    const known = this.#readTo
      ? { micros: Math.max(0, this.#readTo.micros - MAX_COMMIT_DELAY_MICROS), id: '' }
      : this.#snapshot.from
    const positions = known ? [...starts, known] : starts
    return positions.reduce<Position | null>((a, b) => (a && comparePositions(a, b) <= 0 ? a : b), null)
  }

  /**
   * Applies a read that started at `startedAt` (`performance.now()`). `held` are pushed changes that waited for it: those that
   * it may be too old to show are applied with it, in order.
   */
  applyRead(recent: RecentMessages, startedAt: number, held: readonly ReceivedChange[] = []): ReadResult {
    const isFirst = !this.#isStarted
    this.#isStarted = true
    this.#readCount += 1
    this.#readStartedAt = startedAt
    this.#readTo = recent.messages.at(-1)?.position ?? this.#readTo
    this.#roomRevision = recent.roomRevision
    for (const received of held) this.#pushed.note(received)
    const read = this.#pushed.complete(recent, startedAt)
    if (isFirst) this.#log.start(read.messages)
    const { events, suggestsRoomChange } = this.#apply(read)
    if (events.length > 0) return { events, suggestsRoomChange, inactiveMs: 0 }
    const nowMs = Date.now() + this.#clockSkewMs()
    const inactiveMs = isFirst ? timeSinceNewestMs(read.messages, nowMs) : null
    return { events, suggestsRoomChange, inactiveMs }
  }

  /**
   * Applies a change that the provider pushed at `receivedAt` (`performance.now()`). Null where it shows nothing new; UNCLEAR
   * where only a read can show whether it does.
   */
  applyPushed(change: PushedMessageChange, receivedAt: number): ReadResult | 'UNCLEAR' | null {
    const read = this.#pushed.apply(change, this.#snapshot, receivedAt)
    if (read === null || read === 'UNCLEAR') return read
    return this.#apply(this.#roomRevision ? { ...read, roomRevision: this.#roomRevision } : read)
  }

  #apply(read: RecentMessages): ReadResult {
    const { changes, readState } = applyRead(this.#snapshot, read, this.#pushed.deletedIds)
    this.#pushed.onRead(changes)
    // Comes first: the cursors of these changes must say that the room's state may be outdated.
    const suggestsRoomChange = this.#states.onPolled(read, changes)
    const events = this.#log.append(changes, readState, this.#states.known)
    return { events, suggestsRoomChange, inactiveMs: 0 }
  }

  /** The cursor of a subscriber that has received everything and knows this state of the room. */
  cursorWith(roomState: RoomStateVersion): string {
    return this.#log.endCursor(readStateBefore([], this.#snapshot), roomState)
  }

  /**
   * Gives a subscriber the events after its start, with a gap where the reads do not show all of them; null where another
   * read may show more. `ownRead` is the read that was made for the subscriber, even if a newer one was applied before its
   * response came; null where there is none. With it the result is final once any read was applied that started after the
   * subscriber came: under a rate limit a poll may always complete first.
   */
  firstEvents(subscriber: StartingSubscriber, ownRead: RecentMessages | null): FirstEvents | null {
    const start = this.#startOf(subscriber)
    const logged = this.#log.eventsAfter(start, subscriber.view)
    if (logged) return { events: logged, ahead: null }
    const isFinal = ownRead !== null && this.#readStartedAt >= subscriber.createdAt
    if (!isFinal && (this.#snapshot.from === null || this.#isBehind(start))) return null
    const snapshot = ownRead && isFinal ? extendBackwards(this.#snapshot, ownRead) : this.#snapshot
    const changes = replay(start, snapshot)
    if (!isFinal && changes.some((detected) => mayBeOutdated(detected, start))) return null
    return {
      events: this.#eventsOf(changes, start, snapshot, subscriber.view),
      ahead: isFinal ? null : start,
    }
  }

  #eventsOf(
    changes: readonly DetectedChange[],
    start: Cursor,
    snapshot: MessageSnapshot,
    view: RoomView,
  ): readonly RoomEvent[] {
    const readState = readStateBefore(changes, snapshot)
    return this.#log.createEventsFor(changes, start, readState, this.#states.known[view])
  }

  /** Whether the holder of a cursor has read something newer than the last read, which then may show outdated versions. */
  #isBehind({ position, changeMicros, fingerprint }: Cursor): boolean {
    if (fingerprint === null) return false
    const known = watermarkAt(this.#snapshot.messages, EMPTY_WATERMARK)
    return known.changeMicros < Math.max(position.micros, changeMicros)
  }

  /** Converts a start at a time of the gateway's clock to the provider's clock. */
  #startOf({ start }: StartingSubscriber): Cursor {
    if ('after' in start) return start.after
    return cursorAtTime(new Date(start.since.getTime() + this.#clockSkewMs()))
  }
}

/** Whether a change may be outdated: it is a gap, or not later than what the holder of the cursor has read. */
function mayBeOutdated({ change, changedAtMicros }: DetectedChange, { changeMicros }: Cursor): boolean {
  return change.type === 'Gap' || changedAtMicros <= changeMicros
}

/** Milliseconds from the newest of some messages, oldest first, to a time of the provider's clock. */
function timeSinceNewestMs(messages: readonly Message[], nowMs: number): number {
  return Math.max(0, nowMs - (messages.at(-1)?.createdAt.getTime() ?? 0))
}
