import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { type RocketChatSandbox, startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import type { Config } from '../../src/config/index.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { liveChatConfig, OPERATOR_KEY, rocketChatConfig, testConfig } from '../support/test-gateway.ts'

/** Both providers with somebody on duty, and a gateway with its pages that can be stopped and started again. */
export interface BrowserGateway {
  /** Of the console. */
  readonly console: string
  /** Of the page with the chat widget. */
  readonly widget: string
  readonly operatorKey: string
  readonly rocketChat: RocketChatSandbox
  readonly liveChat: LiveChatSandbox
  stop(): Promise<void>
  /** Starts a new gateway at the same address. */
  start(): Promise<void>
}

export interface BrowserGatewayOptions {
  /** Whether the console knows the operator's key. */
  readonly isOpen?: boolean
  readonly config?: Partial<Config>
}

/** Opens the shop; everything is closed when the test is over. */
export async function startBrowserGateway({
  isOpen = true,
  config: settings = {},
}: BrowserGatewayOptions = {}): Promise<BrowserGateway> {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  const liveChat = await startLiveChatSandbox({ seed: false })
  const { accessToken, organizationId, clientId, clientSecret, refreshToken } = liveChat.credentials
  const config = testConfig(
    [
      { ...rocketChatConfig(rocketChat.url), serviceAccount: rocketChat.workspace.serviceAccount() },
      {
        ...liveChatConfig(liveChat),
        credential: { type: 'bearer', token: accessToken },
        organizationId,
        oauth: { clientId, clientSecret, refreshToken },
      },
    ],
    { console: true, dataDir: createTestDirectory(), ...settings },
  )
  const open = (at: Config): Promise<Gateway> =>
    startGateway(at, {
      log: pino({ level: 'silent' }),
      drainMs: 200,
      ...(isOpen && { sandboxKey: OPERATOR_KEY }),
    })
  let gateway = await open(config)
  const { origin, port } = new URL(gateway.url)
  onTestFinished(async () => {
    await gateway.close()
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  return {
    console: `${origin}/`,
    widget: `${origin}/widget/`,
    operatorKey: OPERATOR_KEY,
    rocketChat,
    liveChat,
    stop: () => gateway.close(),
    start: async () => {
      gateway = await open({ ...config, port: Number(port) })
    },
  }
}
