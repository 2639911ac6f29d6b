import { describe, expect, it } from 'vitest'
import { hasPostgres } from '../support/postgres.ts'
import { openCluster, type TestCluster, watchEverywhere } from './open-cluster.ts'

/** Several processes start and restart, which takes a busy machine long. */
const TEST_MS = 360_000
const REPLICAS = 3
const ROOMS = 4
/** Two of three replicas read at least one room. */
const SUSPENDED = 2
const ARRIVAL_MS = 60_000
const NOTHING_MISSED = { lost: [], wrong: [], uncovered: 0, gaps: {} }

describe.runIf(hasPostgres)('rooms that all replicas watch', () => {
  it(
    'go on at the other replicas when one is killed, and miss and repeat nothing',
    async () => {
      const { replicas, watched } = await openActiveRooms(true)
      for (const replica of replicas) {
        await replica.kill()
        expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
        await replica.start()
      }
      watched.stopActivity()
      expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
      expect(watched.report()).toEqual(NOTHING_MISSED)
    },
    TEST_MS,
  )

  it(
    'go on at the other replicas while one is suspended, and at that one afterwards',
    async () => {
      const { replicas, watched } = await openActiveRooms(false)
      for (const [index, replica] of replicas.slice(0, SUSPENDED).entries()) {
        replica.suspend()
        const isElsewhere = (client: number) => Math.floor(client / ROOMS) !== index
        const others = watched.clients.filter((_, client) => isElsewhere(client))
        // Longer than a lease lasts: the others take the suspended one for dead.
        expect(await watched.waitForAll(ARRIVAL_MS, { clients: others, rounds: 8 })).toEqual([])
        replica.resume()
        expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
      }
      watched.stopActivity()
      expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
      expect(watched.report()).toEqual(NOTHING_MISSED)
      expect(replicas.flatMap(({ ends }) => ends)).toEqual([])
    },
    TEST_MS,
  )
})

/** A cluster of which every replica has a client of every room, while messages are written. */
async function openActiveRooms(push: boolean): Promise<TestCluster> {
  const cluster = await openCluster({ replicas: REPLICAS, rooms: ROOMS, provider: 'rocketchat', push })
  await watchEverywhere(cluster, ARRIVAL_MS)
  cluster.watched.startActivity({ minMs: 100, maxMs: 300, changes: false })
  return cluster
}
