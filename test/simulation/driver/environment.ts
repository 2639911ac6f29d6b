import { type Gateway, startGateway } from '../../../src/gateway.ts'
import { createPushDefectLog } from '../../support/push-socket-options.ts'
import { testConfig } from '../../support/test-gateway.ts'
import type { RoomAction } from '../assertions/check-activity.ts'
import { type DatabaseInterruption, losesReplicas, type Scenario } from '../commands/scenario.ts'
import { Ledger } from '../oracle/ledger.ts'
import { type GatewayDatabase, openDatabases } from './gateway-databases.ts'
import { startLiveChatProvider } from './livechat-provider.ts'
import { RevokedCredentials } from './revoked-credentials.ts'
import { startRocketChatProvider } from './rocketchat-provider.ts'
import { createProviderClock, type SimulatedProvider, type SimulatedRoom } from './simulated-provider.ts'
import { scheduleWebhooks } from './webhook-schedule.ts'

const GATEWAYS = 2
/** A write through a gateway may be two calls, each of which a poll may see, and one more for an unknown outcome. */
const CHANGES_OF_A_WRITE = 3
/** Short intervals, so that a scenario takes about a second. */
const POLL_INTERVALS = { pollIntervalMs: 10, pollIdleIntervalMs: 30 }
/** Times of push in every scenario. What is pushed after a reconnection waits until faults are over, so that the order is always strict. */
export const PUSH_TIMES = {
  maxHoldMs: 10_000,
  maxJoinWaitMs: 100,
  expectedWithinMs: 60,
  lateAfterMs: 150,
  maxReadLagMs: 50,
  auditWithinMs: 150,
  maxAuditMs: 400,
}
const PUSH_SOCKET_TIMES = {
  loginTimeoutMs: 1_500,
  pingIntervalMs: 100,
  maxSilenceMs: 600,
  firstReconnectMs: 20,
  maxReconnectMs: 100,
}
/** How long a replica counts as alive after it has lost its database. */
const LEASE_MS = 600
/** A busy machine suspends a process for longer: where no replica dies, none may lose its lease. */
const UNDISTURBED_LEASE_MS = 6_000
const UPSTREAM_TIMEOUT_MS = 400
/** Reading a flooded room of megabytes takes longer. */
const FLOOD_UPSTREAM_TIMEOUT_MS = 5_000

/** One gateway of a simulation. A restart replaces it. */
export interface GatewayInstance {
  /** Unique in the simulation. */
  readonly number: number
  readonly gateway: Gateway
  readonly database: GatewayDatabase
}

/** A provider, its gateways, and the ledger of what the provider committed. */
export interface SimulationEnvironment {
  readonly provider: SimulatedProvider
  readonly ledger: Ledger
  readonly instances: GatewayInstance[]
  /** Whether all gateways share one database. */
  readonly isStoreShared: boolean
  /** Whether a gateway could not share live events for a while, because its database did not answer in time. */
  readonly hasFailedToShare: boolean
  /** Milliseconds since the simulation started. */
  readonly time: () => number
  /** Brings the ledger up to date where a gateway may have written since the last time. */
  readonly observe: () => void
  /** Notes a write through a gateway. It may be committed at any time, even after a reported failure. */
  readonly noteWrite: (room: SimulatedRoom) => void
  readonly revoked: RevokedCredentials
  /** Everything that was done to rooms, in order. */
  readonly actions: readonly RoomAction[]
  /** The number of provider calls at each restart of a gateway. */
  readonly restarts: readonly number[]
  /** Closes a gateway and starts a new one at the same port. `abruptly`: it has lost its database before, and releases nothing. */
  restart(index: number, how?: 'gracefully' | 'abruptly'): Promise<void>
  /** Makes the connections of one gateway to its database fail, or work again. */
  interruptDatabase(index: number, how: DatabaseInterruption): Promise<void>
  restoreDatabase(index: number): Promise<void>
  restoreDatabases(): Promise<void>
  close(): Promise<void>
}

