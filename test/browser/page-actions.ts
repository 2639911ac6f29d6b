import type { Page } from 'playwright-core'

export interface NewConversation {
  readonly provider: string
  readonly name: string
  readonly text: string
}

/** Begins a conversation with the widget, and gives its page back. */
export async function startChat<P extends Page>(
  page: P,
  { provider, name, text }: NewConversation,
): Promise<P> {
  await page.getByRole('button', { name: 'Chat', exact: true }).click()
  await page.getByLabel('Where to').selectOption(provider)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('How can we help?').fill(text)
  await page.getByRole('button', { name: 'Start the chat' }).click()
  await page.getByRole('log').getByText(text).waitFor()
  return page
}

/** Opens a visitor's conversation in the console. */
export async function openConversation(operator: Page, visitor: string): Promise<void> {
  await operator.locator('.room', { hasText: visitor }).click()
  await operator.getByRole('heading', { name: visitor }).waitFor()
}

/** Says something as the operator, by keyboard; resolves when it stands in the conversation. */
export async function sendReply(operator: Page, text: string): Promise<void> {
  await operator.getByLabel('Reply').fill(text)
  await operator.getByLabel('Reply').press('Enter')
  await operator.getByRole('log').getByText(text).waitFor()
}
