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
import type { Config, LiveChatConfig, ProviderConfig, RocketChatConfig } from '../../src/config/index.ts'
import { type Gateway, type GatewayOptions, startGateway } from '../../src/gateway.ts'
import { createStoreDirectory } from './migrated-store.ts'
import { pushDefectLog } from './push-socket-options.ts'
import { createTestDirectory } from './temporary-directory.ts'

export const OPERATOR_KEY = 'operator-key-for-tests'
/** Headers of each kind of caller. */
export const asOperator = { authorization: `Bearer ${OPERATOR_KEY}` }
export const asVisitor = (token: string) => ({ 'x-visitor-token': token })
export const asAnonymous = {}

export interface TestGatewayOptions {
  /** Options of the sandbox. Null leaves this provider out of the gateway's configuration. */
  readonly rocketChat?: RocketChatSandboxOptions | null
  readonly liveChat?: LiveChatSandboxOptions | null
  /** The gateway's own access to the providers: none, for visitors only, or an agent's account at each. Defaults to visitors. */
  readonly as?: 'visitors' | 'agents'
  /** Changes the providers' configuration. */
  readonly configureRocketChat?: (config: RocketChatConfig, sandbox: RocketChatSandbox) => RocketChatConfig
  readonly configureLiveChat?: (config: LiveChatConfig, sandbox: LiveChatSandbox) => LiveChatConfig
  readonly config?: Partial<Config>
  readonly gateway?: Partial<GatewayOptions>
}

/** A gateway and both sandboxes, all on loopback. */
export interface TestGateway {
  readonly url: string
  readonly gateway: Gateway
  readonly rocketChat: RocketChatSandbox
  readonly liveChat: LiveChatSandbox
  /** Starts another gateway with the same providers. */
  startReplica(config?: Partial<Config>, options?: Partial<GatewayOptions>): Promise<TestGateway>
}

/** Starts a gateway with both sandboxes, which are empty unless `seed` is true. Everything is closed at the end of the test. */
export async function createTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const rocketChat = await startRocketChatSandbox({ seed: false, ...options.rocketChat })
  const liveChat = await startLiveChatSandbox({ seed: false, ...options.liveChat })
  onTestFinished(async () => {
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  const { as = 'visitors', configureRocketChat = unchanged, configureLiveChat = unchanged } = options
  const providers: ProviderConfig[] = []
  if (options.rocketChat !== null) {
    const account = as === 'agents' && { serviceAccount: rocketChat.workspace.serviceAccount() }
    providers.push(configureRocketChat({ ...rocketChatConfig(rocketChat.url), ...account }, rocketChat))
  }
  if (options.liveChat !== null) {
    const account = as === 'agents' ? liveChatAgentConfig(liveChat) : liveChatConfig(liveChat)
    providers.push(configureLiveChat(account, liveChat))
  }
  const start: TestGateway['startReplica'] = async (config, overrides) => {
    const gateway = await startTestGateway(providers, config, { ...options.gateway, ...overrides })
    return { url: gateway.url, gateway, rocketChat, liveChat, startReplica: start }
  }
  return start(options.config)
}

/** Starts a gateway with these providers. It is closed at the end of the test. */
export async function startTestGateway(
  providers: Config['providers'],
  config: Partial<Config> = {},
  options: Partial<GatewayOptions> = {},
): Promise<Gateway> {
  const dataDir = config.dataDir ?? (await createStoreDirectory())
  const gateway = await startGateway(testConfig(providers, { ...config, dataDir }), {
    log: pushDefectLog,
    ...options,
  })
  onTestFinished(() => gateway.close())
  return gateway
}

function unchanged<T>(config: T): T {
  return config
}

export function rocketChatConfig(url: string, name = 'rocketchat'): RocketChatConfig {
  return { name, kind: 'ROCKET_CHAT', url }
}

/** The parts of a LiveChat sandbox that its configuration is made from. */
type LiveChatAddress = Pick<LiveChatSandbox, 'url' | 'credentials'>

export function liveChatConfig(sandbox: LiveChatAddress, name = 'livechat'): LiveChatConfig {
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

/** The configuration of a LiveChat account with an agent's token. */
export function liveChatAgentConfig(sandbox: LiveChatAddress): LiveChatConfig {
  const { accountId, personalAccessToken: token, organizationId } = sandbox.credentials
  return { ...liveChatConfig(sandbox), credential: { type: 'pat', accountId, token }, organizationId }
}

/** A configuration with short poll intervals, so that tests of live events are quick. */
export function testConfig(providers: Config['providers'], overrides: Partial<Config> = {}): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    operators: [{ name: 'tester', key: OPERATOR_KEY }],
    providers,
    sandbox: false,
    pollIntervalMs: 20,
    pollIdleIntervalMs: 60,
    upstreamTimeoutMs: 10_000,
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
    mcp: false,
    widget: overrides.console ?? false,
    maxSubscriptionsPerSocket: 200,
    maxSubscriptionsPerCaller: 10_000,
    drainSeconds: 0,
    webSocketCompression: false,
    requestLog: false,
    httpCompression: true,
    logLevel: 'silent',
    tracing: false,
    dataDir: overrides.dataDir ?? createTestDirectory(),
    offlineSpacingMs: 0,
    offlineMaxQueued: 10_000,
    offlineAttempts: 12,
    offlineRetentionDays: 30,
    offlineKeyDays: 7,
    eventLogMinutes: 15,
    ...overrides,
  }
}
