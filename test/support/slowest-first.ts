import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files that take ten seconds and more, mostly because they wait for other processes, and the folders of such files: the slowest
 * first. `npm test` would wait for them if they started last.
 */
const SLOW_PATHS = [
  'test/cluster/',
  'test/durability/',
  'test/browser/console',
  'test/coordination/replica-limits',
  'test/simulation/broken-gateways',
  'test/examples/',
  'test/client/',
  'test/server/http/direct-path/',
  'test/upstream/rate-limit/',
  'test/browser/',
  'test/coordination/',
  'test/simulation/',
  'test/process/',
]

/**
 * Starts slow files first. Vitest does so itself by the durations of the last run, which a fresh clone does not have; within
 * the slow and the others this order stays.
 */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => this.#rank(a) - this.#rank(b))
  }

  #rank({ moduleId }: TestSpecification): number {
    const path = relative(this.ctx.config.root, moduleId)
    const rank = SLOW_PATHS.findIndex((slow) => path.startsWith(slow))
    return rank === -1 ? SLOW_PATHS.length : rank
  }
}
