import { type Logger, pino } from 'pino'
import type { Config } from '../../src/config/index.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { testConfig } from '../util/gateway.ts'
import { openLiveChatStage } from './livechat-stage.ts'
import { openRocketChatStage } from './rocketchat-stage.ts'
import type { Script } from './script.ts'
import { providerClock, type Stage } from './stage.ts'
import { Truth } from './truth.ts'

const GATEWAYS = 2

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
  /** Tells of a write through a gateway, which may be committed at any time until it is done. */
  readonly writing: (write: Promise<unknown>) => void
  /** Closes a gateway and starts another in its place. */
  restart(index: number): Promise<void>
  close(): Promise<void>
}

/** How a gateway is started; a test may start a broken one. */
export type StartGateway = (config: Config, options: { readonly log: Logger }) => Promise<Gateway>

/** Opens the world of a script. Nothing outlives its `close`. */
export async function openHistoryWorld(
  { provider, skewMs }: Script,
  start: StartGateway = (config, { log }) => startGateway(config, { log, drainMs: 50 }),
): Promise<HistoryWorld> {
  const clock = providerClock(skewMs)
  const inside = await (provider === 'rocketchat' ? openRocketChatStage(clock) : openLiveChatStage(clock))
  let written = true
  let writes = 0
  const stage: Stage = {
    ...inside,
    act: (...deed) => {
      written = true
      inside.act(...deed)
    },
  }
  const truth = new Truth()
  const begun = performance.now()
  const time = () => performance.now() - begun
  let number = 0
  const open = async (): Promise<Instance> => {
    number += 1
    const log = pino({ level: 'silent' })
    return { number, gateway: await start(configOf(stage), { log }) }
  }
  const instances = await Promise.all(Array.from({ length: GATEWAYS }, open))
  const observe = () => {
    if (!written && writes === 0) return
    written = false
    for (const room of stage.rooms) truth.observe(room.id, stage.stored(room), time())
  }
  observe()
  return {
    stage,
    truth,
    instances,
    time,
    observe,
    writing: (write) => {
      writes += 1
      const done = () => {
        written = true
        writes -= 1
      }
      write.then(done, done)
    },
    async restart(index) {
      await instances[index]?.gateway.close()
      instances[index] = await open()
    },
    async close() {
      await Promise.all(instances.map(({ gateway }) => gateway.close()))
      await stage.close()
    },
  }
}

/** Looks often, and gives calls up soon: what a provider does within a second is enough for a history. */
function configOf({ config }: Stage): Config {
  return testConfig([config], { pollIntervalMs: 10, pollIdleIntervalMs: 30, upstreamTimeoutMs: 400 })
}
