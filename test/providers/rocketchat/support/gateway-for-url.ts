import type { RocketChatConfig } from '../../../../src/config/index.ts'
import { rocketChatConfig, startTestGateway } from '../../../support/test-gateway.ts'

/** Opens a gateway for the Rocket.Chat at a URL and returns the gateway's URL. It is closed at the end of the test. */
export async function openGatewayForUrl(
  url: string,
  settings: Partial<Pick<RocketChatConfig, 'offlineDepartment' | 'offlineHost'>> = {},
): Promise<string> {
  const gateway = await startTestGateway([{ ...rocketChatConfig(url), ...settings }])
  return gateway.url
}
