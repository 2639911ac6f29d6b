/** Two clocks diverge by at most this part of the elapsed time (100 ppm). */
const MAX_DRIFT = 0.0001
/** `Date` headers have a resolution of one second. */
const RESOLUTION_MS = 1_000

interface SkewBounds {
  readonly minMs: number
  readonly maxMs: number
}

/**
 * Estimates the skew of a server's clock. The server creates its response between our request and the response's
 * arrival, so each `Date` header bounds the skew, and many bound it closely. A contradicting header (a clock was set)
 * restarts the estimate. Local times are milliseconds of a monotonic clock, server times epoch milliseconds.
 */
export class ServerClock {
  /** Bounds of the server's time minus the local time, as measured at `at`. */
  #bounds: (SkewBounds & { readonly at: number }) | null = null

  /** Records a response with this `Date` header. */
  observe(serverTime: number, sentAt: number, receivedAt: number): void {
    const minMs = serverTime - receivedAt
    const maxMs = serverTime + RESOLUTION_MS - sentAt
    const known = this.#boundsAt(receivedAt)
    const isContradicted = known === null || known.minMs > maxMs || known.maxMs < minMs
    this.#bounds = {
      minMs: isContradicted ? minMs : Math.max(known.minMs, minMs),
      maxMs: isContradicted ? maxMs : Math.min(known.maxMs, maxMs),
      at: receivedAt,
    }
  }

  /** The latest local time at which the server's clock can show `serverTime`. */
  latestLocalTime(serverTime: number, now: number): number {
    return serverTime - (this.#boundsAt(now)?.minMs ?? Date.now() - now)
  }

  /** Milliseconds by which it is at least ahead of `Date.now()`, negative if behind; 0 if the two may agree. */
  skewMs(now: number): number {
    const bounds = this.#boundsAt(now)
    const localMs = Date.now() - now
    const mayAgree = bounds === null || (bounds.minMs <= localMs && bounds.maxMs >= localMs)
    return mayAgree ? 0 : Math.floor(bounds.minMs - localMs)
  }

  #boundsAt(now: number): SkewBounds | null {
    if (this.#bounds === null) return null
    const { minMs, maxMs, at } = this.#bounds
    const driftMs = MAX_DRIFT * (now - at)
    return { minMs: minMs - driftMs, maxMs: maxMs + driftMs }
  }
}
