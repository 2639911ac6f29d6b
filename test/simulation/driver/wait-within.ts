import { setTimeout as pause } from 'node:timers/promises'

/** Waits until something holds, but no longer than so many milliseconds; gives whether it does. */
export async function waitWithin(ms: number, holds: () => boolean): Promise<boolean> {
  const end = performance.now() + ms
  while (!holds()) {
    if (performance.now() > end) return false
    await pause(2)
  }
  return true
}
