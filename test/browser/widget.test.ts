import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { accessibilityViolations } from './accessibility.ts'
import { agentsEndOf } from './agents-end.ts'
import { describeInBrowser, WAIT_TIMEOUT_MS } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { startChat } from './page-actions.ts'

const PICTURE = readFileSync(new URL('../../docs/console.png', import.meta.url))

const texts = (page: Page) => page.getByRole('log').locator('.message .text').allInnerTexts()

/** Waits until a value is as expected. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: WAIT_TIMEOUT_MS })

/** While `window.isPatient` is set, pauses of the page do not end by themselves. */
const PATIENCE = `{
  const { setTimeout } = window
  window.setTimeout = (run, ms, ...rest) => setTimeout(run, window.isPatient && ms >= 250 ? 1e8 : ms, ...rest)
}`

/** Chooses an entry of the panel's menu, by mouse. */
async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: entry }).click()
}

/** Pastes a file into the message, and drops another on the conversation. */
const PASTE_AND_DROP = `{
  const root = document.querySelector('switchboard-chat').shadowRoot
  const transferOf = (name) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['some bytes'], name, { type: 'text/plain' }))
    return transfer
  }
  const options = { bubbles: true, cancelable: true }
  const paste = new ClipboardEvent('paste', { ...options, clipboardData: transferOf('pasted.txt') })
  root.querySelector('.composer textarea').dispatchEvent(paste)
  const drop = new DragEvent('drop', { ...options, dataTransfer: transferOf('dropped.txt') })
  root.querySelector('.messages').dispatchEvent(drop)
}`

