import { hash } from 'node:crypto'
import { Client } from 'pg'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { GatewayOptions } from '../../../src/gateway.ts'
import { createLog } from '../../../src/log.ts'
import { BurstLimiter } from '../../../src/server/limits/burst-limiter.ts'
import { openRateLimitCounters } from '../../../src/store/coordination/rate-limit-counters.ts'
import { createStore } from '../../../src/store/create-store.ts'
import { openPostgres } from '../../../src/store/databases/postgres.ts'
import { queryDatabase } from '../../store/databases.ts'
import { openGatewayWithoutProviders } from '../../support/gateway-without-providers.ts'
import { waitUntil } from '../../support/graphql-client.ts'
import { parseAnswer, post } from '../../support/http.ts'
import { silentLog } from '../../support/log.ts'
import { emptyPostgresDatabase, hasPostgres } from '../../support/postgres.ts'
import { startPostgresProxy } from '../../support/postgres-proxy.ts'
import { connectAs } from '../../support/raw-socket.ts'
import { everyMutation, repeatMutation } from './every-mutation.ts'

const rateLimits = { anonymous: 3, visitor: 3, operator: 3 }
/** A database on a busy machine must not count as unavailable: then each replica would count by itself. */
const PATIENT_MS = 30_000
/** After this the database of a test that is about it counts as unavailable. */
const UNAVAILABLE_MS = 2_000
/** How often an unavailable database is tested. */
const TEST_INTERVAL_MS = 5_000
const [close] = everyMutation.filter(({ name }) => name === 'closeRoom')

describe.runIf(hasPostgres)('replicas on one PostgreSQL', () => {
  it('count a caller together, whatever the transport', async () => {
    const databaseUrl = await emptyPostgresDatabase()
    const [one, other] = await Promise.all([openReplica(databaseUrl), openReplica(databaseUrl)])
    expect(await limitedOver(one, 2)).toBe(0)
    expect(await limitedOver(other, 2)).toBe(0)
    const socket = await connectAs(other)
    socket.subscribe('1', { query: mutations(4) })
    expect(limitedIn(Object((await socket.next()).payload))).toBe(2)
    expect(await limitedOver(one, 2)).toBe(2)
  })

  it('store no caller in a form that could be guessed', async () => {
    const databaseUrl = await emptyPostgresDatabase()
    await limitedOver(await openReplica(databaseUrl), 1)
    const rows = await queryDatabase({ dataDir: '', databaseUrl }, 'select key from rate_limit')
    const keys = JSON.stringify(rows)
    expect(rows).not.toEqual([])
    for (const guess of ['127.0.0.1', '::1', 'unknown']) {
      expect(keys).not.toContain(guess)
      expect(keys).not.toContain(hash('sha256', JSON.stringify(['address', guess]), 'base64url'))
    }
  })

  it('count mutations that arrive at once, and accept no more', async () => {
    const databaseUrl = await emptyPostgresDatabase()
    const replicas = await Promise.all([openReplica(databaseUrl), openReplica(databaseUrl)])
    const attempts = Array.from({ length: 16 }, (_, at) => limitedOver(replicas[at % 2] ?? '', 1))
    const limited = (await Promise.all(attempts)).reduce((sum, count) => sum + count, 0)
    expect(limited).toBe(16 - 2 * rateLimits.anonymous)
  })

  it('keep limiting on their own while the database refuses connections, and share counts again afterwards', async () => {
    const line = await startPostgresProxy(await emptyPostgresDatabase())
    const lines: Readonly<Record<string, unknown>>[] = []
    const log = createLog('info', { write: (text) => void lines.push(JSON.parse(text)) })
    const url = await openReplica(line.url, { log })
    expect(await limitedOver(url, 2)).toBe(0)
    await line.disconnect()
    expect(await limitedOver(url, 8)).toBe(2)
    const logged = () => lines.filter(({ msg }) => /rate limits .*counted/.test(String(msg)))
    expect(logged()).toMatchObject([{ level: 40 }])
    await line.restore()
    const other = await openReplica(line.url)
    // The database has counted two before.
    expect(await limitedOver(other, 5)).toBe(1)
  })

  it('keep limiting while the database does not respond', async () => {
    const line = await startPostgresProxy(await emptyPostgresDatabase())
    const url = await openReplica(line.url, { countersTimeoutMs: UNAVAILABLE_MS })
    expect(await limitedOver(url, 1)).toBe(0)
    line.stall()
    expect(await limitedOver(url, 8)).toBe(2)
    await line.restore()
  })
})

