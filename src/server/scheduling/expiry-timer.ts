/** The longest delay of a Node.js timer, in milliseconds: about 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** Calls `onExpired` at a time in milliseconds since 1970, however far away. Returns a function that cancels it. */
export function startExpiryTimer(expiresAt: number, onExpired: () => void): () => void {
  let timer: NodeJS.Timeout
  const wait = (): void => {
    const leftMs = Math.max(0, expiresAt - Date.now())
    timer = leftMs > MAX_TIMER_MS ? setTimeout(wait, MAX_TIMER_MS) : setTimeout(onExpired, leftMs)
    timer.unref()
  }
  wait()
  return () => clearTimeout(timer)
}
