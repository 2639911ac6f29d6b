import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until a condition holds, at most `ms` milliseconds. Resolves with whether it holds. */
export async function waitWithin(ms: number, condition: () => boolean): Promise<boolean> {
  const end = performance.now() + ms
  while (!condition()) {
    if (performance.now() > end) return false
    await sleep(2)
  }
  return true
}
