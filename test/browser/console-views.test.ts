import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { de } from '../../apps/console/src/texts/de/index.ts'
import { en } from '../../apps/console/src/texts/en/index.ts'
import { accessibilityViolations, contrastViolations } from './accessibility.ts'
import { describeInBrowser, WAIT_TIMEOUT_MS } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { addDemoRooms, consoleViews, signInView, type View } from './console-views.ts'
import { layoutFaults } from './layout.ts'

type Faults = readonly string[]

const setDirection = (page: Page, direction: 'ltr' | 'rtl') =>
  page.evaluate(`document.documentElement.dir = '${direction}'`)

/** The layout in both directions. The page is left as it was. */
async function checkLayout(page: Page): Promise<Faults> {
  const leftToRight = await layoutFaults(page)
  await setDirection(page, 'rtl')
  const rightToLeft = await layoutFaults(page)
  await setDirection(page, 'ltr')
  return [...leftToRight, ...rightToLeft.map((fault) => `right to left: ${fault}`)]
}

/** All rules once, in another mode at each width, and the contrast of what only narrow and only wide windows show in the dark. */
async function checkAccessibility(page: Page, width: number): Promise<Faults> {
  const isDark = width === 768
  if (width === 1440) await setDirection(page, 'rtl')
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' })
  const all = await accessibilityViolations(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const contrast = isDark ? [] : await contrastViolations(page)
  await setDirection(page, 'ltr')
  return [...all, ...contrast]
}

describeInBrowser('Every page and state of the console', (open) => {
  it.each([
    { locale: 'en-GB', t: en, widths: [320, 768, 1440], isChecked: true },
    { locale: 'de-DE', t: de, widths: [320, 1440], isChecked: false },
  ])(
    'fits at every width, and is accessible: $locale',
    { timeout: 5 * WAIT_TIMEOUT_MS },
    async ({ locale, t, widths, isChecked }) => {
      const shop = await startBrowserGateway({ isOpen: false, seed: true })
      const rooms = addDemoRooms(shop)
      const operator = await open(shop.console, { locale })
      const found: string[] = []
      const visit = async ({ name, show }: View, width: number) => {
        await show(operator, t)
        const layout = await checkLayout(operator)
        const accessibility = isChecked ? await checkAccessibility(operator, width) : []
        found.push(...[...layout, ...accessibility].map((fault) => `${name} at ${width}: ${fault}`))
      }
      for (const width of widths) {
        await operator.setViewportSize({ width, height: 800 })
        await visit(signInView, width)
      }
      await operator.getByLabel(t.session.key).fill(shop.operatorKey)
      await operator.getByRole('button', { name: t.session.signIn }).click()
      for (const width of widths) {
        await operator.setViewportSize({ width, height: 800 })
        for (const view of consoleViews(shop, rooms)) await visit(view, width)
      }
      expect(found).toEqual([])
      // The browser reports the key that the gateway does not know, and that it gives none away.
      expect(operator.complaints.filter((text) => !/status of 40[14]/.test(text))).toEqual([])
    },
  )
})
