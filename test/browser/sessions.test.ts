import { expect, it } from 'vitest'
import { deployedCommand } from '../process/gateway-command.ts'
import { startProcess } from '../process/gateway-process.ts'
import { accessibilityViolations } from './accessibility.ts'
import { describeInBrowser } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { holdOperation, openConversation, sendReply, startChat } from './page-actions.ts'

const NEW_KEY = 'the-next-key-of-the-operator'

describeInBrowser('Pages whose credential the gateway does not accept any more', (open) => {
  it('are usable again after a restart of `npm start`, which makes new keys and rooms', async () => {
    const first = startProcess({ PORT: '0' }, undefined, deployedCommand)
    const { origin, port } = new URL(await first.url)
    const operator = await open(origin)
    await operator.getByText('Live', { exact: true }).waitFor()
    const visitor = await open(`${origin}/widget/`)
    await startChat(visitor, { provider: 'rocketchat', name: 'Grace', text: 'Before the restart' })
    await openConversation(operator, 'Grace')
    first.signal('SIGKILL')
    await first.ended
    first.dispose()

    const second = startProcess({ PORT: port }, undefined, deployedCommand)
    try {
      await second.url
      await operator.getByText('Live', { exact: true }).waitFor()
      await operator.getByText('There is no such conversation.').waitFor()
      await openConversation(operator, 'Mara Lindqvist')

      await visitor.getByText('This conversation is no longer available.').waitFor()
      await visitor.reload()
      await visitor.getByText('This conversation is no longer available.').waitFor()
      await visitor.getByRole('button', { name: 'Start a new conversation' }).click()
      await visitor.getByLabel('Your name').waitFor()
    } finally {
      second.dispose()
    }
  })

  it('lead an operator whose key was replaced to the sign-in, and back to the conversation', async () => {
    const shop = await startBrowserGateway({ isOpen: false })
    await startChat(await open(shop.widget), { provider: 'rocketchat', name: 'Grace', text: 'Hello' })
    const operator = await open(shop.console)
    await operator.getByLabel('Operator key').fill(shop.operatorKey)
    await operator.getByRole('button', { name: 'Sign in' }).click()
    await openConversation(operator, 'Grace')
    await shop.stop()
    await shop.start(NEW_KEY)

    await operator.getByText('the gateway does not accept your key any more').waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.getByLabel('Operator key').fill(NEW_KEY)
    await operator.getByRole('button', { name: 'Sign in' }).click()
    await sendReply(operator, 'Here again.')
  })

  it('lead there too with a key that was stored before', async () => {
    const shop = await startBrowserGateway({ isOpen: false })
    const operator = await open(shop.console)
    await operator.getByLabel('Operator key').fill(shop.operatorKey)
    await operator.getByRole('button', { name: 'Sign in' }).click()
    await operator.getByText('No conversations.').waitFor()
    await shop.stop()
    await shop.start(NEW_KEY)
    await operator.reload()
    await operator.getByText('the gateway does not accept your key any more').waitFor()
    await operator.reload()
    await operator.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await operator.getByText('the gateway does not accept').count()).toBe(0)
  })

  it('renew an expired visitor token by themselves, and send what the visitor has written', async () => {
    const shop = await startBrowserGateway()
    const visitor = await open(shop.widget)
    await startChat(visitor, { provider: 'livechat', name: 'Grace', text: 'Hello' })
    shop.liveChat.tokens.expireAll()
    await visitor.getByLabel('Your message').fill('Are you still there?')
    await visitor.getByRole('button', { name: 'Send' }).click()
    await visitor.getByRole('log').getByText('Are you still there?').waitFor()

    shop.liveChat.tokens.expireAll()
    await visitor.reload()
    await visitor.getByRole('log').getByText('Are you still there?').waitFor()
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    await sendReply(operator, 'We are.')
    await visitor.getByRole('log').getByText('We are.').waitFor()
  })

  it('do not bring back a conversation that the site has removed while its token was being renewed', async () => {
    const shop = await startBrowserGateway()
    const visitor = await open(shop.widget)
    await startChat(visitor, { provider: 'livechat', name: 'Grace', text: 'Hello' })
    shop.liveChat.tokens.expireAll()
    const renewal = await holdOperation(visitor, 'mutation WidgetRenew')
    await visitor.reload()
    await renewal.sent
    await visitor.evaluate('localStorage.clear()')
    await renewal.release()
    await visitor.reload()
    await visitor.getByLabel('Your name').waitFor()
  })

  it('offer a visitor whose token cannot be renewed a new conversation', async () => {
    const shop = await startBrowserGateway()
    const visitor = await open(shop.widget)
    await startChat(visitor, { provider: 'livechat', name: 'Grace', text: 'Hello' })
    await visitor.evaluate(`
      const [key] = Object.keys(localStorage).filter((name) => name.endsWith(' conversation'))
      const stored = JSON.parse(localStorage.getItem(key))
      localStorage.setItem(key, JSON.stringify({ ...stored, token: 'dal:unknown', renewalToken: null }))
    `)
    await visitor.reload()
    await visitor.getByText('This conversation is no longer available.').waitFor()
    expect(await accessibilityViolations(visitor)).toEqual([])
    await visitor.getByRole('button', { name: 'Start a new conversation' }).click()
    await visitor.getByLabel('Your name').waitFor()
    await visitor.reload()
    await visitor.getByLabel('Your name').waitFor()
  })
})
