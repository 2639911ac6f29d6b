import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Gateway, startGateway } from '../../../src/gateway.ts'
import { createProcessDirectory } from '../../support/temporary-directory.ts'
import { testConfig } from '../../support/test-gateway.ts'
import type { RoomAction } from '../assertions/check-activity.ts'
import type { Scenario } from '../commands/scenario.ts'
import { Ledger } from '../oracle/ledger.ts'
import { startLiveChatProvider } from './livechat-provider.ts'
import { RevokedCredentials } from './revoked-credentials.ts'
import { startRocketChatProvider } from './rocketchat-provider.ts'
import { createProviderClock, type SimulatedProvider, type SimulatedRoom } from './simulated-provider.ts'
import { scheduleWebhooks } from './webhook-schedule.ts'

const GATEWAYS = 2
/** A write through a gateway may be two calls, each of which a look may see; and one more for what is not known. */
const CHANGES_OF_A_WRITE = 3
/** Looks often: what a provider does within a second is enough for a history. */
const PACE = { pollIntervalMs: 10, pollIdleIntervalMs: 30 }
/** For a call to the provider. */
const IMPATIENT_MS = 400
const PATIENT_MS = 5_000

/** One gateway of a world; a restart puts another in its place. */
export interface GatewayInstance {
  /** Unique in its world. */
  readonly number: number
  readonly gateway: Gateway
}

/** A provider, two gateways before it, and the truth about it. */
export interface SimulationEnvironment {
  readonly provider: SimulatedProvider
  readonly ledger: Ledger
  readonly instances: GatewayInstance[]
  /** Milliseconds since the world began. */
  readonly time: () => number
  /** Has the truth look at what the provider holds, where something may have been written since the last time. */
  readonly observe: () => void
  /** Tells of a write through a gateway: it may be committed at any time, even where it is told to have failed. */
  readonly noteWrite: (room: SimulatedRoom) => void
  readonly revoked: RevokedCredentials
  /** All that was done to rooms, in order. */
  readonly actions: readonly RoomAction[]
  /** How many calls had come to the provider whenever a gateway was put in another's place. */
  readonly restarts: readonly number[]
  /** Closes a gateway and starts another in its place. */
  restart(index: number): Promise<void>
  close(): Promise<void>
}

/** Opens the world of a script. Nothing outlives its `close`. */
export async function startEnvironment({
  provider,
  skewMs,
  webhooks: hints,
  limit,
  commands: steps,
}: Scenario): Promise<SimulationEnvironment> {
  const clock = createProviderClock(skewMs)
  const inside = await (provider === 'rocketchat'
    ? startRocketChatProvider(clock, limit)
    : startLiveChatProvider(clock))
  // A room of megabytes takes its time.
  const upstreamTimeoutMs = steps.some((step) => step.do === 'flood') ? PATIENT_MS : IMPATIENT_MS
  const hinting = scheduleWebhooks(inside.webhooks, hints)
  const truth = new Ledger()
  const begun = performance.now()
  const time = () => performance.now() - begun
  const deeds: RoomAction[] = []
  const restarts: number[] = []
  let isWrittenThrough = false
  const look = (hasNoMessage = false) => {
    for (const room of inside.rooms) {
      truth.observe(room.id, inside.storedMessages(room), time())
      for (const view of ['AGENTS', 'EVERYONE'] as const) {
        truth.observeState({
          at: time(),
          room: room.id,
          view,
          state: inside.stateOf(room, view),
          hasNoMessage: hasNoMessage,
        })
      }
    }
  }
  /** What is done inside is seen at once. */
  const observe = () => {
    if (isWrittenThrough) look()
  }
  const stage: SimulatedProvider = {
    ...inside,
    perform: (room, deed) => {
      hinting.before()
      observe()
      deeds.push({ at: time(), room: room.id, changes: 1 })
      inside.perform(room, deed)
      look(deed.do === 'change quietly')
    },
    revoke: (room) => {
      deeds.push({ at: time(), room: room.id, changes: 1 })
      inside.revoke(room)
    },
  }
  const directory = createProcessDirectory()
  let opened = 0
  /** At the port of the one before it, if there was one. */
  const open = async (port = 0): Promise<GatewayInstance> => {
    opened += 1
    const number = opened
    const dataDir = join(directory, String(number))
    await mkdir(dataDir)
    return {
      number,
      gateway: await startGateway(testConfig([stage.config], { ...PACE, dataDir, upstreamTimeoutMs, port }), {
        log: pino({ level: 'silent' }),
        drainMs: 50,
      }),
    }
  }
  const instances = await Promise.all(Array.from({ length: inside.limit ? 1 : GATEWAYS }, () => open()))
  const [told] = instances
  if (told && hints !== 'none') await inside.sendWebhooksTo(webhookUrl(told, inside))
  look()
  return {
    provider: stage,
    ledger: truth,
    instances,
    time,
    observe,
    noteWrite: ({ id }) => {
      isWrittenThrough = true
      deeds.push({ at: time(), room: id, changes: CHANGES_OF_A_WRITE })
    },
    revoked: new RevokedCredentials(stage),
    actions: deeds,
    restarts,
    async restart(index) {
      const before = instances[index]
      if (!before) return
      await before.gateway.close()
      restarts.push(stage.server.calls.length)
      instances[index] = await open(Number(new URL(before.gateway.url).port))
    },
    async close() {
      try {
        await Promise.all(instances.map(({ gateway }) => gateway.close()))
        await stage.close()
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    },
  }
}

function webhookUrl({ gateway }: GatewayInstance, { provider }: SimulatedProvider): string {
  return new URL(`/webhooks/${provider}`, gateway.url).href
}
