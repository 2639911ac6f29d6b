import { setTimeout as sleep } from 'node:timers/promises'
import { queryObjects } from 'node:v8'

/** Microseconds of processor time that this process has used. */
export function usedMicros(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Bytes that this process holds for what is reachable: the heap, and buffers outside of it. */
export async function heldBytes(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.()
    await sleep(50)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** How many objects of these classes are reachable. */
export function countObjects(classes: readonly (new (...args: never[]) => unknown)[]): number {
  return classes.reduce((sum, one) => sum + queryObjects(one, { format: 'count' }), 0)
}

/** Nanoseconds of a clock that all processes of the machine share. */
export function clock(): number {
  return Number(process.hrtime.bigint())
}
