import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const report = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullish(),
      nodes: z.array(z.object({ html: z.string() })),
    }),
  ),
})

/** Runs all rules; the details of what passes are neither collected nor sent. */
const RUN = "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => ({ violations }))"

/** The accessibility faults of a page as it is now, as `rule: element`. All of them, not the serious ones only. */
export async function accessibilityViolations(page: Page): Promise<readonly string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source)
  const { violations } = report.parse(await page.evaluate(RUN))
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
