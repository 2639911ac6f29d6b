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

describe.runIf(hasPostgres)('three gateways behind one address at a Rocket.Chat with its own limiter', () => {
  it('exceed no limit after they have learned it, and use all of it', async () => {
    const databaseUrl = await emptyPostgresDatabase()
    const limits = { [`GET ${HISTORY}`]: { calls: CALLS, windowMs: WINDOW_MS } }
    const first = await createTestGateway({
      as: 'agents',
      rocketChat: {
        limiter: true,
        limits,
        settings: { API_Enable_Rate_Limiter_Limit_Time_Default: WINDOW_MS },
      },
      config: { databaseUrl },
    })
    const replicas = [
      first,
      await first.startReplica({ databaseUrl }),
      await first.startReplica({ databaseUrl }),
    ]
    const rooms = openRooms(first)
    for (const { url } of replicas) for (const room of rooms) subscribeTo(url, room)
    const { rocketChat } = first
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
