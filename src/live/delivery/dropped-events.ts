import type { RoomChange, RoomEvent } from '../../domain/events.ts'

/** Collects the events that are dropped for a slow subscriber, and summarizes them as a gap. */
export class DroppedEvents {
  readonly #last: RoomEvent
  #count = 0
  #fromMs: number
  #toMs = 0

  /** `last` is the last event in the subscriber's queue, added at `atMs` (`Date.now()`). */
  constructor(last: RoomEvent, atMs: number) {
    this.#last = last
    this.#fromMs = atMs
  }

  get count(): number {
    return this.#count
  }

  add(events: readonly RoomEvent[]): void {
    this.#count += events.length
    for (const { change } of events) {
      const atMs = changedAtMs(change)
      if (atMs === null) continue
      this.#fromMs = Math.min(this.#fromMs, atMs)
      this.#toMs = Math.max(this.#toMs, atMs)
    }
  }

  /**
   * The gap event that replaces the dropped events. Its cursor precedes the first of them. It spans the time from the
   * subscriber's last event to `until` (null where the stream ends), extended where the provider's clock places a dropped
   * event outside.
   */
  toGapEvent(until: Date | null): RoomEvent {
    const from = new Date(this.#fromMs)
    const to = until && new Date(Math.max(this.#toMs, until.getTime()))
    return { ...this.#last, change: { type: 'Gap', reason: 'SLOW_CONSUMER', from, to } }
  }
}

/** The provider time of a change in milliseconds; null where it is not known. */
function changedAtMs(change: RoomChange): number | null {
  if (change.type === 'MessageAdded') return change.message.createdAt.getTime()
  return change.type === 'MessageUpdated' ? (change.message.editedAt?.getTime() ?? null) : null
}
