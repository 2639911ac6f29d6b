import { setTimeout as sleep } from 'node:timers/promises'
import { total } from '../live/setup.ts'
import { type BenchCluster, withCluster } from './bench-cluster.ts'
import type { Figure } from './figure.ts'

const ROOMS = 30
const CLIENTS = 300
/** Busy rooms, with edits and deletions. */
const ACTIVITY = { minMs: 2_000, maxMs: 4_000, changes: true }
const WINDOW_MS = 10_000
const BETWEEN_MS = 15_000
const ARRIVAL_MS = 120_000

/** Restarts three replicas behind a load balancer, one after the other, while all rooms are active: with polls, then with push. */
export async function measureRollingRestart(scale: number): Promise<readonly Figure[]> {
  return [...(await measure(false, scale)), ...(await measure(true, scale))]
}

function measure(push: boolean, scale: number): Promise<readonly Figure[]> {
  const clients = Math.max(ROOMS, Math.round(CLIENTS * scale))
  return withCluster({ replicas: 3, rooms: ROOMS, watchers: 'operators', push }, async (cluster) => {
    const { replicas, watched, traffic } = cluster
    await connect(cluster, clients, await cluster.balance())
    watched.startActivity(ACTIVITY)
    await sleep(BETWEEN_MS)
    traffic.report()
    await sleep(3 * WINDOW_MS)
    const steady = total(traffic.report().calls) / 3
    const afterRestarts: number[] = []
    for (const replica of replicas) {
      traffic.report()
      const windowEnds = sleep(WINDOW_MS)
      await replica.terminate()
      await replica.start()
      await windowEnds
      afterRestarts.push(total(traffic.report().calls))
      await sleep(BETWEEN_MS - WINDOW_MS)
    }
    watched.stopActivity()
    const missing = await watched.waitForAll(ARRIVAL_MS)
    // An edit shows in no row of the account's list: the next poll of its room finds it.
    const deadline = performance.now() + ARRIVAL_MS
    while (watched.report().lost.length > 0 && performance.now() < deadline) await sleep(1_000)
    return figuresOf(cluster, { push, clients, steady, afterRestarts, missing })
  })
}

async function connect({ watched }: BenchCluster, clients: number, url: string): Promise<void> {
  for (let client = 0; client < clients; client += 1)
    watched.watch({
      room: client % ROOMS,
      role: client % 2 === 0 ? 'OPERATOR' : 'VISITOR',
      over: client % 3 === 0 ? 'SSE' : 'WebSocket',
      url: () => url,
    })
  const late = await watched.waitForAll(ARRIVAL_MS)
  if (late.length > 0) throw new Error(`${late.length} subscriptions have not started`)
}

interface Measured {
  readonly push: boolean
  readonly clients: number
  readonly steady: number
  readonly afterRestarts: readonly number[]
  readonly missing: readonly string[]
}

function figuresOf(
  { watched }: BenchCluster,
  { push, clients, steady, afterRestarts, missing }: Measured,
): readonly Figure[] {
  const { lost, wrong, uncovered, gaps } = watched.report()
  const gapCount = total(gaps)
  const ratio = Math.max(...afterRestarts) / steady
  const arrived = watched.arrivals().length
  const what = `rolling restart of three replicas, ${clients} subscribers of ${ROOMS} active rooms, ${push ? 'push' : 'polls'}`
  const reasons = Object.entries(gaps).map(([reason, count]) => `${count} ${reason}`)
  return [
    {
      what: `${what}: lost, twice or out of order, gaps, of ${arrived} messages`,
      measured: `${lost.length + missing.length}, ${wrong.length}, ${gapCount}${gapCount > 0 ? ` (${reasons.join(', ')}, ${uncovered} changes in them or before their cursors)` : ''}${wrong.length > 0 ? `; ${wrong[0]}` : ''}`,
      goal: '0, 0, 0',
      isHeld: lost.length + uncovered + missing.length + wrong.length + gapCount === 0,
    },
    {
      what: `${what}: calls in the ten seconds after each restart, against the steady state`,
      measured: `${afterRestarts.join(' / ')} against ${steady.toFixed(0)} (${ratio.toFixed(2)})`,
      goal: 'at most 2 times',
      isHeld: ratio <= 2,
    },
  ]
}
