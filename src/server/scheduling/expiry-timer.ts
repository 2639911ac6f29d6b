/** What a timer of the runtime can hold, in milliseconds: about 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Calls `act` at a moment, in milliseconds since 1970, however far it is. Returns the way to cancel that. */
export function startExpiryTimer(moment: number, act: () => void): () => void {
  let timer: NodeJS.Timeout
  const wait = (): void => {
    const leftMs = Math.max(0, moment - Date.now())
    timer = leftMs > LONGEST_TIMER_MS ? setTimeout(wait, LONGEST_TIMER_MS) : setTimeout(act, leftMs)
    timer.unref()
  }
  wait()
  return () => clearTimeout(timer)
}
