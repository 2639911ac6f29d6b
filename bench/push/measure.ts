import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GatewayCommands } from '../live/gateway-process.ts'
import { type Child, startChild } from '../shared/child.ts'
import type { PushClientsCommands } from './clients-process.ts'
import type { LiveChatCommands } from './livechat-process.ts'
import type { CallResults } from './people.ts'
import type { RocketChatCommands } from './rocketchat-process.ts'
import type { Scenario } from './scenario.ts'
import type { Traffic } from './upstream-traffic.ts'

/** The defaults of the gateway. */
const POLL_MS = 1_000
/** Subscriptions that have not started by then are reported, and start during the measurement or never. */
const MAX_START_MS = { push: 40_000, polls: 15_000 } as const
/** Messages that arrive this long after the last one was written still count. */
const LAST_ARRIVALS_MS = 3_000
const PROVIDER_FILES = {
  visitors: 'push/rocketchat-process.ts',
  operators: 'push/rocketchat-process.ts',
  customers: 'push/livechat-process.ts',
} as const satisfies Record<Scenario['watchers'], string>

/** What one scenario shows. */
export interface Measurement {
  readonly scenario: Scenario
  /** Subscriptions that started in time, and the milliseconds until the last of them. */
  readonly start: { readonly started: number; readonly ms: number; readonly traffic: Traffic }
  readonly written: number
  /** Of the messages that arrived, in ascending order, from the commit to the subscriber's socket. */
  readonly latenciesMs: readonly number[]
  readonly durationMs: number
  readonly traffic: Traffic
  /** Of one core, that the gateway used. */
  readonly processorShare: number
  readonly people: { readonly sends: CallResults; readonly reads: CallResults } | null
  /** What subscribers received instead of events. */
  readonly errors: readonly string[]
  /** Watched rooms by the source that serves them at the end. */
  readonly roomsBySource: Readonly<Record<string, number>>
}

/** Measures scenarios at the same time, each with a provider and a gateway of its own. */
export async function measureTogether(
  scenarios: readonly Scenario[],
  durationMs: number,
): Promise<readonly Measurement[]> {
  const clients = startChild<PushClientsCommands>('push/clients-process.ts', 'client')
  try {
    const measurements = scenarios.map((scenario) => measure(scenario, clients, durationMs))
    return await Promise.all(measurements)
  } finally {
    clients.stop()
  }
}

async function measure(
  scenario: Scenario,
  clients: Child<PushClientsCommands>,
  durationMs: number,
): Promise<Measurement> {
  const { watchers, rooms, push } = scenario
  const name = JSON.stringify(scenario)
  const provider = startChild<RocketChatCommands | LiveChatCommands>(PROVIDER_FILES[watchers], 'client')
  const gateway = startChild<GatewayCommands>('live/gateway-process.ts', 'server')
  try {
    const { account, watched } = await provider.call('open', scenario)
    const operatorKey = randomBytes(16).toString('hex')
    const url = await gateway.call('start', { provider: account, operatorKey, pollIntervalMs: POLL_MS })
    const started = await waitForStart(gateway, rooms, MAX_START_MS[push ? 'push' : 'polls'], () =>
      clients.call('watch', { scenario: name, url, operatorKey, rooms: watched }),
    )
    const start = { ...started, traffic: await provider.call('traffic') }
    const usedBefore = await gateway.call('usedMicros')
    await provider.call('startMessages')
    await clients.call('startPeople', name)
    await sleep(durationMs)
    const usedMicros = (await gateway.call('usedMicros')) - usedBefore
    const written = await provider.call('stopMessages')
    const traffic = await provider.call('traffic')
    await sleep(LAST_ARRIVALS_MS)
    const { latenciesMs, repeated, unexpected } = await clients.call('received', name)
    if (repeated > 0) throw new Error(`${name}: ${repeated} messages arrived twice`)
    return {
      scenario,
      start,
      written,
      latenciesMs: [...latenciesMs].sort((a, b) => a - b),
      durationMs,
      traffic,
      processorShare: usedMicros / (1_000 * durationMs),
      errors: unexpected,
      roomsBySource: await gateway.call('roomsBySource'),
      people: await clients.call('stopPeople', name),
    }
  } finally {
    provider.stop()
    gateway.stop()
  }
}

/** Subscribes, and waits until all subscriptions have started, `maxMs` at most. */
async function waitForStart(
  gateway: Child<GatewayCommands>,
  subscriptions: number,
  maxMs: number,
  subscribe: () => Promise<unknown>,
): Promise<{ readonly started: number; readonly ms: number }> {
  const begun = performance.now()
  await subscribe()
  let started = 0
  let ms = 0
  while (started < subscriptions && performance.now() - begun < maxMs) {
    const count = await gateway.call('started')
    if (count > started) ms = performance.now() - begun
    started = count
    await sleep(20)
  }
  return { started, ms }
}
