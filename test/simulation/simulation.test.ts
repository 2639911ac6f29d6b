import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomScenarios } from './commands/random-scenarios.ts'
import { type Outcome, runScenario } from './driver/run-scenario.ts'

const SCENARIOS = 2
const MAX_COMMANDS = 30

/** Different seeds each time. `SOAK_SEED=<seed> npm run soak` runs and shrinks the scenario of a failed one. */
const seeds = Array.from({ length: SCENARIOS }, () => Math.floor(Math.random() * 2 ** 31))

it.each([
  ['rocketchat', false],
  ['livechat', false],
  ['rocketchat', true],
  ['livechat', true],
] as const)(
  'delivers every event exactly once, whatever happens at %s (push: %s)',
  async (provider, push) => {
    for (const seed of seeds) {
      const [scenario] = fc.sample(randomScenarios({ maxCommands: MAX_COMMANDS, long: false, push }), {
        seed,
        numRuns: 1,
      })
      if (!scenario) throw new Error('a seed gives a scenario')
      const { violations }: Outcome = await runScenario({ ...scenario, provider })
      const again = `SOAK_SEED=${seed} SOAK_STEPS=${MAX_COMMANDS} SOAK_LONG=0 SOAK_PROVIDER=${provider} SOAK_PUSH=${push ? 1 : 0} npm run soak`
      expect(violations, again).toEqual([])
    }
  },
  60_000,
)
