import { setTimeout as sleep } from 'node:timers/promises'
import type { Arrival } from '../../test/cluster/watched-rooms.ts'
import { watchEverywhere, withCluster } from './bench-cluster.ts'
import { type Figure, quantile } from './figure.ts'

const ROOMS = 5
const ACTIVITY = { minMs: 800, maxMs: 1_600, changes: false }
const SETTLE_MS = 10_000
const GOAL_MS = 20

/** How much later than at its first replica an event arrives at the subscribers of the others. */
export async function measureFollowerLatency(scale: number): Promise<readonly Figure[]> {
  return [await measure(false, scale), await measure(true, scale)]
}

function measure(push: boolean, scale: number): Promise<Figure> {
  return withCluster({ replicas: 3, rooms: ROOMS, watchers: 'operators', push }, async (cluster) => {
    const { watched } = cluster
    await watchEverywhere(cluster, 'operators')
    watched.startActivity(ACTIVITY)
    await sleep(SETTLE_MS)
    const from = performance.now()
    await sleep(60_000 * scale)
    watched.stopActivity()
    await sleep(SETTLE_MS)
    const late = followerDelays(watched.arrivals().filter(({ committedAt }) => committedAt >= from))
    const median = quantile(late, 0.5)
    return {
      what: `event from the first replica to the subscribers of the two others, ${push ? 'push' : 'polls'}, ${late.length} deliveries: median / 99 %, ms`,
      measured: `${median.toFixed(1)} / ${quantile(late, 0.99).toFixed(1)}`,
      goal: `median under ${GOAL_MS}`,
      isHeld: late.length > 0 && median < GOAL_MS,
    }
  })
}

/** Milliseconds from the first arrival of each message to its other arrivals. */
function followerDelays(arrivals: readonly Arrival[]): readonly number[] {
  const byMessage = new Map<string, number[]>()
  for (const { message, arrivedAt } of arrivals)
    byMessage.set(message, [...(byMessage.get(message) ?? []), arrivedAt])
  return [...byMessage.values()].flatMap((times) => {
    const [first = 0, ...others] = times.sort((a, b) => a - b)
    return others.map((time) => time - first)
  })
}
