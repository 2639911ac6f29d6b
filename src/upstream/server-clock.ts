/** Two clocks may part by this much of the time that passes (100 ppm). */
const DRIFT = 0.0001
/** `Date` headers hold whole seconds. */
const RESOLUTION_MS = 1_000

/**
 * What is known of a server's clock: each answer's `Date` header bounds how far it may be behind ours, and many
 * answers bound it closely. Our times are milliseconds of a clock that never goes back.
 */
export class ServerClock {
  /** The least that the server's time minus ours can be, as found at `at`. */
  #least: { readonly offset: number; readonly at: number } | null = null

  /** Takes note of an answer dated `date` (epoch milliseconds) to a call of ours. */
  learn(date: number, sentAt: number, receivedAt: number): void {
    const least = date - receivedAt
    const most = date + RESOLUTION_MS - sentAt
    const held = this.#leastAt(receivedAt)
    // What contradicts this answer was true of a clock that has been set since.
    const offset = held === null || held > most ? least : Math.max(held, least)
    this.#least = { offset, at: receivedAt }
  }

  /** The latest moment of our clock at which the server's can show `serverTime`; `now` is ours. */
  latest(serverTime: number, now: number): number {
    return serverTime - (this.#leastAt(now) ?? Date.now() - now)
  }

  #leastAt(now: number): number | null {
    return this.#least && this.#least.offset - DRIFT * (now - this.#least.at)
  }
}
