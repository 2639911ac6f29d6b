import { onTestFinished, vi } from 'vitest'
import {
  type LiveChatSandbox,
  type LiveChatSandboxOptions,
  startLiveChatSandbox,
} from '../../../../sandbox/livechat/index.ts'
import type { Config, LiveChatConfig } from '../../../../src/config/index.ts'
import { startGateway } from '../../../../src/gateway.ts'
import { silentLog } from '../../../support/log.ts'
import { liveChatConfig, testConfig } from '../../../support/test-gateway.ts'

/** The key under which a sandbox counts reads of the list, and reads of one message. */
export const LIST_ROUTE = 'GET /offline_messages'
export const MESSAGE_ROUTE = 'GET /offline_messages/:id'

/** How one account's sandbox starts, and how the gateway is told of it. */
export interface ClassicAccountOptions extends LiveChatSandboxOptions {
  /** What the gateway is told otherwise than would be right. */
  readonly configure?: (right: LiveChatConfig) => LiveChatConfig
}

export interface ClassicGateway<Name extends string> {
  readonly url: string
  readonly sandboxes: Readonly<Record<Name, LiveChatSandbox>>
}

/** Starts a gateway before LiveChat accounts of these names; everything is closed when the test is over. */
export async function openClassicGateway<const Name extends string>(
  accounts: Readonly<Record<Name, ClassicAccountOptions>>,
  config: Partial<Config> = {},
): Promise<ClassicGateway<Name>> {
  const sandboxes: Partial<Record<Name, LiveChatSandbox>> = {}
  const providers: LiveChatConfig[] = []
  for (const name in accounts) {
    const { configure = asItIs, ...options }: ClassicAccountOptions = accounts[name]
    const sandbox = await startLiveChatSandbox({ seed: false, now: () => Date.now(), ...options })
    onTestFinished(() => sandbox.close())
    sandboxes[name] = sandbox
    const right = { ...liveChatConfig(sandbox, name), timeZone: options.timeZone ?? 'UTC' }
    providers.push(configure(right))
  }
  const gateway = await startGateway(testConfig(providers, config), { log: silentLog })
  onTestFinished(() => gateway.close())
  return { url: gateway.url, sandboxes: sandboxes as Record<Name, LiveChatSandbox> }
}

function asItIs(right: LiveChatConfig): LiveChatConfig {
  return right
}

/** One account named `livechat`. */
export async function openClassicAccount(options: ClassicAccountOptions = {}, config: Partial<Config> = {}) {
  const { url, sandboxes } = await openClassicGateway({ livechat: options }, config)
  return { url, sandbox: sandboxes.livechat }
}

/** Sets the clock of the gateway and of the sandboxes, until the test is over; timers run on. */
export function setClock(time: string): void {
  vi.setSystemTime(time)
  onTestFinished(() => {
    vi.useRealTimers()
  })
}
