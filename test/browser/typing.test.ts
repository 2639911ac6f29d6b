import { expect, it } from 'vitest'
import { describeInBrowser } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { openConversation, sendReply, startChat } from './page-actions.ts'

describeInBrowser('The console and the widget, with push', (open) => {
  it.each(['rocketchat', 'livechat'])('show who types on %s, until the message comes', async (provider) => {
    const shop = await startBrowserGateway({ push: true })
    const visitor = await startChat(await open(shop.widget), { provider, name: 'Grace', text: 'Hello' })
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    // The operator's agent is in the chat from its first message on.
    await sendReply(operator, 'Good morning')
    await visitor.getByText('Good morning').waitFor()

    await visitor.getByLabel('Your message').pressSequentially('My order')
    await operator.getByText('Grace is typing…').waitFor()
    await visitor.getByRole('button', { name: 'Send' }).click()
    await operator.getByRole('log').getByText('My order').waitFor()
    await operator.getByText('is typing…').waitFor({ state: 'detached' })

    await operator.getByLabel('Reply').pressSequentially('Let me see')
    await visitor.getByText(/\S is typing…/).waitFor()
    await operator.getByLabel('Reply').press('Enter')
    await visitor.getByRole('log').getByText('Let me see').waitFor()
    await visitor.getByText('is typing…').waitFor({ state: 'detached' })

    // Only LiveChat tells agents what the visitor has seen.
    const [chat] = shop.liveChat.chats.all
    if (chat) {
      shop.liveChat.chats.sees(chat.id)
      await operator
        .getByRole('log')
        .getByText(/^Seen \d/)
        .waitFor()
    }
    expect([...visitor.complaints, ...operator.complaints]).toEqual([])
  })
})
