import { setTimeout as sleep } from 'node:timers/promises'
import { queryObjects } from 'node:v8'

/** Microseconds of CPU time that this process has used. */
export function usedMicros(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Bytes of the reachable heap and of buffers outside of it, after garbage collection. */
export async function heldBytes(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.()
    await sleep(50)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** The number of reachable objects of these classes. */
export function countObjects(classes: readonly (new (...args: never[]) => unknown)[]): number {
  return classes.reduce((sum, one) => sum + queryObjects(one, { format: 'count' }), 0)
}

/** Nanoseconds of a monotonic clock that all processes of the machine share. */
export function clock(): number {
  return Number(process.hrtime.bigint())
}
