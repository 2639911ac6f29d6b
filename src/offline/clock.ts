/** A clock with timers, so that tests can let hours pass. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Runs `work` once after `ms` milliseconds; returns a function that cancels it. */
  schedule(ms: number, work: () => void): () => void
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: Date.now,
  schedule(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}
