import { onTestFinished } from 'vitest'
import type { RocketChatConfig } from '../../../../src/config/index.ts'
import { startGateway } from '../../../../src/gateway.ts'
import { silentLog } from '../../../support/log.ts'
import { rocketChatConfig, testConfig } from '../../../support/test-gateway.ts'

/** A gateway before any one Rocket.Chat, closed when the test is over; gives its address. */
export async function openGatewayForUrl(
  url: string,
  settings: Partial<Pick<RocketChatConfig, 'offlineDepartment' | 'offlineHost'>> = {},
): Promise<string> {
  const config = testConfig([{ ...rocketChatConfig(url), ...settings }])
  const gateway = await startGateway(config, { log: silentLog })
  onTestFinished(() => gateway.close())
  return gateway.url
}
