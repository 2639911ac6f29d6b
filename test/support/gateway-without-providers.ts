import type { Config } from '../../src/config/index.ts'
import type { Gateway, GatewayOptions } from '../../src/gateway.ts'
import { startTestGateway } from './test-gateway.ts'

/** Starts a gateway without providers, for tests of its transports. It is closed at the end of the test. */
export function openGatewayWithoutProviders(
  config: Partial<Config> = {},
  options: Partial<GatewayOptions> = {},
): Promise<Gateway> {
  return startTestGateway([], config, options)
}