describe.runIf(hasPostgres)('the counters', () => {
  it('delay one mutation by half a second when the database is slow, and no further one until it responds', async () => {
    const line = await startPostgresProxy(await emptyPostgresDatabase())
    const counters = await openCountersOf(line.url, undefined)
    const count = () => counters.query({ text: 'select count(*) from rate_limit', values: [] })
    const succeeds = () =>
      count().then(
        () => true,
        () => false,
      )
    await waitUntil(succeeds)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    line.stall()
    const failed = vi.fn<() => void>()
    const counting = count().catch(failed)
    await vi.advanceTimersByTimeAsync(499)
    expect(failed).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await counting
    expect(failed).toHaveBeenCalled()
    // The clock stands still: none of these waits.
    for (let mutation = 0; mutation < 1_000; mutation += 1)
      await expect(count()).rejects.toThrow('a moment ago')
    await line.restore()
    await vi.advanceTimersByTimeAsync(TEST_INTERVAL_MS)
    await waitUntil(succeeds)
  })

  it('are not tested any more once they are closed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const counters = openRateLimitCounters('postgresql://127.0.0.1:1/nothing', silentLog)
    await expect(counters.query({ text: 'select 1', values: [] })).rejects.toThrow('ECONNREFUSED')
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(TEST_INTERVAL_MS)
    await counters.close()
    await new Promise(setImmediate)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('are not queried for a caller that has nothing left', async () => {
    const { counters } = await openCounters()
    const query = vi.fn(counters.query)
    const limiter = new BurstLimiter('test', 3, { ...counters, query })
    for (let attempt = 0; attempt < 6; attempt += 1) expect(await limiter.consume('key')).toBeNull()
    query.mockClear()
    for (let attempt = 0; attempt < 50; attempt += 1) expect(await limiter.consume('key')).toBeGreaterThan(0)
    expect(query).not.toHaveBeenCalled()
  })

  it('report at every replica what a caller has left', async () => {
    const { counters } = await openCounters()
    const [one, other] = [new BurstLimiter('test', 3, counters), new BurstLimiter('test', 3, counters)]
    for (let attempt = 0; attempt < 4; attempt += 1) await one.consume('key')
    expect(await other.state('key')).toEqual({ remaining: 2, resetMs: expect.any(Number) })
  })

  it('are removed when their window has ended', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { counters, client } = await openCounters()
    const limiter = new BurstLimiter('test', 1, counters)
    for (const key of ['a', 'b']) for (let attempt = 0; attempt < 2; attempt += 1) await limiter.consume(key)
    const count = async () => (await client.query('select 1 from rate_limit')).rowCount
    expect(await count()).toBe(4)
    vi.advanceTimersByTime(61_000)
    await waitUntil(async () => (await count()) === 2)
    vi.advanceTimersByTime(600_000)
    await waitUntil(async () => (await count()) === 0)
  })

  it('contain neither an address nor a token', async () => {
    const databaseUrl = await emptyPostgresDatabase()
    const url = await openReplica(databaseUrl)
    await post(url, { query: mutations(1) }, { 'x-visitor-token': 'a-secret-token' })
    await post(url, { query: mutations(1) })
    const client = await openClient(databaseUrl)
    const { rows } = await client.query('select * from rate_limit')
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).not.toMatch(/a-secret-token|127\.0\.0\.1/)
  })

  it('leave no connection open when the gateway has stopped', async () => {
    const databaseUrl = await emptyPostgresDatabase()
    const gateway = await openGatewayWithoutProviders({ databaseUrl, rateLimits })
    await limitedOver(gateway.url, 1)
    const client = await openClient(databaseUrl)
    const connections = async () =>
      (await client.query(`select 1 from pg_stat_activity where application_name like 'switchboard%'`))
        .rowCount
    expect(await connections()).toBeGreaterThan(1)
    await gateway.close()
    await waitUntil(async () => (await connections()) === 0)
  })
})

async function openReplica(databaseUrl: string, options: Partial<GatewayOptions> = {}): Promise<string> {
  const patient = { log: silentLog, countersTimeoutMs: PATIENT_MS }
  return (await openGatewayWithoutProviders({ databaseUrl, rateLimits }, { ...patient, ...options })).url
}

/** The counters of an empty database, and a client of it. */
async function openCounters() {
  const databaseUrl = await emptyPostgresDatabase()
  return { counters: await openCountersOf(databaseUrl, PATIENT_MS), client: await openClient(databaseUrl) }
}

async function openCountersOf(databaseUrl: string, timeoutMs: number | undefined) {
  await (await createStore(openPostgres(databaseUrl, silentLog))).close()
  const counters = openRateLimitCounters(databaseUrl, silentLog, timeoutMs)
  onTestFinished(() => counters.close())
  return counters
}

async function openClient(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

function mutations(times: number): string {
  return repeatMutation(close ?? { name: '', call: '' }, times)
}

/** Sends one operation with several mutations, and returns how many exceeded the limit. */
async function limitedOver(url: string, times: number): Promise<number> {
  return limitedIn(parseAnswer(await post(url, { query: mutations(times) })))
}

function limitedIn({ data }: { readonly data?: unknown }): number {
  const results = Object.values<{ readonly code?: string }>(Object(data))
  return results.filter(({ code }) => code === 'RATE_LIMITED').length
}
