import type { Locator, Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { accessibilityViolations } from './accessibility.ts'
import { describeInBrowser, WAIT_TIMEOUT_MS } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { openConversation, sendReply } from './page-actions.ts'

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)

/** What has the focus: its label, text or name. */
const FOCUSED = `(() => {
  const { activeElement: element } = document
  return element.ariaLabel || element.textContent || element.tagName
})()`

const LINKS =
  "[...document.querySelectorAll('.messages a')].map(({ href, rel, target }) => [href, rel, target])"

const scrollTop = (page: Page) => page.evaluate("document.querySelector('.messages').scrollTop")
const scrollTo = (page: Page, top: number) =>
  page.evaluate(`document.querySelector('.messages').scrollTop = ${top}`)
const composer = (page: Page) => page.getByLabel('Reply')
/** Waits until a text was sent: its event can show it before the response to its request empties the field. */
const isEmptied = (field: Locator) =>
  expect.poll(() => field.inputValue(), { timeout: WAIT_TIMEOUT_MS }).toBe('')

/** An expression for a file as the browser hands it over when it is pasted or dropped. */
const transferOf = (name: string) => `(() => {
  const transfer = new DataTransfer()
  transfer.items.add(new File(['content'], '${name}', { type: 'text/plain' }))
  return transfer
})()`

const pasteExpression = (name: string) => `document.activeElement.dispatchEvent(
  new ClipboardEvent('paste', { clipboardData: ${transferOf(name)}, bubbles: true, cancelable: true })
)`

/** A room of Grace that the agent Ingrid serves. */
async function openRoom() {
  const shop = await startBrowserGateway()
  const { workspace } = shop.rocketChat
  const { token } = workspace.createVisitor({ name: 'Grace' })
  const ingrid = workspace.createAgent({ name: 'Ingrid Olsen' })
  const { _id: rid } = workspace.openRoom({ token, agentId: ingrid._id })
  return { shop, workspace, rid }
}

