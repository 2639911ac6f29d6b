/** Two clocks may part by this much of the time that passes (100 ppm). */
const DRIFT = 0.0001
/** `Date` headers hold whole seconds. */
const RESOLUTION_MS = 1_000

/**
 * What is known of a server's clock: it answered between a call and its answer, so each `Date` header bounds how far
 * it is ahead of ours, and many bound it closely. One that contradicts them (a clock was set) begins anew. Our times
 * are milliseconds of a clock that never goes back, the server's epoch milliseconds.
 */
export class ServerClock {
  /** What the server's time minus ours is at least and at most, as found at `at`. */
  #bounds: { readonly least: number; readonly most: number; readonly at: number } | null = null

  /** Takes note of an answer dated `date` to a call of ours. */
  observe(date: number, sentAt: number, receivedAt: number): void {
    const least = date - receivedAt
    const most = date + RESOLUTION_MS - sentAt
    const held = this.#boundsAt(receivedAt)
    const isContradicted = held === null || held.least > most || held.most < least
    this.#bounds = {
      least: isContradicted ? least : Math.max(held.least, least),
      most: isContradicted ? most : Math.min(held.most, most),
      at: receivedAt,
    }
  }

  /** The latest moment of our clock at which the server's can show `serverTime`; `now` is ours. */
  latestLocalTime(serverTime: number, now: number): number {
    return serverTime - (this.#boundsAt(now)?.least ?? Date.now() - now)
  }

  /** The least by which it is ahead of `Date.now()`, negative behind; 0 while the two may agree. `now` is ours. */
  skewMs(now: number): number {
    const bounds = this.#boundsAt(now)
    const here = Date.now() - now
    const mayAgree = bounds === null || (bounds.least <= here && bounds.most >= here)
    return mayAgree ? 0 : Math.floor(bounds.least - here)
  }

  #boundsAt(now: number): { readonly least: number; readonly most: number } | null {
    if (this.#bounds === null) return null
    const { least, most, at } = this.#bounds
    const drift = DRIFT * (now - at)
    return { least: least - drift, most: most + drift }
  }
}
