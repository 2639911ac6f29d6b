import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hasPostgres } from '../support/postgres.ts'
import { randomSeed } from '../support/random-seed.ts'
import { type RandomScenarioOptions, randomScenarios } from './commands/random-scenarios.ts'
import type { Scenario } from './commands/scenario.ts'
import { type Outcome, runScenario } from './driver/run-scenario.ts'

const MAX_COMMANDS = 30

it.each([
  ['rocketchat', false],
  ['livechat', false],
  ['rocketchat', true],
  ['livechat', true],
] as const)('delivers every event exactly once, whatever happens at %s (push: %s)', (provider, push) =>
  runRandomScenario(provider, { push }),
)

it.runIf(hasPostgres).each([
  ['rocketchat', false],
  ['livechat', true],
] as const)(
  'delivers every event exactly once over several replicas, whatever happens at %s (push: %s)',
  (provider, push) => runRandomScenario(provider, { push, replicas: true }),
)

async function runRandomScenario(
  provider: Scenario['provider'],
  options: Pick<RandomScenarioOptions, 'push' | 'replicas'>,
): Promise<void> {
  const scenarios = randomScenarios({ maxCommands: MAX_COMMANDS, long: false, ...options })
  const [scenario] = fc.sample(scenarios, { seed: randomSeed, numRuns: 1 })
  if (!scenario) throw new Error('a seed gives a scenario')
  const { violations }: Outcome = await runScenario({ ...scenario, provider })
  const settings = `SOAK_PUSH=${options.push ? 1 : 0} SOAK_REPLICAS=${options.replicas ? 1 : 0}`
  const again = `SOAK_SEED=${randomSeed} SOAK_STEPS=${MAX_COMMANDS} SOAK_LONG=0 SOAK_PROVIDER=${provider} ${settings} npm run soak`
  expect(violations, again).toEqual([])
}
