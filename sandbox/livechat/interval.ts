/** Calls `tick` every `intervalMs` milliseconds until the returned function is called. */
export type StartInterval = (intervalMs: number, tick: () => void) => () => void

/** The real timer; it never keeps a process alive. */
export const startInterval: StartInterval = (intervalMs, tick) => {
  const timer = setInterval(tick, intervalMs).unref()
  return () => clearInterval(timer)
}
