import type { Caller } from '../chat/caller.ts'
import type { Cursor } from '../chat/cursor.ts'
import type { RoomChange, RoomEvent } from '../chat/events.ts'
import { BoundedQueue } from './bounded-queue.ts'

const EVENTS_WAITING = 256

/** Where a watcher wants to start: behind a cursor, or at the moment it came. */
export type Start = { readonly after: Cursor } | { readonly since: Date }

export interface WatcherOptions {
  readonly caller: Caller
  readonly start: Start
  /** Which changes are wanted; gaps always are. */
  readonly accept: (change: RoomChange) => boolean
}

/** One subscriber of a room: its own queue, and its own view of what passes. */
export class Watcher {
  readonly caller: Caller
  readonly start: Start
  readonly events: BoundedQueue<RoomEvent>
  readonly #accept: WatcherOptions['accept']
  #last: { readonly event: RoomEvent; readonly at: Date } | null = null

  constructor({ caller, start, accept }: WatcherOptions, onLeave: (watcher: Watcher) => void) {
    this.caller = caller
    this.start = start
    this.#accept = accept
    this.events = new BoundedQueue(EVENTS_WAITING, () => onLeave(this))
  }

  /**
   * Hands an event over where this caller may see it. A watcher whose queue is full gets what is queued, then a
   * gap with the cursor to come back with, and its stream ends: it loses nothing and harms nobody else.
   */
  offer(event: RoomEvent): void {
    if (!this.#maySee(event)) return
    if (this.events.push(event)) this.#last = { event, at: new Date() }
    else if (this.#last) {
      const { event: last, at } = this.#last
      this.events.endWith({ ...last, change: { type: 'Gap', reason: 'SLOW_CONSUMER', from: at, to: null } })
    }
  }

  #maySee({ change }: RoomEvent): boolean {
    if (change.type !== 'Gap' && !this.#accept(change)) return false
    if (this.caller.role === 'OPERATOR') return true
    if ('message' in change) return change.message.visibility === 'EVERYONE'
    return change.type !== 'MessageDeleted' || change.visibility === 'EVERYONE'
  }
}