describeInBrowser('A conversation in the console', (open) => {
  it('tells who wrote what and when, in words, and renders nothing that a text demands', async () => {
    const { shop, workspace, rid } = await openRoom()
    const yesterday = { ts: new Date(Date.now() - 86_400_000) }
    workspace.visitorSends(
      rid,
      '<img src=x onerror="document.title=1"> [press me](javascript:alert(1))',
      yesterday,
    )
    // Messages of the same millisecond have no order but that of their ids.
    const before = { ts: new Date(Date.now() - 1_000) }
    workspace.visitorSends(rid, 'See https://shop.example.com/a and *this*', before)
    workspace.agentSends(rid, '[https://bank.example.com](https://thief.example.com)')
    workspace.edit(workspace.agentSends(rid, 'Mistyped')._id, 'Corrected')
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    const log = operator.getByRole('log')
    await log.getByText('Ingrid Olsen joined').waitFor()
    await log.getByText('Yesterday').waitFor()
    await log.getByText('Today').waitFor()
    await log.locator('.message', { hasText: 'Corrected' }).getByText('edited').waitFor()
    await log.locator('strong', { hasText: 'this' }).waitFor()
    await log.getByText('(thief.example.com)').waitFor()
    await log.getByText('<img src=x onerror="document.title=1"> press me').waitFor()
    expect(await operator.evaluate(LINKS)).toEqual([
      ['https://shop.example.com/a', 'noopener noreferrer', '_blank'],
      ['https://thief.example.com/', 'noopener noreferrer', '_blank'],
    ])
    expect(await log.locator('img').count()).toBe(0)

    // A message of a colleague cannot be changed; of the agent that the operator writes as it can.
    await sendReply(operator, 'From the desk')
    expect(await log.getByRole('button', { name: 'Edit' }).count()).toBe(1)
    expect(await accessibilityViolations(operator)).toEqual([])
    expect(operator.complaints).toEqual([])
  })

  it('keeps the place that the operator reads, and says what is new below it', async () => {
    const { shop, workspace, rid } = await openRoom()
    const start = Date.now() - 3_600_000
    for (let index = 0; index < 70; index += 1)
      workspace.visitorSends(rid, `Line ${index}`, { ts: new Date(start + index * 1_000) })
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    const log = operator.getByRole('log')
    await log.getByText('Line 69', { exact: true }).waitFor()
    expect(await operator.getByRole('button', { name: 'To the newest message' }).count()).toBe(0)

    await scrollTo(operator, 0)
    const oldest = log.getByText('Line 24', { exact: true })
    const before = (await oldest.boundingBox())?.y ?? 0
    await operator.getByRole('button', { name: 'Show earlier messages' }).press('Enter')
    await log.getByText('The conversation begins here.').waitFor({ state: 'attached' })
    expect(Math.abs(((await oldest.boundingBox())?.y ?? 0) - before)).toBeLessThan(60)

    const place = await scrollTop(operator)
    workspace.visitorSends(rid, 'Are you there?')
    workspace.visitorSends(rid, 'Hello?')
    const button = operator.getByRole('button', { name: '2 new messages' })
    await button.waitFor()
    expect(await scrollTop(operator)).toBe(place)
    expect(await accessibilityViolations(operator)).toEqual([])
    await button.click()
    await button.waitFor({ state: 'detached' })
    await log.getByText('New messages').waitFor()
    expect(await operator.evaluate(FOCUSED)).toBe('Messages')

    await sendReply(operator, 'Here I am')
    await log.getByText('New messages').waitFor({ state: 'detached' })
    expect(await operator.evaluate(FOCUSED)).toBe('Reply')
    expect(operator.complaints).toEqual([])
  })

  it('keeps drafts until they are sent, and the focus where the operator works', async () => {
    const { shop, workspace, rid } = await openRoom()
    workspace.visitorSends(rid, 'Hello')
    const { chats } = shop.liveChat
    const { id } = chats.start({ customer: { name: 'Ben' }, say: 'Anybody *there*?' })
    const properties = { chats: { formatting: 'commonmark' } }
    chats.agentSends(id, { type: 'message', fields: { text: '**Welcome** aboard' }, properties })
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    await expect.poll(() => operator.evaluate(FOCUSED), { timeout: WAIT_TIMEOUT_MS }).toBe('Reply')
    await operator.keyboard.type('First line')
    await operator.keyboard.press('Shift+Enter')
    await operator.keyboard.type('second line')
    await operator.keyboard.press('Escape')
    expect(await operator.evaluate(FOCUSED)).toBe('Messages')
    await operator.keyboard.press('r')
    expect(await operator.evaluate(FOCUSED)).toBe('Reply')

    // LiveChat says which texts have markup. Notes and replies have drafts of their own, also in another room and after a reload.
    await openConversation(operator, 'Ben')
    await operator.getByRole('log').locator('strong', { hasText: 'Welcome' }).waitFor()
    await operator.getByText('Anybody *there*?').first().waitFor()
    expect(await composer(operator).inputValue()).toBe('')
    await operator.getByRole('button', { name: 'Note', exact: true }).click()
    await operator.getByLabel('Note for agents').fill('Likes lamps')
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.reload()
    await operator.getByRole('heading', { name: 'Ben', level: 1 }).waitFor()
    expect(await composer(operator).inputValue()).toBe('')
    await composer(operator).press('Escape')
    await operator.keyboard.press('n')
    await operator.getByLabel('Note for agents').press('Enter')
    await operator
      .locator('.message.note', { hasText: 'Likes lamps' })
      .getByText('Only agents see this')
      .waitFor()
    await operator
      .locator('a.room')
      .getByText(/^Note by .+: Likes lamps$/)
      .waitFor()
    await isEmptied(operator.getByLabel('Note for agents'))
    await openConversation(operator, 'Grace')
    expect(await composer(operator).inputValue()).toBe('First line\nsecond line')
    await composer(operator).press('Enter')
    await operator.getByRole('log').getByText('First line').waitFor()
    expect(workspace.messages(rid).at(-1)?.msg).toBe('First line\nsecond line')
    await isEmptied(composer(operator))

    // The operator's last message is one key away.
    await composer(operator).press('ArrowUp')
    const editor = operator.getByLabel('The message’s text')
    await editor.press('Escape')
    expect(await operator.evaluate(FOCUSED)).toBe('Reply')
    await composer(operator).press('ArrowUp')
    await editor.fill('Edited')
    await editor.press('Enter')
    await operator.locator('.message', { hasText: 'Edited' }).getByText('edited', { exact: true }).waitFor()
    expect(await operator.evaluate(FOCUSED)).toBe('Reply')

    // Deleted by keyboard: the actions of the message are before the composer.
    await operator.getByRole('button', { name: 'Delete' }).focus()
    await operator.keyboard.press('Enter')
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.keyboard.press('Enter')
    await operator.getByText('Edited', { exact: true }).waitFor({ state: 'detached' })
    await expect.poll(() => operator.evaluate(FOCUSED), { timeout: WAIT_TIMEOUT_MS }).toBe('Reply')

    // The visitor leaves while the operator writes.
    await sendReply(operator, 'One moment')
    await composer(operator).fill('It is on its way')
    workspace.closeRoomByVisitor(rid)
    await operator.getByText('Your draft was not sent:').waitFor()
    await operator.getByText('It is on its way').waitFor()
    expect(await operator.evaluate(FOCUSED)).toContain('Your draft was not sent:')
    expect(await operator.getByRole('button', { name: 'Edit' }).count()).toBe(0)
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.getByRole('button', { name: 'Discard it' }).click()
    await operator.getByText('It is on its way').waitFor({ state: 'detached' })
    expect(operator.complaints).toEqual([])
  })

  it('sends files that are chosen, pasted and dropped, and shows pictures', async () => {
    const { shop, workspace, rid } = await openRoom()
    workspace.sendsFile(rid, 'visitor', { name: 'lamp.png', type: 'image/png', bytes: PIXEL })
    const operator = await open(shop.console)
    await openConversation(operator, 'Grace')
    const picture = operator.getByRole('button', { name: 'Open the picture lamp.png' })
    await picture.press('Enter')
    const large = operator.getByRole('dialog', { name: 'lamp.png' })
    await large.getByRole('img', { name: 'lamp.png' }).waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.keyboard.press('Escape')
    await large.waitFor({ state: 'hidden' })

    const keys: string[] = []
    let failure: 'none' | 'once' | 'held' = 'once'
    const held: Route[] = []
    await operator.route('**/rooms/*/files?*', async (route) => {
      keys.push((await route.request().headerValue('idempotency-key')) ?? '')
      if (failure === 'held') {
        held.push(route)
        return
      }
      if (failure === 'none') return route.fallback()
      failure = 'none'
      await route.abort()
    })
    const uploads = operator.getByRole('list', { name: 'Files to send' })
    const [chooser] = await Promise.all([
      operator.waitForEvent('filechooser'),
      operator.getByRole('button', { name: 'Attach files' }).click(),
    ])
    await chooser.setFiles({ name: 'invoice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') })
    await composer(operator).focus()
    await operator.evaluate(pasteExpression('pasted.txt'))
    const dropped = await operator.evaluateHandle(transferOf('dropped.txt'))
    await operator.getByRole('log').dispatchEvent('dragenter', { dataTransfer: dropped })
    await operator.getByText('Drop files here to send them to the visitor').waitFor()
    await operator.getByRole('log').dispatchEvent('drop', { dataTransfer: dropped })
    await uploads.getByText('dropped.txt').waitFor()
    await operator.getByRole('button', { name: 'Remove pasted.txt' }).click()
    await composer(operator).fill('Here they are')
    await composer(operator).press('Enter')
    await uploads.getByText('The gateway cannot be reached.').waitFor()
    expect(await composer(operator).inputValue()).toBe('Here they are')
    expect(await accessibilityViolations(operator)).toEqual([])
    await composer(operator).press('Enter')
    const log = operator.getByRole('log')
    await log.getByText('Here they are').waitFor()
    await isEmptied(composer(operator))
    for (const name of ['invoice.pdf', 'dropped.txt']) await log.getByRole('button', { name }).waitFor()
    expect(await operator.evaluate(FOCUSED)).toBe('Reply')
    expect(keys[0]).toBe(keys[1])
    expect(new Set(keys).size).toBe(2)

    const [download] = await Promise.all([
      operator.waitForEvent('download'),
      log.getByRole('button', { name: 'invoice.pdf' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('invoice.pdf')

    // What is not sent, and an edit that is not saved, wait while the operator looks at another conversation.
    await operator
      .locator('input[type=file]')
      .setInputFiles({ name: 'later.txt', mimeType: 'text/plain', buffer: PIXEL })
    await composer(operator).press('ArrowUp')
    const editor = operator.getByLabel('The message’s text')
    await editor.fill('Here they really are')
    const { token } = workspace.createVisitor({ name: 'Ben' })
    workspace.visitorSends(workspace.openRoom({ token })._id, 'Me too')
    await openConversation(operator, 'Ben')
    expect(await uploads.count()).toBe(0)
    await openConversation(operator, 'Grace')
    expect(await editor.inputValue()).toBe('Here they really are')
    await editor.press('Enter')
    await log.getByText('Here they really are').waitFor()
    await operator.getByRole('button', { name: 'Remove later.txt' }).click()
    await uploads.waitFor({ state: 'detached' })

    failure = 'held'
    await operator
      .locator('input[type=file]')
      .setInputFiles({ name: 'late.txt', mimeType: 'text/plain', buffer: PIXEL })
    await composer(operator).press('Enter')
    await operator.getByRole('progressbar', { name: 'late.txt' }).waitFor()
    await openConversation(operator, 'Ben')
    await openConversation(operator, 'Grace')
    await operator.getByRole('progressbar', { name: 'late.txt' }).waitFor()
    await operator.getByRole('button', { name: 'Cancel late.txt' }).click()
    await uploads.waitFor({ state: 'detached' })
    await operator.getByRole('button', { name: 'Send' }).waitFor()

    // A reply waits for its file, also while another conversation is open; then its text is not a draft any more.
    await operator
      .locator('input[type=file]')
      .setInputFiles({ name: 'last.txt', mimeType: 'text/plain', buffer: PIXEL })
    await composer(operator).fill('This is the last one')
    await composer(operator).press('Enter')
    await operator.getByRole('progressbar', { name: 'last.txt' }).waitFor()
    await openConversation(operator, 'Ben')
    await openConversation(operator, 'Grace')
    expect(await composer(operator).inputValue()).toBe('This is the last one')
    await held.at(-1)?.fallback()
    await log.getByText('This is the last one').waitFor()
    await isEmptied(composer(operator))
    expect(workspace.messages(rid).filter(({ msg }) => msg === 'This is the last one')).toHaveLength(1)
    expect(operator.complaints.filter((text) => !text.includes('ERR_FAILED'))).toEqual([])
  })
})
