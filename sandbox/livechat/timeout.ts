/** Calls `run` once after `ms` milliseconds unless the returned function is called before. */
export type StartTimeout = (ms: number, run: () => void) => () => void

/** The real timer; it never keeps a process alive. */
export const startTimeout: StartTimeout = (ms, run) => {
  const timer = setTimeout(run, ms).unref()
  return () => clearTimeout(timer)
}
