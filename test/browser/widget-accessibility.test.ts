import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { english, type Texts } from '../../apps/widget/src/texts/english.ts'
import { accessibilityViolations } from './accessibility.ts'
import { describeInBrowser } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { layoutFaults } from './layout.ts'
import { widgetViews } from './widget-views.ts'

const arabic: Texts = JSON.parse(
  readFileSync(new URL('../../apps/widget/public/texts.ar.json', import.meta.url), 'utf8'),
)

interface Mode {
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

/** The faults of a page as it is now, in each of these modes. */
async function faultsIn(page: Page, modes: readonly Mode[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const { width, colorScheme } of modes) {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme })
    const faults = [...(await accessibilityViolations(page)), ...(await layoutFaults(page))]
    found.push(...faults.map((fault) => `at ${width}, ${colorScheme}: ${fault}`))
  }
  return found
}

describeInBrowser('Every view of the widget', (open) => {
  it.each<{ language: string; address: string; texts: Texts; modes: readonly Mode[] }>([
    {
      language: 'English',
      address: '',
      texts: english,
      modes: [
        { width: 320, colorScheme: 'light' },
        { width: 768, colorScheme: 'dark' },
      ],
    },
    {
      language: 'Arabic, from right to left',
      address: '&locale=ar&texts=texts.ar.json&color=yellow',
      texts: arabic,
      modes: [{ width: 1440, colorScheme: 'light' }],
    },
  ])('fits and is accessible: $language', async ({ address, texts, modes }) => {
    const gateway = await startBrowserGateway({ push: true })
    gateway.rocketChat.workspace.setStatus('everybody', 'offline')
    const page = await open(`${gateway.widget}?provider=livechat${address}`)
    const found: string[] = []
    for (const { name, show } of widgetViews(page, texts, gateway)) {
      await page.setViewportSize({ width: 1440, height: 800 })
      await show()
      found.push(...(await faultsIn(page, modes)).map((fault) => `${name} ${fault}`))
    }
    expect(found).toEqual([])
  })
})
