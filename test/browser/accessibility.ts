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

/** The accessibility faults of a page as it is now, as `rule: element`. All of them, not the serious ones only. */
export async function accessibilityViolations(page: Page): Promise<readonly string[]> {
  return run(page, {})
}

/** The texts of a page as it is now that have too little contrast: all that other colours can change, in less time. */
export async function contrastViolations(page: Page): Promise<readonly string[]> {
  return run(page, { runOnly: ['color-contrast'] })
}

async function run(page: Page, options: axe.RunOptions): Promise<readonly string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source)
  // The details of what passes are neither collected nor sent.
  const quick = JSON.stringify({ ...options, resultTypes: ['violations'] })
  const { violations } = report.parse(
    await page.evaluate(`axe.run(${quick}).then(({ violations }) => ({ violations }))`),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
