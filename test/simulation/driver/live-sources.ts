import { setTimeout as sleep } from 'node:timers/promises'
import type { GatewayInstance } from './environment.ts'

const TEST_EVERY_MS = 10

/**
 * Waits until this many rooms are pushed to each gateway, at most `ms` milliseconds. `expected` gives the number by the gateway's
 * index. Resolves with whether they are.
 */
export async function waitForPush(
  instances: readonly GatewayInstance[],
  expected: (index: number) => number,
  ms: number,
): Promise<boolean> {
  const end = performance.now() + ms
  for (;;) {
    const counts = await Promise.all(instances.map(({ gateway }) => countPushedRooms(gateway.url)))
    if (counts.every((count, index) => count >= expected(index))) return true
    if (performance.now() > end) return false
    await sleep(TEST_EVERY_MS)
  }
}

async function countPushedRooms(url: string): Promise<number> {
  const response = await fetch(new URL('/metrics', url))
  const metrics = await response.text()
  const [, count = '0'] = /^switchboard_live_rooms\{.*source="PUSH"\} (\d+)$/m.exec(metrics) ?? []
  return Number(count)
}
