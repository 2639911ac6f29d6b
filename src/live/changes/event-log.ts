import { randomUUID } from 'node:crypto'
import { type Cursor, encodeCursor, type LogPosition } from '../../cursor/cursor.ts'
import type { ReadState } from '../../cursor/read-state.ts'
import type { RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { RoomEvent } from '../../domain/events.ts'
import type { Message, Position, Room } from '../../domain/model.ts'
import type { RoomView } from '../../domain/room-view.ts'
import type { DetectedChange } from './detected-change.ts'
import {
  addWatermarks,
  EMPTY_WATERMARK,
  type Watermark,
  type WatermarkedChange,
  watermarkAt,
} from './watermark.ts'

const MAX_EVENTS = 500

/** The log position of an event that is in no log: its cursor resumes by message position only. */
const NO_POSITION: LogPosition = { epoch: '', sequence: 0 }

/** Identifies the room of events. */
export interface RoomKey {
  readonly provider: string
  readonly roomId: string
}

/** What is known of a room's own state in one view. */
export interface KnownRoomState {
  /** The version that cursors contain; null where nothing is known. */
  readonly version: RoomStateVersion | null
  /** The room as it was last read; null before the first read. */
  readonly room: Room | null
}

/**
 * The last events of one room, numbered. As long as the log holds the event of a cursor, the cursor resumes exactly;
 * afterwards, and where another log is in use, it resumes by message position.
 *
 * Sequence numbers go on over epochs: an epoch is the time during which one process numbers the events.
 */
export class EventLog {
  readonly #room: RoomKey
  #epoch: string = randomUUID()
  readonly #events: LoggedEvent[] = []
  /** The sequence number before the first of the events. */
  #startSequence = 0
  #end: LogPosition = { epoch: this.#epoch, sequence: 0 }
  /** The first sequence number of each epoch, ascending. */
  #epochs: LogPosition[] = [this.#end]
  #watermark = EMPTY_WATERMARK

  constructor(room: RoomKey) {
    this.#room = room
  }

  /** Starts the log after messages that were there before it. */
  start(messages: readonly Message[]): void {
    this.#watermark = watermarkAt(messages, this.#watermark)
  }

  /** Starts the log at a position in a room that was not read. */
  startAt(position: Position): void {
    this.#watermark = { position, changeMicros: position.micros - 1 }
  }

  /** Numbers further events in this epoch. */
  setEpoch(epoch: string): void {
    this.#epoch = epoch
  }

  get watermark(): Watermark {
    return this.#watermark
  }

  /** The position after the last event. */
  get end(): LogPosition {
    return this.#end
  }

  /** Continues the log of another process after this position, where its reader's watermark was this one. */
  continueAfter(end: LogPosition, watermark: Watermark): void {
    this.#events.length = 0
    this.#startSequence = end.sequence
    this.#end = end
    this.#epochs = [end]
    this.#watermark = watermark
  }

  /** Continues after a position and watermark that follow the events. */
  continueTo(end: LogPosition, watermark: Watermark): void {
    this.advanceTo(end)
    this.#watermark = watermark
  }

  /** Takes the next position for something that is no event. */
  advance(): LogPosition {
    this.advanceTo(this.#next)
    return this.#end
  }

  /** Takes in a position that another process has given to something that is no event. */
  advanceTo(position: LogPosition): void {
    if (position.epoch !== this.#end.epoch) this.#epochs.push(position)
    this.#end = position
  }

  /** Takes in an event of the log that another process has numbered. */
  appendLogged(
    change: WatermarkedChange,
    logPosition: LogPosition,
    known: Readonly<Record<RoomView, KnownRoomState>>,
  ): LoggedEvent {
    this.#watermark = change.watermark
    const event = new LoggedEvent(this.#room, change, logPosition, known)
    this.#push(event)
    return event
  }

  /**
   * Appends changes in the order of delivery. `readState` is what subscribers have read before; `known` is the room's own
   * state, as known by now.
   */
  append(
    changes: readonly DetectedChange[],
    readState: ReadState,
    known: Readonly<Record<RoomView, KnownRoomState>>,
  ): readonly LoggedEvent[] {
    return addWatermarks(changes, this.#watermark, readState).map((change) => {
      this.#watermark = change.watermark
      const event = new LoggedEvent(this.#room, change, this.#next, known)
      this.#push(event)
      return event
    })
  }

  #push(event: LoggedEvent): void {
    this.advanceTo(event.logPosition)
    this.#events.push(event)
    if (this.#events.length <= MAX_EVENTS) return
    this.#startSequence = this.#events.shift()?.logPosition.sequence ?? this.#startSequence
    while ((this.#epochs[1]?.sequence ?? Number.POSITIVE_INFINITY) <= this.#startSequence)
      this.#epochs.shift()
  }

  get #next(): LogPosition {
    return { epoch: this.#epoch, sequence: this.#end.sequence + 1 }
  }

  /**
   * Makes the events of changes for one subscriber that starts at `start` and has read `readState`. Only the last event has
   * a log position: the end of the log, unless the subscriber has read more than the log contains (`isAhead`).
   */
  createEventsFor(
    changes: readonly DetectedChange[],
    start: Cursor,
    readState: ReadState,
    known: KnownRoomState,
    isAhead = false,
  ): readonly RoomEvent[] {
    const end = isAhead ? NO_POSITION : this.#end
    return addWatermarks(changes, start, readState).map((change, index) =>
      createRoomEvent(this.#room, change, index === changes.length - 1 ? end : NO_POSITION, known),
    )
  }

  /** The cursor of a subscriber that has received all events, has read `readState` and knows `roomState`. */
  endCursor(readState: ReadState, roomState: RoomStateVersion): string {
    const { position, changeMicros } = this.#watermark
    const fingerprint = readState.fingerprint(changeMicros)
    return encodeCursor({ position, changeMicros, logPosition: this.#end, fingerprint, roomState })
  }

  /** The events after a cursor in a view; null where the log does not hold them, or never did. */
  eventsAfter({ logPosition }: Cursor, view: RoomView): readonly RoomEvent[] | null {
    if (logPosition === null) return null
    const { epoch, sequence } = logPosition
    const isHeld = sequence >= this.#startSequence && sequence <= this.#end.sequence
    if (!isHeld || this.#epochs.findLast((first) => first.sequence <= sequence)?.epoch !== epoch) return null
    const index = this.#events.findIndex((event) => event.logPosition.sequence > sequence)
    return index < 0 ? [] : this.#events.slice(index).map((event) => event.inView(view))
  }
}

/**
 * A change in the log with its event. Each view has an event of its own, made when it is first needed, because the cursor
 * contains what that view shows of the room: a visitor's cursor must not contain a hash of what only agents see.
 */
export class LoggedEvent {
  readonly #room: RoomKey
  readonly change: WatermarkedChange
  /** The position after it. */
  readonly logPosition: LogPosition
  readonly #known: Readonly<Record<RoomView, KnownRoomState>>
  readonly #events: Partial<Record<RoomView, RoomEvent>> = {}

  constructor(
    room: RoomKey,
    change: WatermarkedChange,
    logPosition: LogPosition,
    known: Readonly<Record<RoomView, KnownRoomState>>,
  ) {
    this.#room = room
    this.change = change
    this.logPosition = logPosition
    this.#known = known
  }

  get detected(): DetectedChange {
    return this.change.detected
  }

  /** The event for subscribers of a view: the same object for all of them. */
  inView(view: RoomView): RoomEvent {
    this.#events[view] ??= createRoomEvent(this.#room, this.change, this.logPosition, this.#known[view])
    return this.#events[view]
  }
}

/** Makes the event of a change; `logPosition` is the position after it. */
function createRoomEvent(
  { provider, roomId }: RoomKey,
  { detected, watermark, fingerprint }: WatermarkedChange,
  logPosition: LogPosition,
  known: KnownRoomState,
): RoomEvent {
  const { position, changeMicros } = watermark
  const cursor = encodeCursor({ position, changeMicros, logPosition, fingerprint, roomState: known.version })
  return { provider, roomId, cursor, change: detected.change, room: known.room }
}
