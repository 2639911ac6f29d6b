import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeId } from '../../src/domain/ids.ts'
import { queryDatabase } from '../store/databases.ts'
import { openEventStream } from '../support/event-stream.ts'
import { waitUntil } from '../support/graphql-client.ts'
import { emptyPostgresDatabase, hasPostgres } from '../support/postgres.ts'
import { startPostgresProxy } from '../support/postgres-proxy.ts'
import { asVisitor, createTestGateway, type TestGateway } from '../support/test-gateway.ts'
import { ReplicaLimitsAdded } from './documents.ts'

const MAX = 3
const TOKEN = 'a-secret-token'

describe.runIf(hasPostgres)('the subscriptions of a caller at two gateways', () => {
  it('count together', async () => {
    const { one, other, subscribe } = await openTwo(await emptyPostgresDatabase())
    const streams = await Promise.all([1, 2, 3].map(() => subscribe(one)))
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200])
    await waitUntil(() => isRefused(other, subscribe))
    // Another caller has its own quota.
    expect((await subscribe(other, 'another-token')).status).toBe(200)
    streams[0]?.leave()
    await waitUntil(async () => (await subscribe(other)).status === 200)
    await waitUntil(() => isRefused(one, subscribe))
  })

  it('count no more when their gateway stops', async () => {
    const { one, other, subscribe } = await openTwo(await emptyPostgresDatabase())
    for (const _subscription of Array(MAX).keys()) await subscribe(one)
    await waitUntil(() => isRefused(other, subscribe))
    const stopped = one.gateway.close()
    await waitUntil(async () => (await subscribe(other)).status === 200)
    await stopped
  })

  it('are limited by each gateway while the database is away, and together again afterwards', async () => {
    const line = await startPostgresProxy(await emptyPostgresDatabase())
    const { one, other, subscribe } = await openTwo(line.url)
    await line.disconnect()
    for (const gateway of [one, other]) {
      for (const _subscription of Array(MAX).keys()) expect((await subscribe(gateway)).status).toBe(200)
      expect((await subscribe(gateway)).status).toBe(429)
    }
    await line.restore()
    const streams = await Promise.all([1, 2].map(() => subscribe(one, 'another-token')))
    expect(streams.map(({ status }) => status)).toEqual([200, 200])
    await waitUntil(() => isRefused(other, subscribe, 'another-token', MAX - streams.length + 1))
  })

  it('are reported without a token or an address', async () => {
    const databaseUrl = await emptyPostgresDatabase()
    const { one, other, subscribe } = await openTwo(databaseUrl)
    for (const _subscription of Array(MAX).keys()) await subscribe(one)
    await waitUntil(() => isRefused(other, subscribe))
    const reports = JSON.stringify(
      await queryDatabase({ dataDir: '', databaseUrl }, 'select * from replica_report'),
    )
    expect(reports).toContain(String(MAX))
    expect(reports).not.toMatch(/a-secret-token|127\.0\.0\.1/)
    // Nor by what could be computed from a guess.
    expect(reports).not.toContain(hash('sha256', `visitor ${TOKEN}`, 'base64url'))
  })
})

type Subscribe = (gateway: TestGateway, token?: string) => ReturnType<typeof openEventStream>

/** Two gateways on one database, and a function that subscribes to a room of a visitor. */
async function openTwo(databaseUrl: string) {
  const config = { databaseUrl, maxSubscriptionsPerCaller: MAX }
  const one = await createTestGateway({ liveChat: null, config })
  const other = await one.startReplica(config)
  const { workspace } = one.rocketChat
  const roomOf = (token: string) => {
    workspace.createVisitor({ token })
    return encodeId({ type: 'Room', provider: 'rocketchat', roomId: workspace.openRoom({ token })._id })
  }
  const rooms = new Map([TOKEN, 'another-token'].map((token) => [token, roomOf(token)]))
  const subscribe: Subscribe = ({ url }, token = TOKEN) =>
    openEventStream(
      url,
      { query: ReplicaLimitsAdded.toString(), variables: { room: rooms.get(token) } },
      asVisitor(token),
    )
  return { one, other, subscribe }
}

/** Whether the last of this many subscriptions of the caller is refused. All of them end. */
async function isRefused(gateway: TestGateway, subscribe: Subscribe, token = TOKEN, times = 1) {
  const streams = []
  for (let time = 0; time < times; time += 1) streams.push(await subscribe(gateway, token))
  for (const { leave } of streams) leave()
  return streams.at(-1)?.status === 429
}
