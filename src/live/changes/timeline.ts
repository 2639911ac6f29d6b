import { type Cursor, type LogPosition, requiredReadStart } from '../../cursor/cursor.ts'
import { MAX_COMMIT_DELAY_MICROS } from '../../cursor/read-state.ts'
import type { RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { RecentMessages } from '../../domain/messages.ts'
import {
  comparePositions,
  FIRST_POSITION,
  laterPosition,
  type Message,
  type Position,
} from '../../domain/model.ts'
import type { RoomView } from '../../domain/room-view.ts'
import { type DetectedChange, suggestsRoomChange } from './detected-change.ts'
import { EventLog, type KnownRoomState, type LoggedEvent, type RoomKey } from './event-log.ts'
import {
  type FirstEvents,
  firstEvents,
  firstEventsAhead,
  type HistoryForSubscriber,
  type StartingSubscriber,
} from './first-events.ts'
import { PushedChanges, type PushedMessageChange, type ReceivedChange } from './pushed-changes.ts'
import { applyRead, cursorAtTime, readStateBefore } from './replay.ts'
import { RoomSnapshot } from './room-snapshot.ts'
import { EMPTY_WATERMARK, type Watermark, type WatermarkedChange } from './watermark.ts'

/** The state from which a timeline of another process continues. */
export interface TimelineState {
  /** The known messages, oldest first. */
  readonly messages: readonly Message[]
  /** The position from which they are complete. */
  readonly from: Position
  /** How far subscribers that have received all events have read. */
  readonly watermark: Watermark
  /** The position in the log after which events follow. */
  readonly end: LogPosition
}

/** An event of the log that another process has numbered. */
export interface NumberedChange {
  readonly change: WatermarkedChange
  readonly logPosition: LogPosition
}

/** A position of the log: after an event, or after something that is no event (null). */
export interface LoggedPosition {
  readonly change: WatermarkedChange | null
  readonly logPosition: LogPosition
}

/** What a read of the room shows. */
export interface ReadResult {
  readonly events: readonly LoggedEvent[]
  /** Whether it suggests that the room's own state changed. */
  readonly suggestsRoomChange: boolean
  /** Whether only a later read shows if known messages that this one lacks are gone. */
  readonly isUnconfirmed: boolean
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
  /** A read may not show what was pushed up to this many milliseconds before. */
  readonly maxReadLagMs: number
  /** Called with the events that this process has numbered, before they are delivered. */
  readonly onLogged?: (events: readonly LoggedEvent[]) => void
}

/** The room states of events from before the state was known: a subscriber that resumes after them receives the state. */
const UNKNOWN_STATES: Readonly<Record<RoomView, KnownRoomState>> = {
  OPERATOR: { version: { view: 'OPERATOR', hash: null, resend: 'SEND' }, room: null },
  VISITOR: { version: { view: 'VISITOR', hash: null, resend: 'SEND' }, room: null },
}

/** Whether the room's state may differ before and after a position of the log: what is no event is a state that was read. */
function mayChangeRoomState({ change }: LoggedPosition): boolean {
  return change === null || suggestsRoomChange(change.detected.change)
}

/** Messages of a followed room that are kept, so that a read of its next holder can be compared with them. */
const MAX_FOLLOWED_MESSAGES = 200

/**
 * The history of one room as its poller knows it: it turns each read into events by a diff with the last one, and gives a
 * new subscriber the events after its cursor.
 */
export class Timeline {
  readonly #options: TimelineOptions
  readonly #states: RoomStateKnowledge
  readonly #clockSkewMs: () => number
  #snapshot = new RoomSnapshot()
  #log: EventLog
  #pushed: PushedChanges
  #readCount = 0
  #isStarted = false
  /** The newest message of the last read: the next one must reach back to it, because push may have lost what followed. */
  #readTo: Position | null = null
  #roomRevision: string | undefined
  /** When the read that was last applied started. */
  #readStartedAt = Number.NEGATIVE_INFINITY
  /** A read that started earlier may be older than what another process has logged. */
  #readableFrom = Number.NEGATIVE_INFINITY
  #needsRead = false

  constructor(options: TimelineOptions) {
    this.#options = options
    this.#states = options.states
    this.#clockSkewMs = options.clockSkewMs
    this.#log = new EventLog(options.room)
    this.#pushed = new PushedChanges(options.maxReadLagMs)
  }

  /** Forgets everything, to continue from the state of another process. */
  reset(): void {
    this.#snapshot = new RoomSnapshot()
    this.#log = new EventLog(this.#options.room)
    this.#pushed = new PushedChanges(this.#options.maxReadLagMs)
    this.#isStarted = false
    this.#needsRead = false
    this.#readableFrom = Number.NEGATIVE_INFINITY
    this.#readTo = null
    this.#roomRevision = undefined
    this.#readStartedAt = Number.NEGATIVE_INFINITY
  }

  get isStarted(): boolean {
    return this.#isStarted
  }

  /**
   * Continues from the state of another process, where nothing was read yet; `earlier` is the log before it. Only reads that
   * started at `readableFrom` (`performance.now()`) or later are certainly as new as that state.
   */
  restore(
    { messages, from, watermark, end }: TimelineState,
    earlier: readonly LoggedPosition[],
    readableFrom: number,
  ): void {
    this.#isStarted = true
    this.#readableFrom = readableFrom
    this.#snapshot.diff({ messages, from })
    this.#readTo = messages.at(-1)?.position ?? from
    const [first] = earlier
    if (first) {
      const { epoch, sequence } = first.logPosition
      this.#log.continueAfter({ epoch, sequence: sequence - 1 }, watermark)
      const steadyFrom = earlier.findLastIndex(mayChangeRoomState) + 1
      for (const [index, { change, logPosition }] of earlier.entries()) {
        const states = index < steadyFrom ? UNKNOWN_STATES : this.#restoredStates
        if (change) this.#log.appendLogged(change, logPosition, states)
        else this.#log.advanceTo(logPosition)
      }
      this.#log.continueTo(end, watermark)
    } else this.#log.continueAfter(end, watermark)
  }

  /** The states that were saved with a snapshot. */
  get #restoredStates(): Readonly<Record<RoomView, KnownRoomState>> {
    const { OPERATOR, VISITOR } = this.#states.known
    return {
      OPERATOR: OPERATOR.room ? OPERATOR : UNKNOWN_STATES.OPERATOR,
      VISITOR: VISITOR.room ? VISITOR : UNKNOWN_STATES.VISITOR,
    }
  }

  /** The sequence number of the last entry of the log. */
  get endSequence(): number {
    return this.#log.end.sequence
  }

  /** Takes the next position in the log for something that is no event. */
  advance(): LogPosition {
    return this.#log.advance()
  }

  /** Takes in a position that another process has given to something that is no event. */
  advanceTo(position: LogPosition): void {
    this.#log.advanceTo(position)
  }

  /** What another process can continue from; null before anything was read. */
  get state(): TimelineState | null {
    const { messages, from } = this.#snapshot
    return from && { messages, from, watermark: this.#log.watermark, end: this.#log.end }
  }

  /**
   * Reads of this process that started at `readableFrom` (`performance.now()`) or later decide from now on, instead of another
   * one's log; it numbers further events in this epoch.
   */
  takeOver(epoch: string, readableFrom = this.#readableFrom): void {
    if (this.#isStarted) this.#readableFrom = readableFrom
    this.#needsRead = this.#isStarted
    this.#pushed.forgetReceived()
    this.setEpoch(epoch)
  }

  /** Numbers further events in this epoch. Where nothing was read or logged yet, the log begins in it. */
  setEpoch(epoch: string): void {
    this.#log.setEpoch(epoch)
    if (!this.#isStarted) this.#log.continueAfter({ epoch, sequence: 0 }, EMPTY_WATERMARK)
  }

  /** Number of applied reads. */
  get readCount(): number {
    return this.#readCount
  }

  /** Whether another process has logged what is known, and only a read shows what has happened since. */
  get needsRead(): boolean {
    return this.#needsRead
  }

  /** Whether a read that started then (`performance.now()`) is as new as what another process has logged. */
  isReadable(startedAt: number): boolean {
    return startedAt >= this.#readableFrom
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
    this.#needsRead = false
    this.#readCount += 1
    this.#readStartedAt = startedAt
    this.#readTo = recent.messages.at(-1)?.position ?? this.#readTo
    this.#roomRevision = recent.roomRevision
    for (const received of held) this.#pushed.note(received)
    this.#pushed.forgetBefore(startedAt)
    const { read, isContradicted } = this.#pushed.complete(recent, startedAt)
    if (isFirst) this.#log.start(read.messages)
    const result = this.#apply(read)
    const isUnconfirmed = isContradicted || this.#snapshot.hasMissing
    if (result.events.length > 0) return { ...result, isUnconfirmed }
    const nowMs = Date.now() + this.#clockSkewMs()
    const inactiveMs = isFirst ? timeSinceNewestMs(read.messages, nowMs) : null
    return { ...result, isUnconfirmed, inactiveMs }
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

  /**
   * Applies an event that another process has detected and numbered at `receivedAt` (`performance.now()`), in the order of the
   * log.
   */
  applyLogged({ change, logPosition }: NumberedChange, receivedAt: number): ReadResult {
    const { detected } = change
    const pushed = toPushedChange(detected)
    if (pushed) this.#pushed.note({ change: pushed, receivedAt })
    this.#snapshot.applyChange(detected, MAX_FOLLOWED_MESSAGES)
    this.#readTo = this.#snapshot.messages.at(-1)?.position ?? this.#readTo
    const isSuspect = suggestsRoomChange(detected.change)
    const event = this.#log.appendLogged(change, logPosition, this.#states.known)
    return { events: [event], suggestsRoomChange: isSuspect, isUnconfirmed: false, inactiveMs: 0 }
  }

  #apply(read: RecentMessages): ReadResult {
    const { changes, readState } = applyRead(this.#snapshot, read, this.#pushed.deletedIds)
    this.#pushed.onRead(changes)
    // Comes first: the cursors of these changes must say that the room's state may be outdated.
    const suggestsRoomChange = this.#states.onPolled(read, changes)
    const events = this.#log.append(changes, readState, this.#states.known)
    if (events.length > 0) this.#options.onLogged?.(events)
    return { events, suggestsRoomChange, isUnconfirmed: false, inactiveMs: 0 }
  }

  /** The cursor of a subscriber that has received everything and knows this state of the room. */
  cursorWith(roomState: RoomStateVersion): string {
    return this.#log.endCursor(readStateBefore([], this.#snapshot), roomState)
  }

  /** The first events of a subscriber; see `firstEvents`. */
  firstEvents(subscriber: StartingSubscriber, ownRead: RecentMessages | null): FirstEvents | null {
    return firstEvents(this.#historyFor(subscriber), ownRead)
  }

  /** The first events of a subscriber where another process reads the room; see `firstEventsAhead`. */
  firstEventsAhead(
    subscriber: StartingSubscriber,
    ownRead: RecentMessages,
    startedAt: number,
  ): FirstEvents | null {
    const whole = this.isReadable(startedAt) ? this.#pushed.complete(ownRead, startedAt).read : null
    return firstEventsAhead(this.#historyFor(subscriber), ownRead, whole)
  }

  /** The messages of a read that came after everything that is known; null where the read does not reach back to that. */
  messagesBeyond({ messages, from }: RecentMessages): readonly Message[] | null {
    const end = this.#snapshot.messages.map(({ position }) => position).reduce(laterPosition, FIRST_POSITION)
    if (from && comparePositions(from, end) > 0) return null
    return messages.filter(({ position }) => comparePositions(position, end) > 0)
  }

  #historyFor(subscriber: StartingSubscriber): HistoryForSubscriber {
    const { view } = subscriber
    return {
      start: this.#startOf(subscriber),
      view,
      log: this.#log,
      snapshot: this.#snapshot,
      roomState: this.#states.known[view],
      isReadSinceCreated: this.#readStartedAt >= subscriber.createdAt,
    }
  }

  /** Converts a start at a time of the gateway's clock to the provider's clock. */
  #startOf({ start }: StartingSubscriber): Cursor {
    if ('after' in start) return start.after
    return cursorAtTime(new Date(start.since.getTime() + this.#clockSkewMs()))
  }
}

/** A logged change as its provider would have pushed it; null for a gap. */
function toPushedChange({ change, message }: DetectedChange): PushedMessageChange | null {
  if (message) return { type: 'Message', message }
  return change.type === 'MessageDeleted' ? { type: 'MessageDeleted', messageId: change.ref.messageId } : null
}

/** Milliseconds from the newest of some messages, oldest first, to a time of the provider's clock. */
function timeSinceNewestMs(messages: readonly Message[], nowMs: number): number {
  return Math.max(0, nowMs - (messages.at(-1)?.createdAt.getTime() ?? 0))
}
