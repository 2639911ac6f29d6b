import type { SubscriberPlan } from './subscriber-plan.ts'

/** The position of a subscriber in its stream, and how it sends that when it resumes. */
export class ResumePoint {
  /** Whether it resumes as a browser's EventSource does. */
  readonly #hasEventIds: boolean
  readonly #hasCursors: boolean
  /** The cursor that it started from, and the last one; null is now. */
  #start: string | null = null
  #cursor: string | null = null

  constructor({ over, resumesBy, stream }: SubscriberPlan) {
    this.#hasEventIds = over === 'SSE' && resumesBy === 'Last-Event-ID'
    this.#hasCursors = this.#hasEventIds || stream === 'roomEvents'
  }

  /** The cursor to resume from; null where the stream has no cursors, so that it starts again. */
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

  /** Takes an event's cursor and its id, where it has them. Returns false where both exist and differ. */
  advance(cursor: string | null, eventId: string | null): boolean {
    if (this.#hasEventIds) this.#cursor = eventId ?? this.#cursor
    else this.#cursor = cursor ?? this.#cursor
    return cursor === null || eventId === null || cursor === eventId
  }

  /** Forgets the position: the next connection starts again. */
  reset(): void {
    this.#cursor = null
  }
}
