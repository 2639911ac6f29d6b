/** After this many changes in a row that only polls found, push is distrusted. */
const MAX_MISSES = 2
/** Changes that are awaited at a time. */
const MAX_AWAITED = 100

/**
 * Judges whether a room's push can be relied on: whether it brings what polls find. While it is distrusted, the room is
 * polled as without push. Each change that it brings before a poll does makes it trusted again.
 */
export class PushTrust {
  readonly #lateAfterMs: number
  /** Ids of messages that a poll found first, with the `performance.now()` by which they must be pushed. */
  readonly #awaited = new Map<string, number>()
  #misses = 0

  /** A message that a poll finds first can still be pushed within `lateAfterMs` milliseconds. */
  constructor(lateAfterMs: number) {
    this.#lateAfterMs = lateAfterMs
  }

  /** Whether push can be relied on. */
  get isTrusted(): boolean {
    this.#countMisses()
    return this.#misses < MAX_MISSES
  }

  /** A poll found new messages that push should have brought. */
  onPolled(messageIds: readonly string[]): void {
    this.#countMisses()
    const dueAt = performance.now() + this.#lateAfterMs
    for (const id of messageIds) if (this.#awaited.size < MAX_AWAITED) this.#awaited.set(id, dueAt)
  }

  /** A message was pushed; `isNews` if no poll had shown it before. */
  onPushed(messageId: string, isNews: boolean): void {
    this.#countMisses()
    this.#awaited.delete(messageId)
    if (isNews) this.#misses = 0
  }

  /** Forgets what is awaited: it may have happened while nothing was pushed. */
  onReconnected(): void {
    this.#awaited.clear()
  }

  /** The awaited messages of one poll are due together and count as one miss. */
  #countMisses(): void {
    const now = performance.now()
    const overdue = [...this.#awaited].filter(([, dueAt]) => dueAt <= now)
    for (const [id] of overdue) this.#awaited.delete(id)
    this.#misses += new Set(overdue.map(([, dueAt]) => dueAt)).size
  }
}
