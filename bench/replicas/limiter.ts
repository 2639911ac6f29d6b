import { setTimeout as sleep } from 'node:timers/promises'
import { OPERATOR_KEY } from '../../test/support/test-gateway.ts'
import { total } from '../live/setup.ts'
import { People } from '../push/people.ts'
import { roleOf, withCluster } from './bench-cluster.ts'
import { type Figure, quantile } from './figure.ts'

const ROOMS = 20
const ACTIVITY = { minMs: 20_000, maxMs: 30_000, changes: false }
/** Until each replica has met the limits of the routes that it calls. */
const LEARNING_MS = 180_000
const HOUR_MS = 3_600_000

/** Refusals of a stock Rocket.Chat behind one address, with one and with three replicas, with push and without. */
export async function measureLimiter(scale: number): Promise<readonly Figure[]> {
  return Promise.all(
    [1, 3].flatMap((replicas) => [false, true].map((push) => measure(replicas, push, scale))),
  )
}

function measure(replicas: number, push: boolean, scale: number): Promise<Figure> {
  const durationMs = HOUR_MS * scale
  return withCluster(
    { replicas, rooms: ROOMS, watchers: 'visitors', push, isLimited: true },
    async (cluster) => {
      const { watched, traffic, provider } = cluster
      for (const replica of cluster.replicas)
        for (const room of provider.rooms.keys())
          watched.watch({ room, role: roleOf('visitors'), url: () => replica.url })
      // They send and read meanwhile.
      const url = await cluster.balance()
      const people = new People({ url, operatorKey: OPERATOR_KEY, rooms: provider.rooms })
      people.start()
      watched.startActivity(ACTIVITY)
      await sleep(Math.min(LEARNING_MS, durationMs))
      traffic.report()
      const from = performance.now()
      await sleep(durationMs)
      const { calls, refused } = traffic.report()
      const { sends, reads } = await people.stop()
      const latencies = watched
        .arrivals()
        .filter(({ committedAt }) => committedAt >= from)
        .map(({ committedAt, arrivedAt }) => arrivedAt - committedAt)
      const minutes = durationMs / 60_000
      const answered = `${sends.answered + reads.answered} of ${sends.made + reads.made}`
      return {
        what: `${replicas} replica${replicas > 1 ? 's' : ''} on one address, stock Rocket.Chat, ${ROOMS} rooms of visitors, ${push ? 'push' : 'polls'}: refusals in ${minutes.toFixed(0)} minutes after learning`,
        measured: `${refused} (${(total(calls) / minutes).toFixed(0)} calls a minute; people's calls answered: ${answered}; ${latencies.length} messages arrived, median ${quantile(latencies, 0.5).toFixed(0)} ms)`,
        goal: '0',
        isHeld: refused === 0,
      }
    },
  )
}
