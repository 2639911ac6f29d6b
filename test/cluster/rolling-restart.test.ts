import { expect, it } from 'vitest'
import { hasPostgres } from '../support/postgres.ts'
import { startLoadBalancer } from './load-balancer.ts'
import { hasNginx, startNginx } from './nginx.ts'
import { balance, openCluster } from './open-cluster.ts'

/** Several processes start and restart, which takes a busy machine long. */
const TEST_MS = 360_000
const ROOMS = 4
const CLIENTS_PER_ROOM = 6
const ARRIVAL_MS = 60_000

it
  .runIf(hasPostgres)
  .each([
    ...(hasNginx ? [['rocketchat', true, 'nginx', startNginx] as const] : []),
    ['livechat', false, 'a TCP load balancer', startLoadBalancer] as const,
  ])(
  'restarts of all replicas, one after the other, lose nothing and repeat nothing (%s, push: %s, behind %s)',
  { timeout: TEST_MS },
  async (provider, push, _name, startBalancer) => {
    const cluster = await openCluster({ replicas: 3, rooms: ROOMS, provider, push })
    const { watched, replicas } = cluster
    const url = await balance(cluster, startBalancer)
    for (let client = 0; client < ROOMS * CLIENTS_PER_ROOM; client += 1) {
      watched.watch({
        room: client % ROOMS,
        role: client % 2 === 0 ? 'OPERATOR' : 'VISITOR',
        over: client % 3 === 0 ? 'SSE' : 'WebSocket',
        url: () => url,
      })
    }
    expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
    watched.startActivity({ minMs: 200, maxMs: 600, changes: false })
    for (const replica of replicas) {
      expect(await replica.terminate()).toMatchObject({ code: 0 })
      await replica.start()
      expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
    }
    watched.stopActivity()
    expect(await watched.waitForAll(ARRIVAL_MS)).toEqual([])
    expect(watched.report()).toEqual({ lost: [], wrong: [], uncovered: 0, gaps: {} })
  },
)
