/** Audits of one account that may run at a time. */
const MAX_RUNNING = 4
/** An audit that takes longer than this was queued for the provider's rate limit. */
const QUEUED_MS = 1_000
/** After such an audit the gate stays closed this many times as long. */
const PAUSE_FACTOR = 2

interface Audit {
  readonly start: () => void
  /** `performance.now()` when it started; null while it waits. */
  startedAt: number | null
}

/**
 * Lets the audits of one account's pushed rooms through, in the order of their requests, so that they leave most of a rate
 * limit to calls that somebody waits for: a few run at a time, and where the limit makes them wait, they pause twice as long.
 */
export class AuditGate {
  readonly #audits = new Map<object, Audit>()
  #closedUntil = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null

  /** Calls `start` as soon as the room's audit may run, maybe at once. A room that waits or runs already keeps its place. */
  request(room: object, start: () => void): void {
    if (this.#audits.has(room)) return
    this.#audits.set(room, { start, startedAt: null })
    this.#startNext()
  }

  /** The room's audit has ended, or is no longer needed. */
  release(room: object): void {
    const audit = this.#audits.get(room)
    if (!audit) return
    this.#audits.delete(room)
    const now = performance.now()
    const tookMs = audit.startedAt === null ? 0 : now - audit.startedAt
    if (tookMs >= QUEUED_MS) this.#closedUntil = Math.max(this.#closedUntil, now + PAUSE_FACTOR * tookMs)
    this.#startNext()
  }

  #startNext(): void {
    const waitMs = this.#closedUntil - performance.now()
    if (waitMs > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = null
        this.#startNext()
      }, waitMs).unref()
      return
    }
    const audits = [...this.#audits.values()]
    const free = MAX_RUNNING - audits.filter(({ startedAt }) => startedAt !== null).length
    const next = audits.filter(({ startedAt }) => startedAt === null).slice(0, Math.max(0, free))
    for (const audit of next) {
      audit.startedAt = performance.now()
      audit.start()
    }
  }
}
