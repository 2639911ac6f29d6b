import { onTestFinished, vi } from 'vitest'
import {
  type LiveChatSandbox,
  type LiveChatSandboxOptions,
  startLiveChatSandbox,
} from '../../../../sandbox/livechat/index.ts'
import type { Config, LiveChatConfig } from '../../../../src/config/index.ts'
import { liveChatConfig, startTestGateway } from '../../../support/test-gateway.ts'

/** The keys of a sandbox's request counts for the list and for one message. */
export const LIST_ROUTE = 'GET /offline_messages'
export const MESSAGE_ROUTE = 'GET /offline_messages/:id'

/** How one account's sandbox starts, and how the gateway is configured for it. */
export interface ClassicAccountOptions extends LiveChatSandboxOptions {
  /** Changes the correct configuration. */
  readonly configure?: (right: LiveChatConfig) => LiveChatConfig
}

export interface ClassicGateway<Name extends string> {
  readonly url: string
  readonly sandboxes: Readonly<Record<Name, LiveChatSandbox>>
}

/** Starts a gateway with LiveChat accounts of these names. Everything is closed after the test. */
export async function openClassicGateway<const Name extends string>(
  accounts: Readonly<Record<Name, ClassicAccountOptions>>,
  config: Partial<Config> = {},
): Promise<ClassicGateway<Name>> {
  const sandboxes: Partial<Record<Name, LiveChatSandbox>> = {}
  const providers: LiveChatConfig[] = []
  for (const name in accounts) {
    const { configure = unchanged, ...options }: ClassicAccountOptions = accounts[name]
    const sandbox = await startLiveChatSandbox({ seed: false, now: () => Date.now(), ...options })
    onTestFinished(() => sandbox.close())
    sandboxes[name] = sandbox
    const right = { ...liveChatConfig(sandbox, name), timeZone: options.timeZone ?? 'UTC' }
    providers.push(configure(right))
  }
  const { url } = await startTestGateway(providers, config)
  return { url, sandboxes: sandboxes as Record<Name, LiveChatSandbox> }
}

function unchanged(right: LiveChatConfig): LiveChatConfig {
  return right
}

/** Starts a gateway with one account named `livechat`. */
export async function openClassicAccount(options: ClassicAccountOptions = {}, config: Partial<Config> = {}) {
  const { url, sandboxes } = await openClassicGateway({ livechat: options }, config)
  return { url, sandbox: sandboxes.livechat }
}

/** Sets the clock of the gateway and of the sandboxes until the end of the test; timers keep running. */
export function setClock(time: string): void {
  vi.setSystemTime(time)
  onTestFinished(() => {
    vi.useRealTimers()
  })
}
