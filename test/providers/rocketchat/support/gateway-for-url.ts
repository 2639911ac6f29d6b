import { onTestFinished } from 'vitest'
import type { RocketChatConfig } from '../../../../src/config/index.ts'
import { startGateway } from '../../../../src/gateway.ts'
import { silentLog } from '../../../support/log.ts'
import { rocketChatConfig, testConfig } from '../../../support/test-gateway.ts'

/** Opens a gateway for the Rocket.Chat at a URL and returns the gateway's URL. It is closed at the end of the test. */
export async function openGatewayForUrl(
  url: string,
  settings: Partial<Pick<RocketChatConfig, 'offlineDepartment' | 'offlineHost'>> = {},
): Promise<string> {
  const config = testConfig([{ ...rocketChatConfig(url), ...settings }])
  const gateway = await startGateway(config, { log: silentLog })
  onTestFinished(() => gateway.close())
  return gateway.url
}
