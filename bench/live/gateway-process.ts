import { subscribe as onDiagnostics } from 'node:diagnostics_channel'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { RocketChatConfig } from '../../src/config/index.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { BoundedQueue } from '../../src/live/delivery/bounded-queue.ts'
import { Subscriber } from '../../src/live/delivery/subscriber.ts'
import { SharedOperation } from '../../src/server/shared-subscriptions/shared-operation.ts'
import { SharedStream } from '../../src/server/shared-subscriptions/shared-stream.ts'
import { Session } from '../../src/server/websocket/session.ts'
import { serveCommands } from './child.ts'
import { clock, countObjects, heldBytes, usedMicros } from './usage.ts'

const KEPT = 2_000
/** When each answer of the provider had arrived whole. */
const answeredAt: number[] = []
onDiagnostics('undici:request:trailers', () => {
  answeredAt.push(clock())
  if (answeredAt.length > KEPT) answeredAt.shift()
})
let gateway: Gateway | null = null

export interface GatewayStart {
  readonly provider: Omit<RocketChatConfig, 'name' | 'kind'>
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
        providers: [{ name: 'rocketchat', kind: 'ROCKET_CHAT', ...provider }],
        sandbox: false,
        pollIntervalMs,
        pollIdleIntervalMs: 15_000,
        upstreamTimeoutMs: 10_000,
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
        maxSubscriptionsPerSocket: 1_000,
        maxSubscriptionsPerCaller: 100_000,
        webSocketCompression: false,
        logLevel: 'silent',
        dataDir: mkdtempSync(join(tmpdir(), 'switchboard-bench-')),
        offlineSpacingMs: 0,
        offlineMaxQueued: 10_000,
        offlineAttempts: 12,
        offlineRetentionDays: 30,
        offlineKeyDays: 7,
      },
      { log: pino({ level: 'silent' }), websocketInitTimeoutMs: 60_000 },
    )
    return gateway.url
  },
  watchers: () => gateway?.liveCounts().subscribers ?? 0,
  /** How many watched rooms the digest serves. */
  servedByDigest: async () => {
    if (!gateway) return 0
    const text = await (await fetch(new URL('/metrics', gateway.url))).text()
    return Number(/^switchboard_live_rooms\{.*source="DIGEST".*\} (\d+)$/m.exec(text)?.[1] ?? 0)
  },
  usedMicros,
  heldBytes,
  /** The last answer of the provider before a moment. */
  answeredBefore: (moment: number) => answeredAt.findLast((at) => at < moment) ?? 0,
  /** What is left of subscribers. */
  objects: () => countObjects([Subscriber, BoundedQueue, SharedStream, SharedOperation, Session]),
}
export type GatewayCommands = typeof commands
serveCommands(commands)
