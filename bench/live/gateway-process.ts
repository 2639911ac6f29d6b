import { subscribe as onDiagnostics } from 'node:diagnostics_channel'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Config } from '../../src/config/index.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { BoundedQueue } from '../../src/live/delivery/bounded-queue.ts'
import { Subscriber } from '../../src/live/delivery/subscriber.ts'
import { SharedOperation } from '../../src/server/shared-subscriptions/shared-operation.ts'
import { SharedStream } from '../../src/server/shared-subscriptions/shared-stream.ts'
import { Session } from '../../src/server/websocket/session.ts'
import { serveCommands } from '../shared/child.ts'
import { clock, countObjects, heldBytes, usedMicros } from '../shared/usage.ts'

const MAX_TIMES = 2_000
/** The times at which responses of the provider were complete. */
const answeredAt: number[] = []
onDiagnostics('undici:request:trailers', () => {
  answeredAt.push(clock())
  if (answeredAt.length > MAX_TIMES) answeredAt.shift()
})
let gateway: Gateway | null = null

export interface GatewayStart {
  readonly provider: Config['providers'][number]
  readonly operatorKey: string
  readonly pollIntervalMs: number
}

const commands = {
  start: async ({ provider, operatorKey, pollIntervalMs }: GatewayStart) => {
    gateway = await startGateway(
      {
        host: '127.0.0.1',
        port: 0,
        operators: [{ name: 'bench', key: operatorKey }],
        providers: [provider],
        sandbox: false,
        pollIntervalMs,
        pollIdleIntervalMs: 15_000,
        upstreamTimeoutMs: 10_000,
        requestLog: false,
        tracing: false,
        httpCompression: true,
        allowedOrigins: [],
        allowedHosts: null,
        trustedProxies: [],
        rateLimits: { anonymous: 0, visitor: 0, operator: 0 },
        maxSockets: 0,
        maxSocketsPerAddress: 0,
        trustedDocuments: 'off',
        documentsById: new Map(),
        introspection: 'operators',
        console: false,
        mcp: false,
        widget: false,
        maxSubscriptionsPerSocket: 1_000,
        maxSubscriptionsPerCaller: 100_000,
        drainSeconds: 0,
        webSocketCompression: false,
        logLevel: 'silent',
        dataDir: mkdtempSync(join(tmpdir(), 'switchboard-bench-')),
        offlineSpacingMs: 0,
        offlineMaxQueued: 10_000,
        offlineAttempts: 12,
        offlineRetentionDays: 30,
        offlineKeyDays: 7,
        // One gateway alone: what the event log costs in addition is not measured here.
        eventLogMinutes: 0,
      },
      { log: pino({ level: 'silent' }), websocketInitTimeoutMs: 60_000 },
    )
    return gateway.url
  },
  subscribers: () => gateway?.liveCounts().subscribers ?? 0,
  /** The number of subscribers that do not wait for their start. */
  started: () => gateway?.startedSubscribers() ?? 0,
  /** The number of watched rooms by the source that serves them. */
  roomsBySource: async (): Promise<Readonly<Record<string, number>>> => {
    if (!gateway) return {}
    const text = await (await fetch(new URL('/metrics', gateway.url))).text()
    const found = text.matchAll(/^switchboard_live_rooms\{.*source="(\w+)".*\} (\d+)$/gm)
    return Object.fromEntries(Array.from(found, ([, source = '', count]) => [source, Number(count)]))
  },
  usedMicros,
  heldBytes,
  /** The time of the provider's last response before this time. */
  answeredBefore: (time: number) => answeredAt.findLast((at) => at < time) ?? 0,
  /** The number of objects that belong to subscribers. */
  objects: () => countObjects([Subscriber, BoundedQueue, SharedStream, SharedOperation, Session]),
}
export type GatewayCommands = typeof commands
serveCommands(commands)
