const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/**
 * Calls `attempt` until it resolves with true, at once and then with pauses that double from one second to half a minute.
 * Returns the function that stops it.
 */
export function retryUntilDone(attempt: () => Promise<boolean>): () => void {
  let isWanted = true
  let pause: ReturnType<typeof setTimeout> | undefined
  const go = async (pauseMs: number) => {
    if ((await attempt()) || !isWanted) return
    pause = setTimeout(() => void go(Math.min(2 * pauseMs, LONGEST_PAUSE_MS)), pauseMs)
  }
  void go(FIRST_PAUSE_MS)
  return () => {
    isWanted = false
    clearTimeout(pause)
  }
}
