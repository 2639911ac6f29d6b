import { hashRoomState, type RoomStateVersion, type RoomView } from '../../cursor/room-state-version.ts'
import type { Room } from '../../domain/model.ts'
import type { KnownRoomState } from '../changes/logged-event.ts'
import { PollInterval, type PollIntervalOptions } from './poll-interval.ts'

/** Milliseconds between two attempts to read a room's state: these at first, then growing up to the longest. */
const SOONEST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000

/** One read of a room's state under way. */
export interface RoomStateRead {
  /** `performance.now()` when it began. */
  readonly startedAt: number
  /** Suspicions that were known by then: the read answers these. */
  readonly suspicions: number
}

/** What is known of a room's state in one view, and whether it has to be read again. */
export class RoomViewState {
  readonly view: RoomView
  readonly #pace: PollInterval
  #hash: string | null = null
  #room: Room | null = null
  #readAt = Number.NEGATIVE_INFINITY
  #under: RoomStateRead | null = null
  #suspicions = 0
  #answered = 0

  /** However rarely the room is polled, a read that failed is repeated within seconds. */
  constructor(view: RoomView, { activeMs, idleMs }: PollIntervalOptions) {
    this.view = view
    this.#pace = new PollInterval({
      activeMs: Math.min(activeMs, SOONEST_RETRY_MS),
      idleMs: Math.min(idleMs, LONGEST_RETRY_MS),
    })
  }

  /** What is known of the room, and what cursors say of it. */
  get known(): KnownRoomState {
    return { version: this.#mark, room: this.#room }
  }

  /** Whether nothing suggests that the room has changed since it was read, or a cursor claimed its state. */
  get isCurrent(): boolean {
    return this.#suspicions === this.#answered
  }

  /** The room may have changed: it is read as soon as the provider allows. */
  markSuspect(): void {
    this.#suspicions += 1
    this.#pace.pollNow()
  }

  /** A subscriber's cursor says that this was the state: taken as such until the room is read. */
  assume(hash: string): void {
    this.#hash ??= hash
  }

  /** Milliseconds until the state is to be read, where it was not since `since` (`performance.now()`); else Infinity. */
  waitMs(since: number): number {
    const isNeeded = !this.isCurrent || this.#readAt < since
    return isNeeded && this.#under === null ? this.#pace.waitMs : Number.POSITIVE_INFINITY
  }

  /** Whether what is known, or what a read under way will answer, is no older than `time` (`performance.now()`). */
  isFreshSince(time: number): boolean {
    return (this.#under?.startedAt ?? this.#readAt) >= time
  }

  /** Whether the room is being read. */
  get isReading(): boolean {
    return this.#under !== null
  }

  /** A read begins. */
  onReadStarted(): RoomStateRead {
    this.#pace.onPollStarted()
    this.#under = { startedAt: performance.now(), suspicions: this.#suspicions }
    return this.#under
  }

  /** The read was answered. */
  onReadSucceeded({ startedAt: began, suspicions }: RoomStateRead, room: Room): void {
    this.#under = null
    this.#pace.onPollSucceeded()
    this.#room = room
    this.#hash = hashRoomState(room)
    this.#readAt = began
    this.#answered = suspicions
  }

  /** The read failed; the provider asked for `retryAfterMs` of silence, or 0. */
  onReadFailed(retryAfterMs: number): void {
    this.#under = null
    this.#pace.onPollFailed(retryAfterMs)
  }

  get #mark(): RoomStateVersion | null {
    if (this.#hash === null && this.isCurrent) return null
    return { view: this.view, hash: this.#hash, resend: this.isCurrent ? 'NONE' : 'SEND' }
  }
}
