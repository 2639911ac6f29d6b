import { expect, it } from 'vitest'
import { agentsEndOf } from './agents-end.ts'
import { describeInBrowser } from './browser.ts'
import { startBrowserGateway } from './browser-gateway.ts'
import { holdOperation, startChat } from './page-actions.ts'

/** What the query of a page before a cursor has. */
const EARLIER = '"before":"'

describeInBrowser('The messages of the widget', (open) => {
  it('are read once and shown once, however often a visitor asks for earlier ones', async () => {
    const shop = await startBrowserGateway()
    const end = agentsEndOf(shop, 'rocketchat')
    const page = await startChat(await open(shop.widget), {
      provider: 'rocketchat',
      name: 'Grace',
      text: 'One',
    })
    for (let count = 1; count <= 60; count += 1) end.says(`Number ${count}`)
    await page.getByText('Number 60', { exact: true }).waitFor()
    await page.reload()
    await page.getByText('Number 60', { exact: true }).waitFor()
    let reads = 0
    page.on('request', (request) => {
      if (request.postData()?.includes(EARLIER)) reads += 1
    })
    const held = await holdOperation(page, EARLIER)
    await page.getByRole('button', { name: 'Show earlier messages' }).dblclick()
    await held.sent
    await page.getByRole('button', { name: 'Show earlier messages' }).click()
    await held.release()
    await page.getByText('One', { exact: true }).waitFor()
    expect(reads).toBe(1)
    const texts = await page.getByRole('log').locator('.text').allInnerTexts()
    // Messages of the same millisecond have no order but that of their ids.
    const sent = ['One', ...Array.from({ length: 60 }, (_, index) => `Number ${index + 1}`)]
    expect(texts.toSorted()).toEqual(sent.toSorted())
  })

  it('show a file once, also if its event is faster than the response to its upload', async () => {
    const shop = await startBrowserGateway()
    const page = await startChat(await open(shop.widget), {
      provider: 'rocketchat',
      name: 'Grace',
      text: 'One',
    })
    const shown = page.getByTitle('Download notes.txt')
    await page.route('**/files?name=*', async (route) => {
      const response = await route.fetch()
      await shown.waitFor()
      await route.fulfill({ response })
    })
    const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('twelve') }
    await page.locator('input[type=file]').setInputFiles([file])
    await shown.waitFor()
    await page.locator('.unsent').waitFor({ state: 'detached' })
    expect(await shown.count()).toBe(1)
  })

  it.each([
    ['an English page', ''],
    ['an Arabic page', '?locale=ar&texts=texts.ar.json'],
  ])('have the direction of their own text on %s', async (_, address) => {
    const shop = await startBrowserGateway()
    const page = await open(`${shop.widget}${address}`)
    await page.getByRole('button', { expanded: false }).click()
    await page.locator('input[name=name]').fill('Grace')
    await page.locator('input[name=email]').fill('grace@shop.example')
    await page.locator('textarea[name=text]').fill('Which grinder?')
    await page.locator('button[type=submit]').click()
    await page.getByRole('log').getByText('Which grinder?').waitFor()
    agentsEndOf(shop, 'rocketchat').says('أيهما تفضل؟')
    const directionOf = (text: string) =>
      page
        .getByRole('log')
        .getByText(text)
        .evaluate((element) => getComputedStyle(element).direction)
    await page.getByRole('log').getByText('أيهما تفضل؟').waitFor()
    expect(await directionOf('أيهما تفضل؟')).toBe('rtl')
    expect(await directionOf('Which grinder?')).toBe('ltr')
    const draft = page.locator('.composer textarea')
    const directionOfDraft = () => draft.evaluate((element) => getComputedStyle(element).direction)
    await draft.fill('مرحبا')
    expect(await directionOfDraft()).toBe('rtl')
    await draft.fill('Hello')
    expect(await directionOfDraft()).toBe('ltr')
  })
})
