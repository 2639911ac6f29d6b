import type { Page } from 'playwright-core'
import { z } from 'zod'

const findings = z.array(z.string())

/** What can be scrolled sideways, and labels of the navigation that do not fit. */
const FIND = `(() => {
  const describe = (element) => element.tagName.toLowerCase() + '.' + element.className
  const found = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) found.push('the page is wider than its window by ' + (scrollWidth - clientWidth))
  const elements = [...document.querySelectorAll('body *')]
  const shadowed = elements.flatMap(({ shadowRoot }) => (shadowRoot ? [...shadowRoot.querySelectorAll('*')] : []))
  for (const element of [...elements, ...shadowed]) {
    const { overflowX } = getComputedStyle(element)
    if (!['auto', 'scroll'].includes(overflowX) || element.matches('textarea')) continue
    if (element.scrollWidth > element.clientWidth + 1) found.push(describe(element) + ' scrolls sideways')
  }
  for (const label of document.querySelectorAll('.rail-label')) {
    const { height, width } = label.getBoundingClientRect()
    if (width <= 1) continue
    const lines = Math.round(height / parseFloat(getComputedStyle(label).lineHeight))
    if (lines > 2) found.push('"' + label.textContent + '" takes ' + lines + ' lines')
    if (label.scrollWidth > Math.ceil(width)) found.push('"' + label.textContent + '" does not fit')
  }
  return found
})()`

/** The faults of a page's layout as it is now, in words. */
export async function layoutFaults(page: Page): Promise<readonly string[]> {
  return findings.parse(await page.evaluate(FIND))
}