describeInBrowser('The widget', (open) => {
  it.each(['rocketchat', 'livechat'])(
    'on %s: loses neither the draft nor a message when the gateway is killed and started, and repeats none',
    async (provider) => {
      const shop = await startBrowserGateway()
      const end = agentsEndOf(shop, provider)
      const page = await open(shop.widget)
      await page.addInitScript(PATIENCE)
      await startChat(page, { provider, name: 'Grace', text: 'One' })
      const message = page.getByLabel('Your message')
      await page.evaluate('window.isPatient = true')
      await shop.stop()
      await page.getByText('Reconnecting…').waitFor()
      await message.fill('Two, written meanwhile')
      await message.press('Enter')
      await message.pressSequentially('The draft')
      await page.getByText('Not sent yet. Trying again…').waitFor()
      expect(await accessibilityViolations(page)).toEqual([])
      end.says('Said meanwhile')
      await shop.start()
      await page.getByRole('button', { name: 'Try now' }).click()
      await page.getByText('Reconnecting…').waitFor({ state: 'detached' })
      await page.evaluate('window.isPatient = false')
      await page.getByText('Not sent yet. Trying again…').waitFor({ state: 'detached' })
      await eventually(() => texts(page)).toEqual(['One', 'Said meanwhile', 'Two, written meanwhile'])
      await eventually(end.visitorTexts).toEqual(['One', 'Two, written meanwhile'])
      expect(await message.inputValue()).toBe('The draft')

      // The panel, the conversation and the draft are on the next page too.
      await page.reload()
      await eventually(() => texts(page)).toEqual(['One', 'Said meanwhile', 'Two, written meanwhile'])
      expect(await message.inputValue()).toBe('The draft')
      await message.press('Enter')
      await eventually(end.visitorTexts).toEqual(['One', 'Two, written meanwhile', 'The draft'])

      // A message that was written shortly before the page was left is sent by the next page.
      await shop.stop()
      await page.getByText('Reconnecting…').waitFor()
      await message.fill('Five')
      await message.press('Enter')
      await shop.start()
      await page.reload()
      await eventually(end.visitorTexts).toEqual(['One', 'Two, written meanwhile', 'The draft', 'Five'])

      for (let count = 1; count <= 50; count += 1) end.says(`Number ${count}`)
      await page.getByText('Number 50', { exact: true }).waitFor()
      await page.reload()
      await page.getByText('Number 50', { exact: true }).waitFor()
      expect(await page.getByText('One', { exact: true }).count()).toBe(0)
      await page.getByRole('button', { name: 'Show earlier messages' }).click()
      await page.getByText('One', { exact: true }).waitFor()
    },
  )

  it.each(['rocketchat', 'livechat'])(
    'on %s: sends and shows files, ends, rates, and begins anew as the same visitor',
    async (provider) => {
      const shop = await startBrowserGateway({ push: true })
      const end = agentsEndOf(shop, provider)
      const page = await startChat(await open(shop.widget), { provider, name: 'Grace', text: 'One' })
      end.says('See https://shop.example/help.')
      const link = page.getByRole('link', { name: 'https://shop.example/help', exact: true })
      await link.waitFor()
      expect(await link.getAttribute('rel')).toContain('noopener')
      // A signal is not repeated for a page that subscribes later.
      await eventually(() => {
        end.types()
        return page.getByText(/\S is typing…/).count()
      }).toBe(1)

      const picker = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Attach a file' }).click()
      await (await picker).setFiles([
        { name: 'photo.png', mimeType: 'image/png', buffer: PICTURE },
        { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('twelve') },
      ])
      await page.getByRole('img', { name: 'Image photo.png' }).waitFor()
      const download = page.waitForEvent('download')
      await page.getByTitle('Download notes.txt').click()
      expect(readFileSync(await (await download).path(), 'utf8')).toBe('twelve')

      await page.evaluate(PASTE_AND_DROP)
      await page.getByTitle('Download pasted.txt').waitFor()
      await page.getByTitle('Download dropped.txt').waitFor()
      if (provider === 'livechat') {
        const executable = { name: 'setup.exe', mimeType: 'application/x-msdownload', buffer: PICTURE }
        await page.locator('input[type=file]').setInputFiles(executable)
        await page.getByText('This file is too large, or of a type that is not accepted.').waitFor()
        expect(await accessibilityViolations(page)).toEqual([])
        await page.getByRole('button', { name: 'Discard' }).click()
        await page.getByText('setup.exe').waitFor({ state: 'detached' })
      }

      await choose(page, 'Get a copy by e-mail')
      await page.getByLabel('Send the conversation to').and(page.locator(':focus')).fill('grace@shop.example')
      await page.getByRole('button', { name: 'Send the copy' }).click()
      await page.getByText('The copy goes to grace@shop.example.').waitFor()
      await page.getByRole('button', { name: 'Done' }).click()
      await choose(page, 'End the chat')
      expect(await accessibilityViolations(page)).toEqual([])
      await page.getByRole('alertdialog').getByRole('button', { name: 'End the chat' }).click()
      await page.getByText('This conversation is over.').waitFor()

      await page.getByTitle(provider === 'livechat' ? 'Bad' : '2 of 5').click()
      await page.getByLabel('Your comment (optional)').fill('Too slow')
      expect(await accessibilityViolations(page)).toEqual([])
      await page.getByRole('button', { name: 'Send the rating' }).click()
      await page.getByText('Thank you for your rating.').waitFor()

      await page.reload()
      await page.getByRole('button', { name: 'Start a new conversation' }).click()
      await page.getByRole('button', { name: 'Back to the last conversation' }).click()
      await page.getByText('This conversation is over.').waitFor()
      await page.getByRole('button', { name: 'Start a new conversation' }).click()
      expect(await page.getByLabel('Your name').count()).toBe(0)
      await page.getByLabel('How can we help?').fill('Another question')
      await page.getByRole('button', { name: 'Start the chat' }).click()
      await page.getByLabel('Your message').waitFor()
      await eventually(end.visitorTexts).toContain('Another question')
      if (provider === 'rocketchat') {
        const { transcripts } = shop.rocketChat.workspace
        expect(transcripts.map(({ to }) => to)).toEqual(['grace@shop.example'])
        const visitors = shop.rocketChat.workspace.rooms().map(({ v }) => v._id)
        expect(new Set(visitors).size).toBe(1)
      } else expect(shop.liveChat.chats.customers.length).toBe(1)
      // The browser itself reports the response to the executable.
      expect(page.complaints.filter((complaint) => !complaint.includes('415'))).toEqual([])
    },
  )

  it('offers departments in which somebody may be, sends the choice, and leaves messages for a department that is away', async () => {
    const shop = await startBrowserGateway()
    const { workspace } = shop.rocketChat
    const agent = workspace.createAgent({ name: 'Grinder expert' })
    const agentIds = [agent._id]
    const grinders = workspace.createDepartment({ name: 'Grinders', agentIds })
    workspace.createDepartment({ name: 'Beans', agentIds })
    const away = workspace.createAgent({ name: 'Roaster' })
    workspace.setStatus(away._id, 'offline')
    workspace.createDepartment({ name: 'Roasters', agentIds: [away._id] })
    const page = await open(`${shop.widget}?fields=name,email,phone&greeting=Ask+us`)
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    const choice = page.getByLabel('About')
    await choice.waitFor()
    expect(await choice.locator('option').allInnerTexts()).toEqual(['No preference', 'Grinders', 'Beans'])
    await choice.selectOption('Grinders')
    await page.getByLabel('Your name').fill('Grace')
    await page.getByLabel('Your e-mail').fill('grace@shop.example')
    await page.getByLabel('Your phone number').fill('020 7946 0958')
    await page.getByLabel('How can we help?').fill('Which one?')
    await page.getByRole('button', { name: 'Start the chat' }).click()
    await page.getByText('Please write the phone number with country code').waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    await page.getByLabel('Your phone number').fill('+442079460958')
    await page.getByRole('button', { name: 'Start the chat' }).click()
    await page.getByRole('log').getByText('Which one?').waitFor()
    expect(workspace.rooms().map(({ departmentId }) => departmentId)).toEqual([grinders._id])

    const other = await open(`${shop.widget}?department=Roasters&locale=de`)
    await other.getByRole('button', { name: 'Chat', exact: true }).click()
    await other.getByText('Gerade ist niemand da.').waitFor()
    await other.getByLabel('Ihr Name').fill('Ada')
    await other.getByLabel('Ihre E-Mail-Adresse').fill('ada@shop.example')
    await other.getByLabel('Ihre Nachricht').fill('Bitte rufen Sie mich an.')
    expect(await accessibilityViolations(other)).toEqual([])
    await other.getByRole('button', { name: 'Nachricht hinterlassen' }).click()
    await other.getByText('Ihre Nachricht ist bei uns').waitFor()
    // A mail server that is slow does not delay the visitor.
    await eventually(() => workspace.mails.map(({ email }) => email)).toEqual(['ada@shop.example'])
  })

  it('offers no form that fails: without agents, a provider that takes no messages is not available', async () => {
    const shop = await startBrowserGateway()
    const { chats } = shop.liveChat
    for (const { id } of chats.agents) chats.setRoutingStatus(id, 'offline')
    const page = await open(`${shop.widget}?provider=livechat`)
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    await page.getByText('The chat is not available at the moment.').waitFor()
    expect(await page.getByLabel('Your message').count()).toBe(0)
  })

  it('covers the window of a phone, and keeps the focus inside', async () => {
    const shop = await startBrowserGateway()
    const end = agentsEndOf(shop, 'rocketchat')
    const page = await startChat(await open(shop.widget), {
      provider: 'rocketchat',
      name: 'Grace',
      text: 'Hello',
    })
    await page.setViewportSize({ width: 320, height: 640 })
    const launcher = page.locator('.launcher')
    await page.getByRole('button', { name: 'Hide the chat' }).click()
    end.says('Still there?')
    await page.locator('.badge').waitFor()
    await launcher.click()
    const panel = page.getByRole('dialog')
    await panel.and(page.locator('[aria-modal=true]')).waitFor()
    expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 320, height: 640 })
    for (let count = 0; count < 12; count += 1) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.localName')).toBe('switchboard-chat')
    }
    expect(page.complaints).toEqual([])
  })
})
