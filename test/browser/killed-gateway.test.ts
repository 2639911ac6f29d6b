import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { startLiveChatSandbox } from '../../sandbox/livechat/index.ts'
import { startRocketChatSandbox } from '../../sandbox/rocketchat/index.ts'
import { gatewayCommand } from '../process/gateway-command.ts'
import { type GatewayProcess, startProcess } from '../process/gateway-process.ts'
import { holdResponses } from '../support/hold-responses.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { type AgentsEnd, agentsEndOf } from './agents-end.ts'
import { describeInBrowser, WAIT_TIMEOUT_MS } from './browser.ts'
import { openConversation, sendReply, startChat } from './page-actions.ts'

const OPERATOR_KEY = 'operator-key-of-ann-4711'

/** The requests with which visitors and agents send a message. */
const ROCKET_CHAT_ROUTES = ['/api/v1/livechat/message', '/api/v1/chat.sendMessage']
const LIVE_CHAT_ROUTES = ['/v3.6/customer/action/send_event', '/v3.6/agent/action/send_event']

/** Both providers, and a gateway process in front of them that can be killed and started at the same address. */
async function startShop() {
  const rocketChat = await startRocketChatSandbox({ seed: false })
  const liveChat = await startLiveChatSandbox({ seed: false })
  rocketChat.workspace.createAgent({ name: 'Ada Agent' })
  const { userId, authToken } = rocketChat.workspace.serviceAccount()
  const { accessToken, clientId, clientSecret, refreshToken, organizationId } = liveChat.credentials
  const settings = {
    DATA_DIR: createTestDirectory(),
    CONSOLE: 'on',
    OPERATOR_KEYS: `ann:${OPERATOR_KEY}`,
    ROCKETCHAT_URL: rocketChat.url,
    ROCKETCHAT_USER_ID: userId,
    ROCKETCHAT_AUTH_TOKEN: authToken,
    LIVECHAT_TOKEN: accessToken,
    LIVECHAT_CLIENT_ID: clientId,
    LIVECHAT_CLIENT_SECRET: clientSecret,
    LIVECHAT_REFRESH_TOKEN: refreshToken,
    LIVECHAT_ORGANIZATION_ID: organizationId,
    LIVECHAT_API_URL: liveChat.url,
    LIVECHAT_ACCOUNTS_URL: liveChat.url,
    LIVECHAT_PUSH: 'on',
  }
  let gateway: GatewayProcess = startProcess({ ...settings, PORT: '0' }, undefined, gatewayCommand)
  onTestFinished(async () => {
    gateway.dispose()
    await Promise.all([rocketChat.close(), liveChat.close()])
  })
  const { origin, port } = new URL(await gateway.url)
  return {
    rocketChat,
    liveChat,
    origin,
    async kill() {
      gateway.signal('SIGKILL')
      await gateway.ended
      gateway.dispose()
    },
    async start() {
      gateway = startProcess({ ...settings, PORT: port }, undefined, gatewayCommand)
      await gateway.url
    },
    /** Holds the providers' responses to messages, which they deliver, until the returned function is called. */
    holdResponses() {
      const held = [
        ...ROCKET_CHAT_ROUTES.map((route) => holdResponses(rocketChat, { route })),
        ...LIVE_CHAT_ROUTES.map((route) => holdResponses(liveChat, { route })),
      ]
      return () => {
        for (const release of held) release()
      }
    },
  }
}

type Shop = Awaited<ReturnType<typeof startShop>>

/** One conversation with its two ends, each in a page of its own. */
interface Talk {
  readonly visitor: Page
  readonly operator: Page
  readonly end: AgentsEnd
}

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: WAIT_TIMEOUT_MS })
const message = ({ visitor }: Talk) => visitor.getByLabel('Your message')
const reply = ({ operator }: Talk) => operator.getByLabel('Reply')

async function shows(page: Page, texts: readonly string[]): Promise<void> {
  await eventually(() => page.getByRole('log').locator('.message .text').allInnerTexts()).toEqual(texts)
}

/** Begins a conversation in a widget, and opens it in a console. */
async function beginTalk(
  shop: Shop,
  open: (url: string) => Promise<Page>,
  { provider, name }: { readonly provider: string; readonly name: string },
): Promise<Talk> {
  const widget = await open(`${shop.origin}/widget/?provider=${provider}`)
  const visitor = await startChat(widget, { provider, name, text: 'One' })
  const operator = await open(shop.origin)
  await operator.getByLabel('Operator key').fill(OPERATOR_KEY)
  await operator.getByRole('button', { name: 'Sign in' }).click()
  await openConversation(operator, name)
  await sendReply(operator, 'Two')
  await shows(visitor, ['One', 'Two'])
  return { visitor, operator, end: agentsEndOf(shop, provider) }
}

describeInBrowser('The console and the widget at both providers', (open) => {
  it('lose and double nothing, drafts included, when the gateway is killed while all of them write', async () => {
    const shop = await startShop()
    const talks = await Promise.all([
      beginTalk(shop, open, { provider: 'rocketchat', name: 'Grace' }),
      beginTalk(shop, open, { provider: 'livechat', name: 'Ada' }),
    ])

    // The providers have these messages, but the gateway dies before it knows.
    const release = shop.holdResponses()
    for (const talk of talks) {
      await message(talk).fill('Three')
      await message(talk).press('Enter')
      await eventually(talk.end.visitorTexts).toEqual(['One', 'Three'])
      await reply(talk).fill('Four')
      await reply(talk).press('Enter')
      await eventually(talk.end.agentTexts).toEqual(['Two', 'Four'])
    }
    await shop.kill()
    release()
    for (const talk of talks) {
      for (const page of [talk.visitor, talk.operator]) await page.getByText('Reconnecting…').waitFor()
      await talk.operator.getByText('No answer came. Send it again').waitFor()
      await message(talk).fill('Five')
      await message(talk).press('Enter')
      await message(talk).pressSequentially('The draft')
    }
    await shop.start()

    for (const talk of talks) {
      await eventually(talk.end.visitorTexts).toEqual(['One', 'Three', 'Five'])
      for (const page of [talk.visitor, talk.operator])
        await shows(page, ['One', 'Two', 'Three', 'Four', 'Five'])
      expect(await reply(talk).inputValue()).toBe('Four')
      await reply(talk).press('Enter')
      await eventually(() => reply(talk).inputValue()).toBe('')
      expect(await message(talk).inputValue()).toBe('The draft')
      await message(talk).press('Enter')
      const texts = ['One', 'Two', 'Three', 'Four', 'Five', 'The draft']
      for (const page of [talk.visitor, talk.operator]) await shows(page, texts)
      expect(talk.end.visitorTexts()).toEqual(['One', 'Three', 'Five', 'The draft'])
      expect(talk.end.agentTexts()).toEqual(['Two', 'Four'])
    }
  })
})
