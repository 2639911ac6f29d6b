import type { RoomChange, RoomEvent } from '../../domain/events.ts'

/** What a subscriber that reads too slowly is not given, from one place of its stream on. */
export class DroppedEvents {
  readonly #last: RoomEvent
  #count = 0
  #from: number
  #to = 0

  /** Behind `last`, which was the newest at the time `at`, in milliseconds. */
  constructor(last: RoomEvent, at: number) {
    this.#last = last
    this.#from = at
  }

  /** How many events. */
  get count(): number {
    return this.#count
  }

  add(events: readonly RoomEvent[]): void {
    this.#count += events.length
    for (const { change } of events) {
      const at = happenedAt(change)
      if (at === null) continue
      this.#from = Math.min(this.#from, at)
      this.#to = Math.max(this.#to, at)
    }
  }

  /**
   * What the subscriber is told instead. Its cursor stands before the first of them. It spans the time from the
   * subscriber's last event to `until` (null where nothing comes any more), and on from there where the provider's
   * clock puts one of them outside.
   */
  toGapEvent(until: Date | null): RoomEvent {
    const from = new Date(this.#from)
    const to = until && new Date(Math.max(this.#to, until.getTime()))
    return { ...this.#last, change: { type: 'Gap', reason: 'SLOW_CONSUMER', from, to } }
  }
}

/** When it happened by the provider's clock, in milliseconds; null where that does not say. */
function happenedAt(change: RoomChange): number | null {
  if (change.type === 'MessageAdded') return change.message.createdAt.getTime()
  return change.type === 'MessageUpdated' ? (change.message.editedAt?.getTime() ?? null) : null
}