/** Starts what a scenario needs. Nothing outlives its `close`. */
export async function startEnvironment(scenario: Scenario): Promise<SimulationEnvironment> {
  const { provider: kind, skewMs, webhooks, push, limit, replicas, commands } = scenario
  const clock = createProviderClock(skewMs)
  const started = await (kind === 'rocketchat'
    ? startRocketChatProvider(clock, { limit, push })
    : startLiveChatProvider(clock, { push }))
  const isFlooded = commands.some(({ type }) => type === 'flood')
  const upstreamTimeoutMs = isFlooded ? FLOOD_UPSTREAM_TIMEOUT_MS : UPSTREAM_TIMEOUT_MS
  const schedule = scheduleWebhooks(started.webhooks, webhooks)
  const ledger = new Ledger()
  const startedAt = performance.now()
  const time = () => performance.now() - startedAt
  const actions: RoomAction[] = []
  const restarts: number[] = []
  let isWrittenByGateway = false
  const readProvider = (hasNoMessage = false) => {
    for (const room of started.rooms) {
      ledger.observe(room.id, started.storedMessages(room), time())
      for (const view of ['AGENTS', 'EVERYONE'] as const) {
        const state = started.stateOf(room, view)
        ledger.observeState({ at: time(), room: room.id, view, state, hasNoMessage })
      }
    }
  }
  // Direct actions are read at once, so only writes of the gateways need this.
  const observe = () => {
    if (isWrittenByGateway) readProvider()
  }
  const provider: SimulatedProvider = {
    ...started,
    perform: (room, action) => {
      schedule.before()
      observe()
      actions.push({ at: time(), room: room.id, changes: 1 })
      started.perform(room, action)
      readProvider(action.type === 'change silently')
    },
    revoke: (room) => {
      actions.push({ at: time(), room: room.id, changes: 1 })
      started.revoke(room)
    },
  }
  const databases = await openDatabases(replicas !== null)
  let hasFailedToShare = false
  const log = createPushDefectLog((message) => {
    hasFailedToShare ||= message.startsWith('live events are not shared')
  })
  const leaseMs = losesReplicas(scenario) ? LEASE_MS : UNDISTURBED_LEASE_MS
  let count = 0
  const nextNumber = () => {
    count += 1
    return count
  }
  const startInstance = async (number: number, port = 0): Promise<GatewayInstance> => {
    const database = await databases.forGateway(number)
    const config = testConfig([provider.config], {
      ...POLL_INTERVALS,
      ...database.settings,
      upstreamTimeoutMs,
      port,
    })
    const options = {
      log,
      finishMs: 50,
      leaseMs,
      pushTimes: PUSH_TIMES,
      pushSocketTimes: PUSH_SOCKET_TIMES,
    }
    return { number, database, gateway: await startGateway(config, options) }
  }
  const closeInstance = async ({ gateway, database }: GatewayInstance) => {
    await gateway.close()
    await database.close()
  }
  const instances = await Promise.all(
    Array.from({ length: replicas ?? (started.limit ? 1 : GATEWAYS) }, () => startInstance(nextNumber())),
  )
  const [webhookReceiver] = instances
  if (webhookReceiver && webhooks !== 'none')
    await started.sendWebhooksTo(webhookUrl(webhookReceiver, started))
  readProvider()
  return {
    provider,
    ledger,
    instances,
    isStoreShared: replicas !== null,
    get hasFailedToShare() {
      return hasFailedToShare
    },
    time,
    observe,
    noteWrite: ({ id }) => {
      isWrittenByGateway = true
      actions.push({ at: time(), room: id, changes: CHANGES_OF_A_WRITE })
    },
    revoked: new RevokedCredentials(provider),
    actions,
    restarts,
    async restart(index, how = 'gracefully') {
      const instance = instances[index]
      if (!instance) return
      // A gateway cannot release anything over connections that give no answer.
      if (how === 'abruptly' || instance.database.isStalled) await instance.database.interrupt('disconnect')
      await closeInstance(instance)
      restarts.push(provider.server.calls.length)
      // A client may connect as soon as the new gateway listens, which is before it has started.
      const number = nextNumber()
      instances[index] = { ...instance, number }
      instances[index] = await startInstance(number, Number(new URL(instance.gateway.url).port))
    },
    interruptDatabase: async (index, how) => instances[index]?.database.interrupt(how),
    restoreDatabase: async (index) => instances[index]?.database.restore(),
    async restoreDatabases() {
      await Promise.all(instances.map(({ database }) => database.restore()))
    },
    async close() {
      try {
        await Promise.all(instances.map(closeInstance))
        await provider.close()
      } finally {
        await databases.close()
      }
    },
  }
}

function webhookUrl({ gateway }: GatewayInstance, { provider }: SimulatedProvider): string {
  return new URL(`/webhooks/${provider}`, gateway.url).href
}
