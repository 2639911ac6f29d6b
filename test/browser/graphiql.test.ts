import type { Locator, Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { openSandbox } from '../../sandbox/open-sandbox.ts'
import { encodeId } from '../../src/domain/ids.ts'
import type { Gateway } from '../../src/gateway.ts'
import { startTestGateway } from '../support/test-gateway.ts'
import { describeInBrowser } from './browser.ts'

/** Starts the sandbox and a gateway for it, as the process does. */
async function openDemo(port = 0): Promise<Gateway> {
  const sandbox = await openSandbox()
  onTestFinished(() => sandbox.close())
  const idOf = (provider: string, roomId: string) => encodeId({ type: 'Room', provider, roomId })
  return startTestGateway(
    sandbox.providers,
    { operators: [sandbox.operator], introspection: 'anyone', port },
    { exampleTabs: sandbox.exampleTabs(idOf, true), finishMs: 200 },
  )
}

/** GraphiQL's error while it still shows the previous tab. */
const TOO_SOON = /Cannot\sinfer\soperation/

/** Presses and releases the mouse in the middle of an element, as a person does: without waiting for it to stand still. */
async function clickByMouse(page: Page, target: Locator): Promise<void> {
  const { x, y, width, height } = (await target.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.mouse.down()
  await page.mouse.up()
}

/** Opens a tab and runs it. Resolves when its response contains the text. */
async function runTab(page: Page, name: string, answer: string): Promise<void> {
  const tab = page.getByRole('tab', { name })
  await clickByMouse(page, tab.getByRole('button', { name, exact: true }))
  await tab.and(page.locator('[aria-selected=true]')).waitFor()
  await page.locator('.graphiql-query-editor', { hasText: name }).waitFor()
  const response = page.locator('.graphiql-response')
  const either = response.filter({ hasText: answer }).or(response.filter({ hasText: TOO_SOON }))
  do {
    // A run clears the previous response, so this waits for its own.
    await page.getByRole('button', { name: /Execute query/ }).click()
    await either.waitFor()
  } while (TOO_SOON.test(await response.innerText()))
}

/** Runs a subscription, and stops it after the first result. */
async function watchTab(page: Page, name: string, answer: string): Promise<void> {
  await runTab(page, name, answer)
  await page.getByRole('button', { name: /Stop query/ }).click()
  await page.getByRole('button', { name: /Execute query/ }).waitFor()
}

describeInBrowser('GraphiQL of the sandbox', (open) => {
  it('has a tab for each thing worth trying, and each answers, subscriptions too, also after a restart', async () => {
    const demo = await openDemo()
    const page = await open(demo.url)
    await runTab(page, 'Everyone', 'ANONYMOUS')
    await runTab(page, 'Inbox', 'rooms')
    await runTab(page, 'Room', 'messages')
    await runTab(page, 'OfflineMessages', 'totalCount')
    await watchTab(page, 'Activity', 'roomActivity')
    await runTab(page, 'Say', 'Hello from GraphiQL')
    // The agents of the sandbox answer what was said.
    await watchTab(page, 'Live', 'Event')
    expect(page.complaints).toEqual([])

    await demo.close()
    // Its key and rooms are others, under the address for which the browser has kept the tabs.
    await openDemo(Number(new URL(demo.url).port))
    await page.reload()
    await runTab(page, 'Everyone', 'ANONYMOUS')
    await runTab(page, 'Inbox', 'rooms')
    await runTab(page, 'Room', 'messages')
    // What the reader changes stays.
    await page.waitForFunction(() => localStorage['graphiql:tabState']?.includes('"activeTabIndex":2'))
    await page.reload()
    await page.getByRole('tab', { name: 'Room' }).and(page.locator('[aria-selected=true]')).waitFor()
  })
})
