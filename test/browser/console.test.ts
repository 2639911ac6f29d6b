import { expect, it } from 'vitest'
import { accessibilityViolations } from './accessibility.ts'
import { describeInBrowser } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { openConversation, sendReply, startChat } from './page-actions.ts'

describeInBrowser('The console and the widget', (open) => {
  it.each(['rocketchat', 'livechat'])('let an operator and a visitor talk on %s', async (provider) => {
    const shop = await startBrowserGateway()
    const visitor = await startChat(await open(shop.widget), {
      provider,
      name: 'Grace',
      text: 'Is anybody there?',
    })
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    await operator.getByRole('log').getByText('Is anybody there?').waitFor()

    await sendReply(operator, 'Good morning, Grace.')
    await visitor.getByText('Good morning, Grace.').waitFor()
    await visitor.getByLabel('Your message').fill('Thank you!')
    await visitor.getByRole('button', { name: 'Send' }).click()
    await operator.getByRole('log').getByText('Thank you!').waitFor()

    expect(await operator.getByRole('log').locator('.message .text').allInnerTexts()).toEqual([
      'Is anybody there?',
      'Good morning, Grace.',
      'Thank you!',
    ])
    expect([...visitor.complaints, ...operator.complaints]).toEqual([])
  })

  it('show everybody what is edited and deleted', async () => {
    const shop = await startBrowserGateway()
    const visitor = await startChat(await open(shop.widget), {
      provider: 'rocketchat',
      name: 'Grace',
      text: 'Hello',
    })
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    await sendReply(operator, 'Open until six')
    await sendReply(operator, 'Wrong room, sorry')
    await visitor.getByText('Wrong room, sorry').waitFor()

    const first = operator.locator('.message', { hasText: 'Open until six' })
    await first.hover()
    await first.getByRole('button', { name: 'Edit' }).click()
    const editor = operator.getByLabel('The message’s text')
    await editor.fill('Open until seven')
    await operator.getByRole('button', { name: 'Save' }).click()
    await visitor.getByText('Open until seven').waitFor()
    // When it closes, the messages below it move, away from the pointer.
    await editor.waitFor({ state: 'detached' })

    const second = operator.locator('.message', { hasText: 'Wrong room, sorry' })
    await second.hover()
    await second.getByRole('button', { name: 'Delete' }).click()
    await second.getByRole('button', { name: 'Delete for everybody?' }).click()
    await visitor.getByText('Wrong room, sorry').waitFor({ state: 'detached' })
    await operator.getByText('Wrong room, sorry').waitFor({ state: 'detached' })
    expect([...visitor.complaints, ...operator.complaints]).toEqual([])
  })

  it('say what cannot be done, and why', async () => {
    const shop = await startBrowserGateway()
    await startChat(await open(shop.widget), { provider: 'livechat', name: 'Grace', text: 'Hello' })
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    await sendReply(operator, 'This stays as it is')
    await operator.getByText('LiveChat cannot edit a message').waitFor()
    expect(await operator.getByRole('button', { name: 'Edit' }).count()).toBe(0)
  })

  it('offer to take over a conversation of another agent, then let the operator reply', async () => {
    const { console, liveChat } = await startBrowserGateway()
    const chat = liveChat.chats.start({ customer: { name: 'Grace' }, groupId: 1, say: 'Hello' })
    liveChat.chats.transfer(chat.id, { agentId: 'ben.osei@switchboard.test' })
    const operator = await open(console)
    await openConversation(operator, 'Grace')
    await operator.locator('.take-over', { hasText: 'Another agent serves this chat' }).waitFor()
    expect(await operator.getByLabel('Reply').count()).toBe(0)
    expect(await accessibilityViolations(operator)).toEqual([])

    await operator.getByRole('button', { name: 'Take over' }).click()
    await sendReply(operator, 'Here I am.')
    expect(operator.complaints).toEqual([])
  })

  it('close a conversation for both', async () => {
    const shop = await startBrowserGateway()
    const visitor = await startChat(await open(shop.widget), {
      provider: 'rocketchat',
      name: 'Grace',
      text: 'Hello',
    })
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    await operator.getByRole('button', { name: 'Close', exact: true }).click()
    await operator.getByLabel('Comment').fill('Solved')
    await operator.getByRole('button', { name: 'Close the conversation' }).click()
    await visitor.getByText('This conversation is over.').waitFor()
    await operator.getByRole('button', { name: 'Send' }).waitFor({ state: 'detached' })
  })

  it('lose and repeat nothing when the gateway is stopped and started under an open page', async () => {
    const shop = await startBrowserGateway()
    const visitor = await startChat(await open(shop.widget), {
      provider: 'rocketchat',
      name: 'Grace',
      text: 'One',
    })
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    await sendReply(operator, 'Two')
    await visitor.getByText('Two').waitFor()

    await shop.stop()
    await operator.getByText('Reconnecting…').waitFor()
    await operator.getByLabel('Reply').fill('Five')
    await operator.getByLabel('Reply').press('Enter')
    await operator.getByText('No answer came. Send it again').waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    const { workspace } = shop.rocketChat
    const rid = workspace.rooms()[0]?._id ?? ''
    workspace.visitorSends(rid, 'Three, said meanwhile')
    // Later: messages of the same millisecond have no order but that of their ids.
    workspace.agentSends(rid, 'Four, said meanwhile', { ts: new Date(Date.now() + 1) })
    await shop.start()

    await operator.getByRole('log').getByText('Four, said meanwhile').waitFor()
    await operator.getByText('Live', { exact: true }).waitFor()
    await operator.getByRole('button', { name: 'Send again' }).click()
    await operator.getByRole('log').getByText('Five').waitFor()
    await visitor.getByText('Five').waitFor()
    await expect.poll(() => operator.getByLabel('Reply').inputValue()).toBe('')
    const texts = ['One', 'Two', 'Three, said meanwhile', 'Four, said meanwhile', 'Five']
    expect(await operator.getByRole('log').locator('.message .text').allInnerTexts()).toEqual(texts)
    expect(await visitor.getByRole('log').locator('.message .text').allInnerTexts()).toEqual(texts)
  })

  it('take an offline message from the form to the console', async () => {
    const shop = await startBrowserGateway()
    shop.rocketChat.workspace.setStatus('everybody', 'offline')
    const visitor = await open(shop.widget)
    await visitor.getByRole('button', { name: 'Chat', exact: true }).click()
    await visitor.getByText('Nobody is here right now').waitFor()
    const operator = await open(`${shop.console}#/offline`)
    await operator.getByText('Nobody has left a message in the last seven days.').waitFor()
    // Without a connection it follows nothing.
    await operator.getByText('Live', { exact: true }).waitFor()
    await visitor.getByLabel('Your name').fill('Grace')
    await visitor.getByLabel('Your e-mail').fill('grace@shop.example')
    await visitor.getByLabel('Your message').fill('Please call me back.')
    await visitor.getByRole('button', { name: 'Leave the message' }).click()
    await visitor.getByText('Your message is with us').waitFor()

    await operator.getByRole('button', { name: 'One more has come: show it' }).click()
    await operator.getByText('Please call me back.').waitFor()
    await operator.getByRole('article').getByText('Sent', { exact: true }).waitFor()
    expect([...visitor.complaints, ...operator.complaints]).toEqual([])
  })

  it('say that a provider fails, and go on with the other', async () => {
    const shop = await startBrowserGateway()
    await startChat(await open(shop.widget), { provider: 'rocketchat', name: 'Grace', text: 'Hello' })
    await shop.liveChat.close()
    const operator = await open(shop.console)
    await operator.locator('.provider-alert').getByText('livechat').waitFor()
    await operator.locator('.room', { hasText: 'Grace' }).waitFor()
  })

  it('let in with the operator’s key only', async () => {
    const shop = await startBrowserGateway({ isOpen: false })
    const operator = await open(shop.console)
    await operator.getByLabel('Operator key').fill('not-the-key-of-anybody')
    await operator.getByRole('button', { name: 'Sign in' }).click()
    await operator.getByText('The gateway knows no operator with this key.').waitFor()
    await operator.getByLabel('Operator key').fill(shop.operatorKey)
    await operator.getByRole('button', { name: 'Sign in' }).click()
    await operator.getByText('No conversations.').waitFor()
  })

  it('stay signed out in the sandbox, which gives its key to every page', async () => {
    const shop = await startBrowserGateway()
    const operator = await open(shop.console)
    await operator.getByText('No conversations.').waitFor()
    const keysFetched: string[] = []
    operator.on('request', (request) => {
      if (request.url().endsWith('sandbox.json')) keysFetched.push(request.url())
    })
    await operator.getByRole('button', { name: 'Settings' }).click()
    await operator.getByRole('button', { name: 'Sign out' }).click()
    await operator.getByLabel('Operator key').fill(shop.operatorKey)
    await operator.getByRole('button', { name: 'Sign in' }).click()
    await operator.getByText('No conversations.').waitFor()
    expect(keysFetched).toEqual([])
  })
})
