import { hashRoomState, type RoomStateVersion } from '../../cursor/room-state-version.ts'
import type { Room } from '../../domain/model.ts'
import type { RoomView } from '../../domain/room-view.ts'
import type { KnownRoomState } from '../changes/event-log.ts'
import { PollInterval, type PollIntervalOptions } from './poll-interval.ts'

/** Maximum milliseconds between two attempts to read a room's state: the first retry, and later ones. */
const MAX_FIRST_RETRY_MS = 1_000
const MAX_RETRY_MS = 30_000

/** A read of a room's state in flight. */
export interface RoomStateRead {
  /** `performance.now()` when it started. */
  readonly startedAt: number
  /** Number of suspicions by then; the read resolves these. */
  readonly suspicionCount: number
}

/** What is known of a room's own state in one view, and whether it must be read again. */
export class RoomViewState {
  readonly view: RoomView
  readonly #retry: PollInterval
  #hash: string | null = null
  #room: Room | null = null
  #readAt = Number.NEGATIVE_INFINITY
  #inFlight: RoomStateRead | null = null
  #suspicionCount = 0
  #resolvedCount = 0

  /** A failed read is repeated within seconds, even if the room is polled rarely. */
  constructor(view: RoomView, { activeMs, idleMs }: PollIntervalOptions) {
    this.view = view
    this.#retry = new PollInterval({
      activeMs: Math.min(activeMs, MAX_FIRST_RETRY_MS),
      idleMs: Math.min(idleMs, MAX_RETRY_MS),
    })
  }

  /** The room, and the version that cursors contain. */
  get known(): KnownRoomState {
    return { version: this.#version, room: this.#room }
  }

  /** Whether nothing suggests that the room has changed since it was read or since its state was assumed. */
  get isCurrent(): boolean {
    return this.#suspicionCount === this.#resolvedCount
  }

  /** The room may have changed: it is read as soon as the provider allows. */
  markSuspect(): void {
    this.#suspicionCount += 1
    this.#retry.pollNow()
  }

  /** Assumes the state that a subscriber's cursor contains, until the room is read. */
  assume(hash: string): void {
    this.#hash ??= hash
  }

  /** Milliseconds until the state must be read if it was not since `since` (`performance.now()`); else Infinity. */
  waitMs(since: number): number {
    const isNeeded = !this.isCurrent || this.#readAt < since
    return isNeeded && this.#inFlight === null ? this.#retry.waitMs : Number.POSITIVE_INFINITY
  }

  /** Whether the last read, or the one in flight, started at `time` (`performance.now()`) or later. */
  isFreshSince(time: number): boolean {
    return (this.#inFlight?.startedAt ?? this.#readAt) >= time
  }

  get isReading(): boolean {
    return this.#inFlight !== null
  }

  onReadStarted(): RoomStateRead {
    this.#retry.onPollStarted()
    this.#inFlight = { startedAt: performance.now(), suspicionCount: this.#suspicionCount }
    return this.#inFlight
  }

  onReadSucceeded({ startedAt, suspicionCount }: RoomStateRead, room: Room): void {
    this.#inFlight = null
    this.#retry.onPollSucceeded()
    this.#room = room
    this.#hash = hashRoomState(room)
    this.#readAt = startedAt
    this.#resolvedCount = suspicionCount
  }

  /** The provider asked to wait `retryAfterMs`, or 0. */
  onReadFailed(retryAfterMs: number): void {
    this.#inFlight = null
    this.#retry.onPollFailed(retryAfterMs)
  }

  get #version(): RoomStateVersion | null {
    if (this.#hash === null && this.isCurrent) return null
    return { view: this.view, hash: this.#hash, resend: this.isCurrent ? 'NONE' : 'SEND' }
  }
}
