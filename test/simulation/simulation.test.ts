import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomScenarios } from './commands/random-scenarios.ts'
import { type Outcome, runScenario } from './driver/run-scenario.ts'

const SCRIPTS = 3
const MOST_STEPS = 30

/** Another seed each time. One that fails is played again, and made smaller, by `SOAK_SEED=<seed> npm run soak`. */
const seeds = Array.from({ length: SCRIPTS }, () => Math.floor(Math.random() * 2 ** 31))

it.each(['rocketchat', 'livechat'] as const)(
  'nothing is missed, nothing told twice, whatever happens before %s',
  async (provider) => {
    for (const seed of seeds) {
      const [script] = fc.sample(randomScenarios({ maxCommands: MOST_STEPS, long: false }), {
        seed,
        numRuns: 1,
      })
      if (!script) throw new Error('a seed gives a script')
      const { violations }: Outcome = await runScenario({ ...script, provider })
      const again = `SOAK_SEED=${seed} SOAK_STEPS=${MOST_STEPS} SOAK_LONG=0 SOAK_PROVIDER=${provider} npm run soak`
      expect(violations, again).toEqual([])
    }
  },
  60_000,
)
