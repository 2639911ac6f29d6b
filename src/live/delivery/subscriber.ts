import { type Cursor, decodeCursor, encodeCursor, withRoomState } from '../../cursor/cursor.ts'
import { messageVersion } from '../../cursor/message-version.ts'
import { isSameRoomState, type RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { Caller } from '../../domain/caller.ts'
import type { RoomChange, RoomEvent } from '../../domain/events.ts'
import { comparePositions } from '../../domain/model.ts'
import { type RoomView, roomViewOf } from '../../domain/room-view.ts'
import type { SpanReference } from '../../tracing/tracing.ts'
import { type DetectedChange, isNewTo, suggestsRoomChange } from '../changes/detected-change.ts'
import type { LoggedEvent } from '../changes/event-log.ts'
import type { ReadAhead, SubscriptionStart } from '../changes/first-events.ts'
import { isNewer } from '../changes/version-order.ts'
import { BoundedQueue } from './bounded-queue.ts'
import { DroppedEvents } from './dropped-events.ts'

const MAX_QUEUED_EVENTS = 256
/** Limits the queued bytes of one subscriber, as far as the texts show them. */
const QUEUE_WEIGHT = { weightOf: estimateBytes, maxTotal: 4 * 1024 * 1024 }
const BYTES_BESIDES_TEXT = 512
/** Milliseconds within which a slow subscriber must drain its queue. */
const DRAIN_TIMEOUT_MS = 30_000

export interface SubscriberOptions {
  readonly caller: Caller
  /** The client address that limits are counted by; null or absent where it is not known. */
  readonly clientAddress?: string | null
  readonly start: SubscriptionStart
  /** Selects the changes to deliver. */
  readonly isWanted: (change: RoomChange) => boolean
  /** Whether changes of the room's own state are delivered too. While no subscriber wants them, the state is not read. */
  readonly wantsRoomState: boolean
  /** The operation that subscribes, if it is traced. */
  readonly origin?: SpanReference | null
}

/** What a subscriber has read, while the poller may have read less. */
interface PendingReadAhead extends ReadAhead {
  /** Messages that were delivered after the read although they stand before its end. */
  readonly lateIds: Set<string>
}

/** One subscriber of a room: it filters the room's events by what its caller can see, and queues them. */
export class Subscriber {
  readonly caller: Caller
  readonly clientAddress: string | null
  /** Where it starts; after a restart, after what it has received. */
  start: SubscriptionStart
  readonly view: RoomView
  readonly wantsRoomState: boolean
  /** The operation that has subscribed; null if it is not traced. */
  readonly origin: SpanReference | null
  readonly events: BoundedQueue<RoomEvent>
  /** `performance.now()` when it subscribed or restarted; its cursor is older. */
  createdAt = performance.now()
  /** `performance.now()` when the provider last authorized this caller for the room. */
  authorizedAt = performance.now()
  /** The room state that the subscriber knows, from its cursor or from an event; null where it knows none. */
  roomState: RoomStateVersion | null
  /** Whether the next room state must be delivered even if the subscriber knows the same version. */
  mustReceiveRoomState: boolean
  readonly #isWanted: SubscriberOptions['isWanted']
  #lastEvent: RoomEvent | null = null
  /** `Date.now()` when the last event was queued. */
  #lastAtMs = 0
  #ahead: PendingReadAhead | null = null
  /** What was dropped since the queue was full; null while the queue accepts events. */
  #dropped: DroppedEvents | null = null
  #drainTimer: NodeJS.Timeout | undefined
  #isOver = false

  constructor(options: SubscriberOptions, onLeave: (subscriber: Subscriber) => void) {
    const { caller, clientAddress = null, start, isWanted, wantsRoomState, origin = null } = options
    this.caller = caller
    this.clientAddress = clientAddress
    this.origin = origin
    this.start = start
    this.view = roomViewOf(caller.role)
    this.wantsRoomState = wantsRoomState
    this.roomState = 'after' in start ? start.after.roomState : null
    this.mustReceiveRoomState = wantsRoomState && this.roomState?.resend === 'SEND'
    this.#isWanted = isWanted
    const onClose = () => {
      this.#isOver = true
      clearTimeout(this.#drainTimer)
      onLeave(this)
    }
    this.events = new BoundedQueue(MAX_QUEUED_EVENTS, onClose, QUEUE_WEIGHT)
  }

  /** Starts again after the last event that was delivered. */
  restart(): void {
    const after = this.#lastEvent && decodeCursor(this.#lastEvent.cursor)
    if (after) this.start = { after }
    this.createdAt = performance.now()
    this.#ahead = null
  }

  /** The subscriber has read more than the poller: changes that it has read are not new to it. */
  setAhead(ahead: ReadAhead): void {
    this.#ahead = { ...ahead, lateIds: new Set() }
  }

  /** The changes of a poll that started after the subscriber came have been delivered. */
  clearAhead(): void {
    this.#ahead = null
  }

  /** Delivers the events of a poll. */
  deliver(logged: readonly LoggedEvent[]): void {
    if (logged.length === 0) return
    const ahead = this.#ahead
    const unread =
      ahead === null ? logged : logged.filter(({ detected }) => this.#isNewAhead(detected, ahead))
    if (this.wantsRoomState && unread.some(({ detected }) => suggestsRoomChange(detected.change))) {
      this.mustReceiveRoomState = true
    }
    this.enqueue(unread.map((event) => event.inView(this.view)))
  }

  /** Whether a change is new to the subscriber while it has read more than the poller. */
  #isNewAhead(detected: DetectedChange, { cursor, read, lateIds }: PendingReadAhead): boolean {
    const { change, position, message } = detected
    if (comparePositions(position, cursor.position) > 0 || !isMessageChange(change)) return true
    const messageId = messageIdOf(change)
    const own = read?.messages.get(messageId)
    if (own && message) return messageVersion(message) !== messageVersion(own) && !isNewer(own, message)
    // The subscriber knows of a deletion if its read does not show the message, unless it has received the message since.
    if (read && change.type === 'MessageDeleted' && message === null) {
      const isBefore = comparePositions(position, read.from) < 0
      return isBefore || lateIds.delete(messageId) || own !== undefined
    }
    const isNew = isNewTo(detected, cursor)
    if (isNew && change.type === 'MessageAdded') lateIds.add(messageId)
    return isNew
  }

  /** The room's state may have changed. A subscriber that knows no version cannot compare, so it must receive the state. */
  expectRoomState(): void {
    if (!this.roomState?.hash) this.mustReceiveRoomState = this.wantsRoomState
  }

  /** Whether this version of the room's state must be delivered. A subscriber that knew none now counts as knowing it. */
  needsRoomState(version: RoomStateVersion): boolean {
    if (!this.wantsRoomState) return false
    const isOther = this.roomState?.hash && !isSameRoomState(this.roomState, version)
    if (this.mustReceiveRoomState || isOther) return true
    this.roomState = version
    return false
  }

  /** Delivers the room's state. A subscriber that is too slow to take it now must still receive it. */
  deliverRoomState(event: RoomEvent, version: RoomStateVersion): void {
    const ahead = this.#ahead
    this.enqueue([ahead === null ? event : { ...event, cursor: this.#cursorWith(ahead.cursor, version) }])
    this.mustReceiveRoomState = this.#dropped !== null
    if (!this.mustReceiveRoomState) this.roomState = version
  }

  /** The cursor of a subscriber ahead of the poller. The poller's own cursor would repeat what the subscriber has read. */
  #cursorWith(ahead: Cursor, roomState: RoomStateVersion): string {
    return this.#lastEvent
      ? withRoomState(this.#lastEvent.cursor, roomState)
      : encodeCursor({ ...ahead, roomState })
  }

  /**
   * Queues the events that this caller can see. A full queue loses nothing silently and affects no other subscriber: the
   * client receives what is queued, then a gap in place of what was dropped, then later events.
   */
  enqueue(events: readonly RoomEvent[]): void {
    const visible = events.filter(({ change }) => this.#canSee(change))
    const newest = visible.at(-1)
    if (!newest) return
    if (!this.events.push(visible)) return void this.#drop(visible)
    this.#lastEvent = newest
    this.#lastAtMs = Date.now()
  }

  /**
   * Drops events. The stream ends after the gap where the subscriber is stuck: it has not drained its queue within half a
   * minute, or a queue's worth of events was dropped before these. The batch that fills the queue does not count, because
   * the size of one batch says nothing about the subscriber.
   */
  #drop(events: readonly RoomEvent[]): void {
    if (this.#isOver || this.#lastEvent === null) return
    const dropped = this.#dropped ?? this.#startDropping(this.#lastEvent)
    const isStuck = dropped.count >= MAX_QUEUED_EVENTS
    dropped.add(events)
    if (isStuck) this.events.end()
  }

  #startDropping(last: RoomEvent): DroppedEvents {
    const dropped = new DroppedEvents(last, this.#lastAtMs)
    this.#dropped = dropped
    this.#drainTimer = setTimeout(() => this.events.end(), DRAIN_TIMEOUT_MS).unref()
    this.events.dropUntilDrained(() => {
      clearTimeout(this.#drainTimer)
      this.#dropped = null
      return dropped.toGapEvent(this.#isOver ? null : new Date())
    })
    return dropped
  }

  #canSee(change: RoomChange): boolean {
    if (!this.#isWanted(change)) return false
    if (this.caller.role === 'OPERATOR') return true
    if ('message' in change) return change.message.visibility === 'EVERYONE'
    return change.type !== 'MessageDeleted' || change.visibility === 'EVERYONE'
  }
}

type MessageChange = Exclude<RoomChange, { type: 'Gap' | 'RoomUpdated' }>

function isMessageChange(change: RoomChange): change is MessageChange {
  return change.type !== 'Gap' && change.type !== 'RoomUpdated'
}

function messageIdOf(change: MessageChange): string {
  return 'message' in change ? change.message.ref.messageId : change.ref.messageId
}

function estimateBytes({ change }: RoomEvent): number {
  return BYTES_BESIDES_TEXT + ('message' in change ? 2 * change.message.text.length : 0)
}
