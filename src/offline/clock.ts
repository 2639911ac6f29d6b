/** Time, so that hours can pass in a test. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Does the work once, that many milliseconds from now; gives the way to prevent it. */
  schedule(ms: number, work: () => void): () => void
}

/** The machine's. */
export const systemClock: Clock = {
  now: Date.now,
  schedule(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}
