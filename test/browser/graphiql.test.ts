import { pino } from 'pino'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { openSandbox } from '../../sandbox/open-sandbox.ts'
import { encodeId } from '../../src/domain/ids.ts'
import { startGateway } from '../../src/gateway.ts'
import { testConfig } from '../support/test-gateway.ts'
import { describeInBrowser } from './browser.ts'

/** A gateway before the sandbox, as the process starts it. */
async function openDemo(): Promise<string> {
  const sandbox = await openSandbox()
  const idOf = (provider: string, roomId: string) => encodeId({ type: 'Room', provider, roomId })
  const config = testConfig([...sandbox.providers], {
    operators: [sandbox.operator],
    introspection: 'anyone',
  })
  const exampleTabs = sandbox.exampleTabs(idOf, true)
  const gateway = await startGateway(config, { log: pino({ level: 'silent' }), exampleTabs, drainMs: 200 })
  onTestFinished(async () => {
    await gateway.close()
    await sandbox.close()
  })
  return gateway.url
}

/** What GraphiQL says for the moment after a tab's opening in which it believes to be in the one before. */
const TOO_SOON = /Cannot\sinfer\soperation/

/** Opens a tab and runs it; resolves when its answer holds the text. */
async function runTab(page: Page, name: string, answer: string): Promise<void> {
  // By keyboard: the tabs slide about for as long as they please.
  await page.getByRole('tab', { name }).getByRole('button', { name, exact: true }).press('Enter')
  await page.locator('.graphiql-query-editor', { hasText: name }).waitFor()
  const response = page.locator('.graphiql-response')
  const either = response.filter({ hasText: answer }).or(response.filter({ hasText: TOO_SOON }))
  do {
    // Running empties the answer of the run before, so what is waited for is this run's.
    await page.getByRole('button', { name: /Execute query/ }).click()
    await either.waitFor()
  } while (TOO_SOON.test(await response.innerText()))
}

/** The same with a subscription, which is stopped when the first answer is there. */
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
