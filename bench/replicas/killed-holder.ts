import { setTimeout as sleep } from 'node:timers/promises'
import type { RoomSubscriber } from '../../test/simulation/clients/room-subscriber.ts'
import { type BenchCluster, type Watchers, watchEverywhere, withCluster } from './bench-cluster.ts'
import { type Figure, quantile } from './figure.ts'

const ROOMS = 20
/** Often enough that the first message after a kill is written at once. */
const ACTIVITY = { minMs: 400, maxMs: 600, changes: false }
const OBSERVED_MS = 12_000
const GOAL_MS = 5_000

/** Kills each of three replicas in turn, so that every room's lease holder is killed at least once. */
export async function measureKilledHolder(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const watchers of ['operators', 'visitors'] as const)
    for (const push of [false, true]) figures.push(await measure(watchers, push))
  return figures
}

function measure(watchers: Watchers, push: boolean): Promise<Figure> {
  return withCluster({ replicas: 3, rooms: ROOMS, watchers, push }, async (cluster) => {
    await watchEverywhere(cluster, watchers)
    cluster.watched.startActivity(ACTIVITY)
    await sleep(OBSERVED_MS)
    const undisturbed = performance.now()
    await sleep(OBSERVED_MS)
    const usual = silenceAfter(cluster, undisturbed)
    const killed: number[] = []
    for (const replica of cluster.replicas) {
      const at = performance.now()
      await replica.kill()
      await sleep(OBSERVED_MS)
      killed.push(...silenceAfter(cluster, at))
      await replica.start()
      await sleep(OBSERVED_MS)
    }
    const beyond = Math.max(...killed) - Math.max(...usual)
    return {
      what: `a replica killed: until the first message written after that arrives at the subscribers of the others, ${ROOMS} rooms, ${watchers}, ${push ? 'push' : 'polls'}: median / slowest, ms`,
      measured: `${quantile(killed, 0.5).toFixed(0)} / ${Math.max(...killed).toFixed(0)} (without a kill ${quantile(usual, 0.5).toFixed(0)} / ${Math.max(...usual).toFixed(0)})`,
      goal: `at most ${GOAL_MS} beyond those without a kill`,
      isHeld: beyond <= GOAL_MS,
    }
  })
}

/** Of each client that has kept its connection: milliseconds from a moment to its first message written after that. */
function silenceAfter({ watched }: BenchCluster, at: number): readonly number[] {
  const first = new Map<string, number>()
  for (const { client, committedAt, arrivedAt } of watched.arrivals())
    if (committedAt >= at)
      first.set(client, Math.min(first.get(client) ?? Number.POSITIVE_INFINITY, arrivedAt))
  const hasKeptConnection = ({ histories }: RoomSubscriber) =>
    histories.every(({ entries }) => entries.every((entry) => entry.type !== 'disconnected' || entry.at < at))
  return watched.clients
    .filter(hasKeptConnection)
    .map(({ plan }) => (first.get(plan.name) ?? Number.POSITIVE_INFINITY) - at)
}
