import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../src/store/open-store.ts'
import { DurabilitySend } from '../../test/durability/documents.ts'
import { ALL_MESSAGES } from '../../test/store/store-setup.ts'
import { sendOperation } from '../../test/support/graphql-client.ts'
import { silentLog } from '../../test/support/log.ts'
import { restartPostgres } from '../../test/support/postgres.ts'
import { asAnonymous } from '../../test/support/test-gateway.ts'
import { total } from '../live/setup.ts'
import { type BenchCluster, watchEverywhere, withCluster } from './bench-cluster.ts'
import type { Figure } from './figure.ts'

const ROOMS = 10
const ACTIVITY = { minMs: 400, maxMs: 600, changes: false }
const RESTARTS = 3
const DOWN_MS = 3_000
const SENDERS_PER_REPLICA = 2
const PAUSE_MS = 200
const OBSERVED_MS = 15_000
const GOAL_MS = 10_000
const ARRIVAL_MS = 120_000

/** Restarts PostgreSQL while rooms are active and people leave offline messages at all replicas. */
export async function measureDatabaseRestart(): Promise<readonly Figure[]> {
  return [await measure(false), await measure(true)]
}

function measure(push: boolean): Promise<Figure> {
  return withCluster({ replicas: 3, rooms: ROOMS, watchers: 'operators', push }, async (cluster) => {
    const { watched, replicas } = cluster
    await watchEverywhere(cluster, 'operators')
    watched.startActivity(ACTIVITY)
    const senders = new OfflineSenders(replicas.map(({ url }) => url))
    const liveAgainMs: number[] = []
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      await sleep(OBSERVED_MS)
      await restartPostgres(DOWN_MS)
      const at = performance.now()
      await sleep(OBSERVED_MS)
      liveAgainMs.push(slowestAfter(cluster, at))
    }
    watched.stopActivity()
    const accepted = await senders.stop()
    const stored = await storedTexts(cluster.databaseUrl)
    const missing = await watched.waitForAll(ARRIVAL_MS)
    const { lost, wrong, uncovered, gaps } = watched.report()
    const ended = replicas.flatMap(({ ends }) => ends).length
    const lostOffline = accepted.filter((text) => !stored.has(text)).length
    const lostLive = lost.length + missing.length
    const slowest = Math.max(...liveAgainMs)
    return {
      what: `PostgreSQL restarted ${RESTARTS} times under load, ${push ? 'push' : 'polls'}: processes ended; offline messages lost, of ${accepted.length}; live events lost, wrong, in gaps; slowest first event after each restart, ms`,
      measured: `${ended}; ${lostOffline}; ${lostLive}, ${wrong.length}, ${uncovered + total(gaps)}; ${liveAgainMs.map((ms) => ms.toFixed(0)).join(' / ')}`,
      goal: `0; 0; 0, 0, reported; at most ${GOAL_MS}`,
      isHeld: ended + lostOffline + lostLive + wrong.length === 0 && slowest <= GOAL_MS,
    }
  })
}

/** Until the last client has received a message that was written after this moment. */
function slowestAfter({ watched }: BenchCluster, at: number): number {
  const first = new Map(watched.clients.map(({ plan }) => [plan.name, Number.POSITIVE_INFINITY]))
  for (const { client, committedAt, arrivedAt } of watched.arrivals())
    if (committedAt >= at) first.set(client, Math.min(first.get(client) ?? arrivedAt, arrivedAt))
  return Math.max(...first.values()) - at
}

async function storedTexts(databaseUrl: string): Promise<ReadonlySet<string>> {
  const store = await openStore({ dataDir: '', databaseUrl }, silentLog)
  const messages = await store.offline.list({ ...ALL_MESSAGES, providers: ['rocketchat'] }, null, 1_000_000)
  await store.close()
  return new Set(messages.map(({ draft }) => draft.text))
}

/** People who leave offline messages, and repeat each with its key until it is accepted. */
class OfflineSenders {
  readonly #accepted: string[] = []
  readonly #running: readonly Promise<void>[]
  #isStopped = false

  constructor(urls: readonly string[]) {
    this.#running = urls.flatMap((url) => Array.from({ length: SENDERS_PER_REPLICA }, () => this.#run(url)))
  }

  /** Resolves with the texts that were accepted. */
  async stop(): Promise<readonly string[]> {
    this.#isStopped = true
    await Promise.all(this.#running)
    return this.#accepted
  }

  async #run(url: string): Promise<void> {
    while (!this.#isStopped) {
      const key = randomUUID()
      const input = {
        provider: 'rocketchat',
        name: 'Ada',
        email: 'ada@mail.test',
        text: key,
        idempotencyKey: key,
      }
      let isAccepted = false
      while (!isAccepted) {
        const { data } = await sendOperation(url, DurabilitySend, { input }, asAnonymous)
        isAccepted = data !== null && 'offlineMessage' in data.sendOfflineMessage
        await sleep(PAUSE_MS)
      }
      this.#accepted.push(key)
    }
  }
}
