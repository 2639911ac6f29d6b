import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from '../shared/child.ts'
import type { ClientsCommands, ConnectRequest } from './clients-process.ts'
import { DOCUMENT } from './document.ts'
import type { GatewayCommands } from './gateway-process.ts'
import type { ProviderCommands } from './provider-process.ts'

/** Poll interval of an active room, in milliseconds. */
export const POLL_MS = 500

/** One row of the table. `what` names the unit of `measured`. */
export interface Row {
  readonly what: string
  readonly measured: string
  readonly ratio: number
  readonly target: number
}

/** A gateway and its provider, each in a separate process. */
export interface BenchSetup {
  readonly provider: Child<ProviderCommands>
  readonly gateway: Child<GatewayCommands>
  readonly url: string
  /** Global ids. */
  readonly rooms: readonly string[]
  /** Payload of `connection_init`. */
  readonly initPayload: Readonly<Record<string, unknown>>
  stop(): void
}

/**
 * Starts a gateway for subscribers with a visitor's token, or with an operator's key and a service account; with the
 * provider's push, or by polls only.
 */
export async function startBench(
  rooms: number,
  as: 'visitor' | 'operator',
  source: 'push' | 'polls' = 'polls',
): Promise<BenchSetup> {
  const provider = startChild<ProviderCommands>('live/provider-process.ts', 'client')
  const gateway = startChild<GatewayCommands>('live/gateway-process.ts', 'server')
  const opened = await provider.call('open', rooms)
  const operatorKey = randomBytes(16).toString('hex')
  const account = as === 'operator' ? { serviceAccount: opened.serviceAccount } : {}
  const url = await gateway.call('start', {
    provider: {
      name: 'rocketchat',
      kind: 'ROCKET_CHAT',
      url: opened.url,
      ...account,
      ...(source === 'push' && { push: true }),
    },
    operatorKey,
    pollIntervalMs: POLL_MS,
  })
  const initPayload =
    as === 'operator' ? { authorization: `Bearer ${operatorKey}` } : { visitorToken: opened.token }
  const stop = () => {
    provider.stop()
    gateway.stop()
  }
  return { provider, gateway, url, rooms: opened.rooms, initPayload, stop }
}

/** Plain sockets in two processes; each command goes to both. */
export class Clients {
  readonly #halves = [
    startChild<ClientsCommands>('live/clients-process.ts', 'client'),
    startChild<ClientsCommands>('live/clients-process.ts', 'client'),
  ]

  /** Connects, half in each process. */
  async connect(request: ConnectRequest): Promise<void> {
    const half = Math.ceil(request.count / 2)
    const counts = [half, request.count - half]
    await Promise.all(
      this.#halves.map((child, index) => child.call('connect', { ...request, count: counts[index] ?? 0 })),
    )
  }

  /** Opens `count` sockets, each of which subscribes to the first room. */
  async subscribe(
    group: string,
    bench: Pick<BenchSetup, 'url' | 'initPayload' | 'rooms'>,
    count: number,
    options: Pick<ConnectRequest, 'operationId' | 'pingMs'> = {},
  ): Promise<void> {
    const { url, initPayload, rooms } = bench
    const variables = [{ room: rooms[0] }]
    await this.connect({ group, url, count, initPayload, query: DOCUMENT, variables, ...options })
  }

  /**
   * Runs `cause` and waits until each socket of a group has received `times` messages. Resolves with the times of the first
   * and the last of them, and the text of the first.
   */
  async receive(group: string, sockets: number, times: number, cause: () => Promise<unknown>) {
    const half = Math.ceil(sockets / 2)
    const counts = [half, sockets - half]
    await Promise.all(
      this.#halves.map((child, index) =>
        child.call('expect', { group, count: times * (counts[index] ?? 0) }),
      ),
    )
    await cause()
    const halves = await Promise.all(this.#halves.map((child) => child.call('received', group)))
    return {
      first: Math.min(...halves.map(({ first }) => first)),
      last: Math.max(...halves.map(({ last }) => last)),
      sample: halves[0]?.sample ?? '',
    }
  }

  async churn(group: string, { rooms }: BenchSetup, times: number): Promise<void> {
    const request = { group, query: DOCUMENT, variables: { room: rooms[0] }, times: times / 2 }
    await Promise.all(this.#halves.map((child) => child.call('churn', request)))
  }

  /** Disconnects the sockets of a group. */
  async close(group: string): Promise<void> {
    await Promise.all(this.#halves.map((child) => child.call('close', group)))
  }

  stop(): void {
    for (const child of this.#halves) child.stop()
  }
}

/** Waits until a server has this many subscribers. */
export async function waitForSubscribers(
  server: Child<Pick<GatewayCommands, 'subscribers'>>,
  count: number,
): Promise<void> {
  while ((await server.call('subscribers')) !== count) await sleep(50)
}

/** The sum of a provider's calls over all routes. */
export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
