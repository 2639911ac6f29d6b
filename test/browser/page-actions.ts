import type { Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import { WAIT_TIMEOUT_MS } from './browser.ts'

const LISTED_MS = 30_000

export interface NewConversation {
  readonly provider: string
  readonly name: string
  readonly text: string
}

/** Begins a conversation with the widget on its page, which takes the provider from its address, and gives the page back. */
export async function startChat<P extends Page>(
  page: P,
  { provider, name, text }: NewConversation,
): Promise<P> {
  const address = new URL(page.url())
  if (address.searchParams.get('provider') !== provider) {
    address.searchParams.set('provider', provider)
    await page.goto(address.href)
  }
  await page.getByRole('button', { name: 'Chat', exact: true }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Your e-mail').fill('visitor@shop.example')
  await page.getByLabel('How can we help?').fill(text)
  await page.getByRole('button', { name: 'Start the chat' }).click()
  await page.getByRole('log').getByText(text).waitFor()
  return page
}

/** Opens a visitor's conversation in the console. One that began while the pointer is in the list comes with its button for news. */
export async function openConversation(operator: Page, visitor: string): Promise<void> {
  // An agent, whom rows name too, can have the visitor's name.
  const row = operator.locator('.room', { has: operator.locator('.who', { hasText: visitor }) })
  const news = operator.getByRole('button', { name: / ha(s|ve) news$/ })
  const isListed = async () => {
    if (!(await row.isVisible()) && (await news.isVisible())) await news.click()
    return row.isVisible()
  }
  await expect.poll(isListed, { timeout: LISTED_MS }).toBe(true)
  await row.click()
  await operator.getByRole('heading', { name: visitor, level: 1 }).waitFor()
}

/** Says something as the operator, by keyboard; resolves when it stands in the conversation, and the next one can be written. */
export async function sendReply(operator: Page, text: string): Promise<void> {
  const reply = operator.getByLabel('Reply')
  await reply.fill(text)
  await reply.press('Enter')
  await operator.getByRole('log').getByText(text).waitFor()
  // Its event can come before the response to its request. Until then the field takes no keys.
  await expect.poll(() => reply.inputValue(), { timeout: WAIT_TIMEOUT_MS }).toBe('')
}

/** An operation of a page that is kept from the gateway. */
export interface HeldOperation {
  /** Resolves when the page has sent it. */
  readonly sent: Promise<unknown>
  /** Lets it pass; resolves when the page has the response. */
  release(): Promise<void>
}

/** Holds the page's next request whose document contains this text. */
export async function holdOperation(page: Page, text: string): Promise<HeldOperation> {
  let pass = () => {}
  const isReleased = new Promise<void>((resolve) => {
    pass = resolve
  })
  const matches = (request: Request) => request.postData()?.includes(text) ?? false
  const response = page.waitForResponse((response) => matches(response.request()))
  await page.route('**/graphql', async (route) => {
    if (matches(route.request())) await isReleased
    await route.fallback()
  })
  return {
    sent: page.waitForRequest(matches),
    release: async () => {
      pass()
      await (await response).finished()
    },
  }
}

/** Answers the page's next request whose document contains this text with this data, instead of the gateway. */
export async function answerOperation(page: Page, text: string, data: object): Promise<void> {
  let isAnswered = false
  await page.route('**/graphql', async (route) => {
    if (isAnswered || !route.request().postData()?.includes(text)) return route.fallback()
    isAnswered = true
    await route.fulfill({ json: { data } })
  })
}
