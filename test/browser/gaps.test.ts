import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInBrowser, WAIT_TIMEOUT_MS } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { openConversation, sendReply, startChat } from './page-actions.ts'
import { simulateSlowSubscription } from './slow-subscription.ts'

const GRACE = { provider: 'rocketchat', name: 'Grace', text: 'One' }

/** Waits until the console or the widget shows exactly these texts. */
async function shows(page: Page, texts: readonly string[]): Promise<void> {
  const messages = page.getByRole('log').locator('.message .text')
  await expect.poll(() => messages.allInnerTexts(), { timeout: WAIT_TIMEOUT_MS }).toEqual(texts)
}

/** The next reading of a room's page does not reach the gateway. Gives whether there was one. */
async function loseNextReading(page: Page): Promise<() => boolean> {
  let isLost = false
  await page.route('**/graphql', async (route) => {
    const isReading = route.request().postData()?.includes('messages(last: 50') ?? false
    if (!isReading || isLost) return route.fallback()
    isLost = true
    await route.abort()
  })
  return () => isLost
}

describeInBrowser('The console and the widget, after a gap event', (open) => {
  it('show exactly what the room holds, where a message went without a trace while they were away', async () => {
    const shop = await startBrowserGateway()
    const visitor = await startChat(await open(shop.widget), GRACE)
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    await sendReply(operator, 'Two')
    await sendReply(operator, 'Three')
    await shows(visitor, ['One', 'Two', 'Three'])

    await shop.stop()
    await operator.getByText('Reconnecting…').waitFor()
    await visitor.getByText('Reconnecting…').waitFor()
    const { workspace } = shop.rocketChat
    const { _id: rid = '' } = workspace.rooms()[0] ?? {}
    workspace.remove(workspace.messages(rid).find(({ msg }) => msg === 'Two')?._id ?? '')
    workspace.visitorSends(rid, 'Four')
    const readings = [await loseNextReading(operator), await loseNextReading(visitor)]
    await shop.start()

    for (const page of [operator, visitor]) await shows(page, ['One', 'Three', 'Four'])
    for (const wasLost of readings) expect(wasLost()).toBe(true)
    await operator.getByText('Updates were missed.').waitFor()
    await sendReply(operator, 'Five')
    for (const page of [operator, visitor]) await shows(page, ['One', 'Three', 'Four', 'Five'])

    await shop.stop()
    workspace.removeVisitor(workspace.room(rid).v.token)
    await shop.start()
    await operator.getByText(/This conversation does not go on by itself: .*room/i).waitFor()
  })

  it('receive what was left out after they fell behind, and read no page for it', async () => {
    const shop = await startBrowserGateway()
    const visitor = await open(shop.widget)
    const operator = await open(shop.console)
    const behind = [await simulateSlowSubscription(visitor), await simulateSlowSubscription(operator)]
    await operator.reload()
    await startChat(visitor, GRACE)
    await openConversation(operator, 'Grace')
    await sendReply(operator, 'Two')
    await sendReply(operator, 'Three')
    await shows(visitor, ['One', 'Two', 'Three'])

    for (const each of behind) await each.start()
    const { workspace } = shop.rocketChat
    const { _id: rid = '' } = workspace.rooms()[0] ?? {}
    workspace.remove(workspace.messages(rid).find(({ msg }) => msg === 'Two')?._id ?? '')
    workspace.visitorSends(rid, 'Four')
    const readings = [await loseNextReading(operator), await loseNextReading(visitor)]
    for (const each of behind) {
      await each.waitForDropped(2)
      each.sendGap()
    }

    for (const page of [operator, visitor]) await shows(page, ['One', 'Three', 'Four'])
    for (const hasRead of readings) expect(hasRead()).toBe(false)
    await sendReply(operator, 'Five')
    for (const page of [operator, visitor]) await shows(page, ['One', 'Three', 'Four', 'Five'])
  })
})
