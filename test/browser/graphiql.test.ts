import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { openSandbox } from '../../sandbox/open-sandbox.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { startTestGateway } from '../support/test-gateway.ts'
import { describeInBrowser } from './browser.ts'

/** Starts the sandbox and a gateway for it, as the process does. Returns the gateway's address. */
async function openDemo(): Promise<string> {
  const sandbox = await openSandbox()
  onTestFinished(() => sandbox.close())
  const idOf = (provider: string, roomId: string) => encodeId({ type: 'Room', provider, roomId })
  const { url } = await startTestGateway(
    sandbox.providers,
    { operators: [sandbox.operator], introspection: 'anyone' },
    { exampleTabs: sandbox.exampleTabs(idOf, true), drainMs: 200 },
  )
  return url
}

/** GraphiQL's error while it still shows the previous tab. */
const TOO_SOON = /Cannot\sinfer\soperation/

/** Opens a tab and runs it. Resolves when its response contains the text. */
async function runTab(page: Page, name: string, answer: string): Promise<void> {
  // By keyboard, because the tabs are animated.
  await page.getByRole('tab', { name }).getByRole('button', { name, exact: true }).press('Enter')
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
  it('has a tab for each thing worth trying, and each answers, subscriptions too', async () => {
    const page = await open(await openDemo())
    await runTab(page, 'Everyone', 'ANONYMOUS')
    await runTab(page, 'Inbox', 'rooms')
    await runTab(page, 'Room', 'messages')
    await runTab(page, 'OfflineMessages', 'totalCount')
    await watchTab(page, 'Activity', 'roomActivity')
    await runTab(page, 'Say', 'Hello from GraphiQL')
    // The agents of the sandbox answer what was said.
    await watchTab(page, 'Live', 'Event')
    expect(page.complaints).toEqual([])
  })
})
