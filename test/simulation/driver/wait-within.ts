import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until a condition holds, at most `ms` milliseconds. It is tested every `everyMs`. Resolves with whether it holds. */
export async function waitWithin(ms: number, condition: () => boolean, everyMs = 2): Promise<boolean> {
  const end = performance.now() + ms
  while (!condition()) {
    if (performance.now() > end) return false
    await sleep(everyMs)
  }
  return true
}
