import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from './child.ts'
import type { ClientsCommands, ConnectRequest } from './clients-process.ts'
import { DOCUMENT } from './document.ts'
import type { GatewayCommands } from './gateway-process.ts'
import type { ProviderCommands } from './provider-process.ts'

/** How often an active room is looked at, in milliseconds. */
export const POLL_MS = 500

/** One row of the table: what was measured, as numbers of one unit. */
export interface Row {
  readonly what: string
  readonly measured: string
  readonly ratio: number
  readonly target: number
}

/** A gateway and its provider, in processes of their own. */
export interface BenchSetup {
  readonly provider: Child<ProviderCommands>
  readonly gateway: Child<GatewayCommands>
  readonly url: string
  /** Global ids. */
  readonly rooms: readonly string[]
  readonly introduction: Readonly<Record<string, unknown>>
  stop(): void
}

/** Starts a gateway whose subscribers are a visitor, or with a service account an operator. */
export async function startBench(rooms: number, as: 'visitor' | 'operator'): Promise<BenchSetup> {
  const provider = startChild<ProviderCommands>('provider-process.ts', 'client')
  const gateway = startChild<GatewayCommands>('gateway-process.ts', 'server')
  const opened = await provider.call('open', rooms)
  const operatorKey = randomBytes(16).toString('hex')
  const account = as === 'operator' ? { serviceAccount: opened.serviceAccount } : {}
  const url = await gateway.call('start', {
    provider: { url: opened.url, ...account },
    operatorKey,
    pollIntervalMs: POLL_MS,
  })
  const introduction =
    as === 'operator' ? { authorization: `Bearer ${operatorKey}` } : { visitorToken: opened.token }
  const stop = () => {
    provider.stop()
    gateway.stop()
  }
  return { provider, gateway, url, rooms: opened.rooms, introduction, stop }
}

/** Two processes of plain sockets that do everything together. */
export class Clients {
  readonly #halves = [
    startChild<ClientsCommands>('clients-process.ts', 'client'),
    startChild<ClientsCommands>('clients-process.ts', 'client'),
  ]

  /** Connects, half in each process. */
  async connect(request: ConnectRequest): Promise<void> {
    const half = Math.ceil(request.count / 2)
    const counts = [half, request.count - half]
    await Promise.all(
      this.#halves.map((child, index) => child.call('connect', { ...request, count: counts[index] ?? 0 })),
    )
  }

  /** Subscribes to the first room of a stage, once for each of `count` sockets. */
  async subscribe(
    group: string,
    stage: Pick<BenchSetup, 'url' | 'introduction' | 'rooms'>,
    count: number,
  ): Promise<void> {
    const { url, introduction, rooms } = stage
    await this.connect({ group, url, count, introduction, query: DOCUMENT, variables: [{ room: rooms[0] }] })
  }

  /** When the first and the last of a group had received what `cause` sent them: once each, `times` over. */
  async receive(group: string, sockets: number, times: number, cause: () => Promise<unknown>) {
    const half = Math.ceil(sockets / 2)
    const counts = [half, sockets - half]
    await Promise.all(
      this.#halves.map((child, index) =>
        child.call('expect', { group, count: times * (counts[index] ?? 0) }),
      ),
    )
    await cause()
    const seen = await Promise.all(this.#halves.map((child) => child.call('received', group)))
    return {
      first: Math.min(...seen.map(({ first }) => first)),
      last: Math.max(...seen.map(({ last }) => last)),
      sample: seen[0]?.sample ?? '',
    }
  }

  async churn(group: string, { rooms }: BenchSetup, times: number): Promise<void> {
    const request = { group, query: DOCUMENT, variables: { room: rooms[0] }, times: times / 2 }
    await Promise.all(this.#halves.map((child) => child.call('churn', request)))
  }

  async close(group: string): Promise<void> {
    await Promise.all(this.#halves.map((child) => child.call('close', group)))
  }

  stop(): void {
    for (const child of this.#halves) child.stop()
  }
}

/** Waits until a server has so many subscribers. */
export async function waitForSubscribers(
  server: Child<Pick<GatewayCommands, 'watchers'>>,
  count: number,
): Promise<void> {
  while ((await server.call('watchers')) !== count) await sleep(50)
}

/** The sum of a provider's calls. */
export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
