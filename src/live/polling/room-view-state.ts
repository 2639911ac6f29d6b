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
  /** When the process that reads the room last vouched that nothing suggests a change. */
  #vouchedAt = Number.NEGATIVE_INFINITY
  /** Whether this process has read the known state by itself, and not received it from another one. */
  #isOwnRead = false
  #inFlight: RoomStateRead | null = null
  #suspicionCount = 0
  #resolvedCount = 0
  /** A read that started earlier does not suffice. */
  #neededSince = Number.NEGATIVE_INFINITY

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
    return this.#suspicionCount === this.#resolvedCount && this.#readAt >= this.#neededSince
  }

  /** The room may have changed: it is read as soon as the provider allows. */
  markSuspect(): void {
    this.#suspicionCount += 1
    this.#retry.pollNow()
  }

  /** The process that reads the room keeps its state current, or did so until now. */
  vouch(): void {
    this.#vouchedAt = performance.now()
  }

  /** A subscriber may know more than a read that started before `time` (`performance.now()`): another one follows. */
  needFreshSince(time: number): void {
    if (this.#readAt >= time) return
    this.#neededSince = Math.max(this.#neededSince, time)
    this.#retry.pollNow()
  }

  /** Forgets the state, to continue with what another process knows. A read in flight counts as outdated. */
  reset(): void {
    this.#hash = null
    this.#room = null
    this.#readAt = Number.NEGATIVE_INFINITY
    this.#vouchedAt = Number.NEGATIVE_INFINITY
    this.#isOwnRead = false
    this.#neededSince = Number.NEGATIVE_INFINITY
    this.markSuspect()
  }

  /** Assumes the state that a subscriber's cursor contains, until the room is read. */
  assume(hash: string): void {
    this.#hash ??= hash
  }

  /** Milliseconds until the state must be read if nobody has read it or vouched for it since `since` (`performance.now()`); else Infinity. */
  waitMs(since: number): number {
    const isNeeded = !this.isCurrent || Math.max(this.#readAt, this.#vouchedAt) < since
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
    this.#isOwnRead = true
    this.#resolvedCount = suspicionCount
  }

  /**
   * Another process has read the room after everything that it has shared before, and nothing suggests there that the room has
   * changed since. `askedAt` is when this process asked for that read (`performance.now()`); null where it did not. Where this
   * process has read another state by itself, it does not know which one is newer: it must ask.
   */
  onShared(room: Room, askedAt: number | null): void {
    const hash = hashRoomState(room)
    const isNewer = !this.#isOwnRead || (askedAt ?? Number.NEGATIVE_INFINITY) > this.#readAt
    if (!isNewer && this.#hash !== hash) {
      this.markSuspect()
      return
    }
    this.#retry.onPollSucceeded()
    this.#room = room
    this.#hash = hash
    this.#readAt = Math.max(this.#readAt, askedAt ?? Number.NEGATIVE_INFINITY)
    if (isNewer) this.#isOwnRead = false
    this.#resolvedCount = this.#suspicionCount
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
