import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadConfig } from '../../src/config/index.ts'
import { describeInBrowser } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { openConversation, sendReply, startChat } from './page-actions.ts'

const { documentsById } = loadConfig(
  { TRUSTED_DOCUMENTS_FILE: 'apps/trusted-documents.json' },
  { readText: (path) => readFileSync(path, 'utf8') },
)

describeInBrowser('Where only the documents of `npm run documents` may run', (open) => {
  it.each(['public', 'all'] as const)(
    'for %s, the widget and the console work in a conversation',
    async (trustedDocuments) => {
      const shop = await startBrowserGateway({ isOpen: false, config: { trustedDocuments, documentsById } })
      const visitor = await startChat(await open(shop.widget), {
        provider: 'rocketchat',
        name: 'Grace',
        text: 'Hello',
      })
      const operator = await open(shop.console)
      await operator.getByLabel('Operator key').fill(shop.operatorKey)
      await operator.getByRole('button', { name: 'Sign in' }).click()
      await openConversation(operator, 'Grace')
      await sendReply(operator, 'Open until six')
      await visitor.getByText('Open until six').waitFor()
      await visitor.getByLabel('Your message').fill('Thank you!')
      await visitor.getByRole('button', { name: 'Send' }).click()
      await operator.getByRole('log').getByText('Thank you!').waitFor()

      const message = operator.locator('.message', { hasText: 'Open until six' })
      await message.hover()
      await message.getByRole('button', { name: 'Edit' }).click()
      await operator.getByLabel('The message’s text').fill('Open until seven')
      await operator.getByRole('button', { name: 'Save' }).click()
      await visitor.getByText('Open until seven').waitFor()
      await operator.getByRole('button', { name: 'Close', exact: true }).click()
      await operator.getByLabel('Comment').fill('Solved')
      await operator.getByRole('button', { name: 'Close the conversation' }).click()
      await visitor.getByText('This conversation is over.').waitFor()
      await operator.getByRole('link', { name: 'Providers' }).click()
      await operator.locator('.card').first().waitFor()
      // The console asks for the sandbox's key before it asks its operator.
      const complaints = operator.complaints.filter((complaint) => !complaint.includes('404 (Not Found)'))
      expect([...visitor.complaints, ...complaints]).toEqual([])
    },
  )

  it('for all, the widget and the console work with offline messages', async () => {
    const shop = await startBrowserGateway({ config: { trustedDocuments: 'all', documentsById } })
    shop.rocketChat.workspace.setStatus('everybody', 'offline')
    const visitor = await open(shop.widget)
    await visitor.getByRole('button', { name: 'Chat', exact: true }).click()
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
    expect([...visitor.complaints, ...operator.complaints]).toEqual([])
  })
})
