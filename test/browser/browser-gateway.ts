import type { LiveChatSandbox } from '../../sandbox/livechat/index.ts'
import type { RocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { Config } from '../../src/config/index.ts'
import { createTestGateway, OPERATOR_KEY } from '../support/test-gateway.ts'

/** A gateway with its pages, both providers with an agent online, and functions to stop and start the gateway. */
export interface BrowserGateway {
  /** Address of the console. */
  readonly console: string
  /** Address of the page with the chat widget. */
  readonly widget: string
  readonly operatorKey: string
  readonly rocketChat: RocketChatSandbox
  readonly liveChat: LiveChatSandbox
  stop(): Promise<void>
  /** Starts a new gateway at the same address, whose operator has this key; by default the same as before. */
  start(operatorKey?: string): Promise<void>
}

export interface BrowserGatewayOptions {
  /** Whether the console gets the operator's key without a sign-in. */
  readonly isOpen?: boolean
  /** Whether both providers push, to visitors and operators. */
  readonly push?: boolean
  /** Whether both providers have their demo data. */
  readonly seed?: boolean
  readonly config?: Partial<Config>
}

/** Starts the gateway. Everything is closed at the end of the test. */
export async function startBrowserGateway({
  isOpen = true,
  push = false,
  seed = false,
  config: settings = {},
}: BrowserGatewayOptions = {}): Promise<BrowserGateway> {
  const config: Partial<Config> = { console: true, ...settings }
  const first = await createTestGateway({
    as: 'agents',
    rocketChat: { seed },
    liveChat: { seed },
    configureRocketChat: (server) => ({ ...server, ...(push && { push }) }),
    configureLiveChat: (licence, { credentials }) => {
      const { accessToken, clientId, clientSecret, refreshToken } = credentials
      const oauth = { clientId, clientSecret, refreshToken }
      const credential = { type: 'bearer', token: accessToken } as const
      return { ...licence, credential, oauth, ...(push && { push: 'on' }) }
    },
    config,
    gateway: { finishMs: 200, ...(isOpen && { sandboxKey: OPERATOR_KEY }) },
  })
  const { rocketChat, liveChat } = first
  rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  const { origin, port } = new URL(first.url)
  let current = first
  return {
    console: `${origin}/`,
    widget: `${origin}/widget/`,
    operatorKey: OPERATOR_KEY,
    rocketChat,
    liveChat,
    stop: () => current.gateway.close(),
    start: async (key = OPERATOR_KEY) => {
      const operators = [{ name: 'tester', key }]
      const sandboxKey = isOpen ? { sandboxKey: key } : {}
      current = await first.startReplica({ ...config, operators, port: Number(port) }, sandboxKey)
    },
  }
}
