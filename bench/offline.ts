import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startRocketChatSandbox } from '../sandbox/rocketchat/index.ts'
import { queueLimits } from '../src/offline/queue-limits.ts'
import { openStore, type StoreSettings } from '../src/store/open-store.ts'
import { silentLog } from '../test/support/log.ts'
import { emptyPostgresDatabase, hasPostgres } from '../test/support/postgres.ts'

// npm run bench:offline: how fast offline messages are accepted, and how that affects the latency of queries.

const ACCEPTED = 3_000
const WRITERS = 16
const PHASE_MS = 2_000
const PHASES = 4
/** Messages or queries per second: a busy shop's peak, and ten times that. */
const RATES = [5, 50]
/** Counts messages; each is sent from the client address with its number. */
let sent = 0
const QUERY = '{ providers { name kind capabilities } }'
const SEND = `mutation Bench($input: SendOfflineMessageInput!) {
  sendOfflineMessage(input: $input) { __typename ... on UserError { code } }
}`
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

interface Row {
  readonly database: string
  readonly acceptedPerSecond: number
  readonly latencies: readonly QueryLatencies[]
}

/** Median latencies of a query under concurrent load, in milliseconds. */
interface QueryLatencies {
  readonly perSecond: number
  readonly queriesMs: number
  readonly acceptsMs: number
}

const directory = mkdtempSync(join(tmpdir(), 'switchboard-bench-'))
const rows = [await measure('SQLite', async () => ({ dataDir: mkdtempSync(join(directory, 'data-')) }))]
if (hasPostgres) {
  rows.push(
    await measure('PostgreSQL', async () => ({ dataDir: '', databaseUrl: await emptyPostgresDatabase() })),
  )
}
rmSync(directory, { recursive: true, force: true })
process.stdout.write(
  '| database | accepted per second | concurrent load, per second | query latency during queries, ms | during offline messages, ms | ratio |\n',
)
process.stdout.write('|---|---|---|---|---|---|\n')
for (const { database, acceptedPerSecond, latencies } of rows) {
  for (const { perSecond, queriesMs, acceptsMs } of latencies) {
    const times = [queriesMs, acceptsMs, acceptsMs / queriesMs].map((value) => value.toFixed(2))
    process.stdout.write(
      `| ${[database, Math.round(acceptedPerSecond), perSecond, ...times].join(' | ')} |\n`,
    )
  }
}
process.stdout.write(`load ${loadavg()[0]}\n`)
// The PostgreSQL server ends with this process.
process.exit()

async function measure(database: string, empty: () => Promise<StoreSettings>): Promise<Row> {
  const acceptedPerSecond = await acceptAsFastAsPossible(await empty())
  return { database, acceptedPerSecond, latencies: await measureQueryLatencies(await empty()) }
}

/** Messages that one process accepts per second: the store alone, each message with a key. */
async function acceptAsFastAsPossible(settings: StoreSettings): Promise<number> {
  const { offline: store, close } = await openStore(settings, silentLog)
  let left = ACCEPTED
  const startedAt = performance.now()
  const accepting = async () => {
    while (left > 0) {
      left -= 1
      const id = randomUUID()
      const draft = {
        name: 'Ada',
        email: `${id}@mail.test`,
        text: `Hello ${id}`,
        department: null,
        host: null,
      }
      const acceptance = {
        id,
        provider: 'rocketchat',
        draft,
        idempotencyKey: id,
        senderHash: null,
        acceptedAt: new Date(),
      }
      await store.accept(acceptance, queueLimits(1_000_000))
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, accepting))
  const seconds = (performance.now() - startedAt) / 1000
  await close()
  return ACCEPTED / seconds
}

/**
 * Median latency of a small query at a gateway process, in alternating phases during other small queries and during
 * offline messages, at equal rates. The ratio is the cost of accepting a message beyond that of any request.
 */
async function measureQueryLatencies({
  dataDir,
  databaseUrl = '',
}: StoreSettings): Promise<QueryLatencies[]> {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const gateway = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: '0',
      ROCKETCHAT_URL: rocketChat.url,
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      RATE_LIMIT_ANONYMOUS: '0',
      // Each message comes from another address, because the queue is bounded per sender.
      TRUSTED_PROXIES: '127.0.0.1',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await listening(createInterface(gateway.stdout))
  await queryLatencies(url)
  const medians: QueryLatencies[] = []
  for (const perSecond of RATES) {
    const queries: number[] = []
    const accepts: number[] = []
    for (let phase = 0; phase < PHASES; phase += 1) {
      queries.push(...(await latenciesDuring(url, perSecond, () => ask(url, QUERY, {}))))
      accepts.push(...(await latenciesDuring(url, perSecond, () => sendOfflineMessage(url))))
    }
    medians.push({ perSecond, queriesMs: median(queries), acceptsMs: median(accepts) })
  }
  gateway.kill('SIGKILL')
  await rocketChat.close()
  return medians
}

async function listening(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const [, url] = /^listening on (\S+)$/.exec(line) ?? []
    if (url) return url
  }
  throw new Error('the gateway did not start')
}

async function queryLatencies(url: string): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + PHASE_MS
  while (performance.now() < end) {
    const startedAt = performance.now()
    await ask(url, QUERY, {})
    times.push(performance.now() - startedAt)
  }
  return times
}

async function latenciesDuring(url: string, perSecond: number, load: () => Promise<void>): Promise<number[]> {
  const stop = new AbortController()
  const loading = repeatAtRate(load, perSecond, stop.signal)
  const times = await queryLatencies(url)
  stop.abort()
  await loading
  return times
}

async function repeatAtRate(
  work: () => Promise<void>,
  perSecond: number,
  signal: AbortSignal,
): Promise<void> {
  const requests: Promise<void>[] = []
  while (!signal.aborted) {
    requests.push(work())
    await setTimeout(1000 / perSecond)
  }
  await Promise.all(requests)
}

function sendOfflineMessage(url: string): Promise<void> {
  const key = randomUUID()
  const draft = { provider: 'rocketchat', name: 'Ada', email: `${key}@mail.test`, text: 'Hello' }
  sent += 1
  return ask(url, SEND, { input: { ...draft, idempotencyKey: key } }, `10.0.${sent >> 8}.${sent & 255}`)
}

async function ask(url: string, query: string, variables: unknown, from = '10.1.0.1'): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': from }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  const text = await response.text()
  if (!response.ok || text.includes('"errors"') || text.includes('"code"')) throw new Error(text)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
