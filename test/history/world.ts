import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import type { Config } from '../../src/config/index.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { testConfig } from '../util/gateway.ts'
import { conduct } from './hinting.ts'
import { openLiveChatStage } from './livechat-stage.ts'
import { openRocketChatStage } from './rocketchat-stage.ts'
import type { Script } from './script.ts'
import { providerClock, type Stage } from './stage.ts'
import { Truth } from './truth.ts'

const GATEWAYS = 2
/** Looks often: what a provider does within a second is enough for a history. */
const PACE = { pollIntervalMs: 10, pollIdleIntervalMs: 30 }
/** For a call to the provider. */
const IMPATIENT_MS = 400
const PATIENT_MS = 5_000

/** One gateway of a world; a restart puts another in its place. */
export interface Instance {
  /** Unique in its world. */
  readonly number: number
  readonly gateway: Gateway
}

/** A provider, two gateways before it, and the truth about it. */
export interface HistoryWorld {
  readonly stage: Stage
  readonly truth: Truth
  readonly instances: Instance[]
  /** Milliseconds since the world began. */
  readonly time: () => number
  /** Has the truth look at what the provider holds, where something may have been written since the last time. */
  readonly observe: () => void
  /** Tells of a write through a gateway: it may be committed at any time, even where it is told to have failed. */
  readonly writing: () => void
  /** Closes a gateway and starts another in its place. */
  restart(index: number): Promise<void>
  close(): Promise<void>
}

/** How a gateway is started; a test may start a broken one. */
export type StartGateway = (config: Config, options: { readonly log: Logger }) => Promise<Gateway>

/** Opens the world of a script. Nothing outlives its `close`. */
export async function openHistoryWorld(
  { provider, skewMs, hints, steps }: Script,
  start: StartGateway = (config, { log }) => startGateway(config, { log, drainMs: 50 }),
): Promise<HistoryWorld> {
  const clock = providerClock(skewMs)
  const inside = await (provider === 'rocketchat' ? openRocketChatStage(clock) : openLiveChatStage(clock))
  // A room of megabytes takes its time.
  const upstreamTimeoutMs = steps.some((step) => step.do === 'flood') ? PATIENT_MS : IMPATIENT_MS
  const hinting = conduct(inside.webhooks, hints)
  const truth = new Truth()
  const begun = performance.now()
  const time = () => performance.now() - begun
  let isWrittenThrough = false
  const look = () => {
    for (const room of inside.rooms) truth.observe(room.id, inside.stored(room), time())
  }
  /** What is done inside is seen at once. */
  const observe = () => {
    if (isWrittenThrough) look()
  }
  const stage: Stage = {
    ...inside,
    act: (...deed) => {
      hinting.before()
      observe()
      inside.act(...deed)
      look()
    },
  }
  const directory = await mkdtemp(join(tmpdir(), 'switchboard-history-'))
  let opened = 0
  /** At the port of the one before it, if there was one. */
  const open = async (port = 0): Promise<Instance> => {
    opened += 1
    const number = opened
    const log = pino({ level: 'silent' })
    const dataDir = join(directory, String(number))
    await mkdir(dataDir)
    return {
      number,
      gateway: await start(testConfig([stage.config], { ...PACE, dataDir, upstreamTimeoutMs, port }), {
        log,
      }),
    }
  }
  const instances = await Promise.all(Array.from({ length: GATEWAYS }, () => open()))
  const [told] = instances
  if (told && hints !== 'none') await inside.sendWebhooksTo(webhookUrl(told, inside))
  look()
  return {
    stage,
    truth,
    instances,
    time,
    observe,
    writing: () => {
      isWrittenThrough = true
    },
    async restart(index) {
      const before = instances[index]
      if (!before) return
      await before.gateway.close()
      instances[index] = await open(Number(new URL(before.gateway.url).port))
    },
    async close() {
      await Promise.all(instances.map(({ gateway }) => gateway.close()))
      await stage.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function webhookUrl({ gateway }: Instance, { provider }: Stage): string {
  return new URL(`/webhooks/${provider}`, gateway.url).href
}
