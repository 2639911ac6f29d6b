import { expect, it } from 'vitest'
import { describeInBrowser } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { openConversation, sendReply } from './page-actions.ts'
import { recordRenders, takeRendered } from './render-recorder.ts'

describeInBrowser('The console', (open) => {
  it('renders what has changed, and nothing else', async () => {
    const shop = await startBrowserGateway()
    const { chats } = shop.liveChat
    const start = (name: string) => {
      const { id } = chats.start({ customer: { name }, groupId: 1 })
      chats.transfer(id, { agentId: shop.liveChat.credentials.login })
      chats.customerSends(id, `Hello from ${name}`)
      return id
    }
    const [grace, ben] = [start('Grace'), start('Ben')]
    start('Cleo')
    const operator = await open('about:blank')
    await recordRenders(operator)
    await operator.goto(shop.console)
    await openConversation(operator, 'Grace')
    await sendReply(operator, 'Good morning.')
    await operator.locator('.room', { hasText: 'Good morning.' }).waitFor()
    expect(await takeRendered(operator)).toContain('message: Good morning.')

    await operator.getByLabel('Reply').fill('One moment')
    expect(await takeRendered(operator)).toEqual([])
    chats.customerSends(ben, 'Still there?')
    await operator.locator('.room', { hasText: 'Still there?' }).waitFor()
    expect(await takeRendered(operator)).toEqual(['row: Ben'])
    chats.customerSends(grace, 'Thank you')
    await operator.locator('.room', { hasText: 'Thank you' }).waitFor()
    await operator.getByRole('log').getByText('Thank you').waitFor()
    expect(await takeRendered(operator)).toEqual(['message: Thank you', 'row: Grace'])
    expect(operator.complaints).toEqual([])
  })
})
