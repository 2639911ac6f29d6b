import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { Config } from '../../src/config/index.ts'
import { type Gateway, type GatewayOptions, startGateway } from '../../src/gateway.ts'
import { testConfig } from './test-gateway.ts'

/** A gateway with no provider behind it, for what its transports do by themselves; closed when the test is over. */
export async function openGatewayWithoutProviders(
  config: Partial<Config> = {},
  options: Partial<GatewayOptions> = {},
): Promise<Gateway> {
  const gateway = await startGateway(testConfig([], config), { log: pino({ level: 'silent' }), ...options })
  onTestFinished(() => gateway.close())
  return gateway
}
