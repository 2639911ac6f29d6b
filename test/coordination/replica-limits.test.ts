import { describe, expect, it, onTestFinished } from 'vitest'
import { encodeId } from '../../src/domain/ids.ts'
import { openSocketClient, sendOperation, waitUntil } from '../support/graphql-client.ts'
import { emptyPostgresDatabase, hasPostgres } from '../support/postgres.ts'
import { asVisitor, createTestGateway, type TestGateway } from '../support/test-gateway.ts'
import { ReplicaLimitsAdded, ReplicaLimitsPage } from './documents.ts'

const HISTORY = '/api/v1/livechat/messages.history/:rid'
const ROOMS = 6
/** Ten calls a minute, with shorter minutes. */
const CALLS = 10
const WINDOW_MS = 2_000
/** A window that does not end before the test. */
const WHOLE_TEST_MS = 600_000

describe.runIf(hasPostgres)('three gateways behind one address at a Rocket.Chat with its own limiter', () => {
  it('exceed no limit after they have learned it, and use all of it', { timeout: 90_000 }, async () => {
    const { rocketChat, replicas, rooms } = await openThree(WINDOW_MS)
    for (const { url } of replicas) for (const room of rooms) subscribeTo(url, room)
    const polls = () => rocketChat.calls.filter(({ route }) => route === HISTORY).length
    await waitUntil(() => polls() > 3 * CALLS)
    rocketChat.clearCalls()
    const startedAt = performance.now()
    const stopQueries = queryContinuously(replicas, rooms)
    await waitUntil(() => polls() > 8 * CALLS)
    await stopQueries()
    const windows = (performance.now() - startedAt) / WINDOW_MS
    expect(rocketChat.calls.filter(({ status }) => status === 429)).toEqual([])
    expect(polls() / windows).toBeGreaterThan(0.6 * CALLS)
  })
})

describe.runIf(hasPostgres)('three gateways of which people use only one', () => {
  it('lend it what they do not need: it sends all that the limit admits, and no more', {
    timeout: 90_000,
  }, async () => {
    const { rocketChat, replicas, rooms } = await openThree(WHOLE_TEST_MS)
    const [busy] = replicas
    const read = async (gateway: TestGateway) => {
      const [room] = rooms
      const { errors } = await sendOperation(
        gateway.url,
        ReplicaLimitsPage,
        { nativeId: room?.nativeId ?? '' },
        asVisitor(room?.token ?? ''),
      )
      return errors === undefined
    }
    for (const gateway of replicas) expect(await read(gateway)).toBe(true)
    const calls = () => rocketChat.calls.filter(({ route }) => route === HISTORY)
    await waitUntil(async () => {
      await read(busy)
      return calls().length === CALLS
    })
    expect(await read(busy)).toBe(false)
    expect(calls().map(({ status }) => status)).toEqual(Array(CALLS).fill(200))
  })
})

/** Three gateways on one database, and a Rocket.Chat whose limiter has windows of this length. */
async function openThree(windowMs: number) {
  const databaseUrl = await emptyPostgresDatabase()
  const first = await createTestGateway({
    as: 'agents',
    rocketChat: {
      limiter: true,
      limits: { [`GET ${HISTORY}`]: { calls: CALLS, windowMs } },
      settings: { API_Enable_Rate_Limiter_Limit_Time_Default: windowMs },
    },
    config: { databaseUrl },
  })
  const replicas = [
    first,
    await first.startReplica({ databaseUrl }),
    await first.startReplica({ databaseUrl }),
  ] as const
  return { rocketChat: first.rocketChat, replicas, rooms: openRooms(first) }
}

interface OpenRoom {
  readonly nativeId: string
  readonly token: string
}

function openRooms({ rocketChat: { workspace } }: TestGateway): readonly OpenRoom[] {
  workspace.createAgent({ username: 'ada', name: 'Ada Agent' })
  return Array.from({ length: ROOMS }, (_, visitor) => {
    const token = `visitor-${visitor}`
    workspace.createVisitor({ token })
    return { token, nativeId: workspace.openRoom({ token })._id }
  })
}

function subscribeTo(url: string, { token, nativeId }: OpenRoom): void {
  const client = openSocketClient(url, { visitorToken: token })
  const room = encodeId({ type: 'Room', provider: 'rocketchat', roomId: nativeId })
  const operation = { query: ReplicaLimitsAdded.toString(), variables: { room } }
  client.subscribe(operation, { next() {}, error() {}, complete() {} })
}

/** Reads the rooms at all gateways, whatever the results, until the returned function is called. */
function queryContinuously(replicas: readonly TestGateway[], rooms: readonly OpenRoom[]) {
  let isStopped = false
  const stop = () => {
    isStopped = true
  }
  onTestFinished(stop)
  const loops = replicas.map(async ({ url }) => {
    while (!isStopped)
      for (const { token, nativeId } of rooms) {
        await sendOperation(url, ReplicaLimitsPage, { nativeId }, asVisitor(token))
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
  })
  return async () => {
    stop()
    await Promise.all(loops)
  }
}
