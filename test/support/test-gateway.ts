import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import {
  type LiveChatSandbox,
  type LiveChatSandboxOptions,
  startLiveChatSandbox,
} from '../../sandbox/livechat/index.ts'
import {
  type RocketChatSandbox,
  type RocketChatSandboxOptions,
  startRocketChatSandbox,
} from '../../sandbox/rocketchat/index.ts'
import type { Config, LiveChatConfig, RocketChatConfig } from '../../src/config/index.ts'
import { type Gateway, type GatewayOptions, startGateway } from '../../src/gateway.ts'
import { createTestDirectory } from './temporary-directory.ts'

export const OPERATOR_KEY = 'operator-key-for-tests'
/** Headers of each kind of caller. */
export const asOperator = { authorization: `Bearer ${OPERATOR_KEY}` }
export const asVisitor = (token: string) => ({ 'x-visitor-token': token })
export const asAnonymous = {}

export interface TestGatewayOptions {
  readonly rocketChat?: RocketChatSandboxOptions
  readonly liveChat?: LiveChatSandboxOptions
  readonly config?: Partial<Config>
  readonly gateway?: Partial<GatewayOptions>
}

/** A gateway before both sandboxes, all on loopback; everything is closed when the test is over. */
export interface TestGateway {
  readonly url: string
  readonly gateway: Gateway
  readonly rocketChat: RocketChatSandbox
  readonly liveChat: LiveChatSandbox
}

/** Starts a gateway before both sandboxes. Empty rooms unless `seed: true` is asked of a sandbox. */
export async function createTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const rocketChat = await startRocketChatSandbox({ seed: false, ...options.rocketChat })
  const liveChat = await startLiveChatSandbox({ seed: false, ...options.liveChat })
  const config = testConfig([rocketChatConfig(rocketChat.url), liveChatConfig(liveChat)], options.config)
  const gateway = await startGateway(config, { log: pino({ level: 'silent' }), ...options.gateway })
  onTestFinished(async () => {
    await gateway.close()
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  return { url: gateway.url, gateway, rocketChat, liveChat }
}

export function rocketChatConfig(url: string, name = 'rocketchat'): RocketChatConfig {
  return { name, kind: 'ROCKET_CHAT', url }
}

export function liveChatConfig(sandbox: LiveChatSandbox, name = 'livechat'): LiveChatConfig {
  const { login, apiKey } = sandbox.credentials
  return {
    name,
    kind: 'LIVECHAT',
    apiUrl: sandbox.url,
    accountsUrl: sandbox.url,
    helpdeskUrl: `${sandbox.url}/v1`,
    restUrl: sandbox.url,
    classic: { login, apiKey },
    offlineSource: 'rest_v1',
    timeZone: 'UTC',
  }
}

/** A configuration that polls fast, so that tests of live events are quick. */
export function testConfig(providers: Config['providers'], overrides: Partial<Config> = {}): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    operators: [{ name: 'tester', key: OPERATOR_KEY }],
    providers,
    sandbox: false,
    pollIntervalMs: 20,
    pollIdleIntervalMs: 60,
    upstreamTimeoutMs: 2_000,
    allowedOrigins: [],
    allowedHosts: null,
    trustedProxies: [],
    rateLimits: { anonymous: 0, visitor: 0, operator: 0 },
    maxSockets: 0,
    maxSocketsPerAddress: 0,
    introspection: 'operators',
    trustedDocuments: 'off',
    documentsById: new Map(),
    console: false,
    maxSubscriptionsPerSocket: 200,
    maxSubscriptionsPerCaller: 10_000,
    webSocketCompression: false,
    logLevel: 'silent',
    dataDir: overrides.dataDir ?? createTestDirectory(),
    offlineSpacingMs: 0,
    offlineMaxQueued: 10_000,
    offlineAttempts: 12,
    offlineRetentionDays: 30,
    offlineKeyDays: 7,
    ...overrides,
  }
}
