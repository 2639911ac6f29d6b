import type { SubscriberPlan } from './subscriber-plan.ts'

/** Where a subscriber has come to in its stream, and how it names that when it comes back. */
export class ResumePoint {
  /** Whether it comes back as a browser's EventSource does. */
  readonly #hasEventIds: boolean
  readonly #hasCursors: boolean
  /** What it began behind, and what it has come to; null is now. */
  #start: string | null = null
  #cursor: string | null = null

  constructor({ over, resumesBy, stream }: SubscriberPlan) {
    this.#hasEventIds = over === 'SSE' && resumesBy === 'Last-Event-ID'
    this.#hasCursors = this.#hasEventIds || stream === 'roomEvents'
  }

  /** What it can come back to; without a cursor of the stream's own there is nothing but another beginning. */
  get resumable(): string | null {
    return this.#hasCursors ? this.#cursor : null
  }

  get variable(): string | null {
    return this.#hasEventIds ? this.#start : this.#cursor
  }

  get lastEventId(): string | null {
    return this.#hasEventIds && this.#cursor !== this.#start ? this.#cursor : null
  }

  start(cursor: string | null): void {
    this.#start = cursor
    this.#cursor = cursor
  }

  /** An event came: its cursor, where the stream has them, and its id. False where both are there and differ. */
  advance(cursor: string | null, eventId: string | null): boolean {
    if (this.#hasEventIds) this.#cursor = eventId ?? this.#cursor
    else this.#cursor = cursor ?? this.#cursor
    return cursor === null || eventId === null || cursor === eventId
  }

  /** The next time it begins anew. */
  reset(): void {
    this.#cursor = null
  }
}
