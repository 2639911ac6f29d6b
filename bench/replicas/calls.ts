import { setTimeout as sleep } from 'node:timers/promises'
import { total } from '../live/setup.ts'
import { type Watchers, watchEverywhere, withCluster } from './bench-cluster.ts'
import type { Figure } from './figure.ts'

const ROOMS = 20
const REPLICAS = [1, 2, 3]
/** People's pace: a message in each room every 20 to 30 seconds. */
const ACTIVITY = { minMs: 20_000, maxMs: 30_000, changes: false }
/** After the subscriptions have started: the first audits and fallback polls come later than all others. */
const SETTLE_MS = 90_000
/** Equal within a tenth. */
const GOAL = 1.1
const SOURCES: readonly (readonly [Watchers, string])[] = [
  ['operators', 'Rocket.Chat, service account'],
  ['visitors', 'Rocket.Chat, visitors'],
  ['customers', 'LiveChat, customers'],
]

/** Upstream calls of one, two and three replicas, each of which has a subscriber of every room. */
export async function measureCalls(scale: number): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const [watchers, name] of SOURCES)
    for (const push of [false, true]) {
      const counts = await Promise.all(
        REPLICAS.map((replicas) => callsPerMinute(replicas, watchers, push, scale)),
      )
      const ratio = (counts.at(-1) ?? 0) / (counts[0] ?? 0)
      figures.push({
        what: `upstream calls per minute, ${ROOMS} watched rooms, ${REPLICAS.join(' / ')} replicas: ${name}, ${push ? 'push' : 'polls'}`,
        measured: `${counts.map((count) => count.toFixed(0)).join(' / ')} (${ratio.toFixed(2)})`,
        goal: `at most ${GOAL} times`,
        isHeld: ratio <= GOAL,
      })
    }
  return figures
}

function callsPerMinute(replicas: number, watchers: Watchers, push: boolean, scale: number): Promise<number> {
  const durationMs = 120_000 * scale
  return withCluster({ replicas, rooms: ROOMS, watchers, push }, async (cluster) => {
    await watchEverywhere(cluster, watchers)
    cluster.watched.startActivity(ACTIVITY)
    await sleep(SETTLE_MS)
    cluster.traffic.report()
    await sleep(durationMs)
    return (total(cluster.traffic.report().calls) * 60_000) / durationMs
  })
}
