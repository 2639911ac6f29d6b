import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { accessibilityViolations } from './accessibility.ts'
import { agentsEndOf } from './agents-end.ts'
import { describeInBrowser, WAIT_TIMEOUT_MS } from './browser.ts'
import { type BrowserGateway, startBrowserGateway } from './browser-gateway.ts'
import { holdOperation } from './page-actions.ts'
import { startShopSite } from './shop-page.ts'

/** Rules of a page that would spoil every element that they reach. */
const HOSTILE_CSS = `
  * { all: revert !important; color: red !important; font-size: 40px !important; }
  html { font-size: 40px; line-height: 3; letter-spacing: 5px; text-transform: uppercase; direction: rtl; }
  body > * { display: none !important; position: static !important; opacity: 0.2 !important; transform: scale(0.1); }
  main { display: block !important; }
  button, textarea, aside, div { display: none !important; }
  p { color: red }
`

/** A shop and a gateway on two origins. */
async function startShop(isAllowed: boolean) {
  let gateway: BrowserGateway | null = null
  const site = await startShopSite(() => (gateway ? new URL(gateway.console).origin : ''))
  gateway = await startBrowserGateway({ config: { allowedOrigins: isAllowed ? [site.origin] : [] } })
  return { site, gateway, gatewayOrigin: new URL(gateway.console).origin }
}

/** The policy of a shop that allows the widget, and nothing else. */
function strictPolicy(gatewayOrigin: string): string {
  const socket = gatewayOrigin.replace('http', 'ws')
  return `default-src 'none'; script-src ${gatewayOrigin}; style-src 'self'; connect-src ${gatewayOrigin} ${socket}; img-src data: blob:`
}

/** Number of keys that the page's own shortcuts have received. */
const countShortcuts = (page: Page) => page.evaluate('window.shortcuts')

describeInBrowser('The widget on a page of another origin', (open) => {
  it('works by keyboard among hostile styles, under a strict policy, and leaves the page alone', async () => {
    const { site, gateway, gatewayOrigin } = await startShop(true)
    site.show({
      css: HOSTILE_CSS,
      policy: strictPolicy(gatewayOrigin),
      body: '<p id="own">Our text</p>',
      attributes:
        'data-provider="rocketchat" data-title="Grinders &amp; more" data-greeting="Ask us!" data-color="#ffdd00" data-position="left" data-fields="name"',
    })
    const page = await open(site.origin)
    const launcher = page.getByRole('button', { name: 'Chat', exact: true })
    await launcher.waitFor()
    const box = await launcher.boundingBox()
    expect([box?.width, box?.height, box?.x]).toEqual([60, 60, 20])
    await page.evaluate(`
      window.shortcuts = 0
      document.addEventListener('keydown', () => { window.shortcuts += 1 })
      window.counts = []
      SwitchboardChat.onUnread((count) => window.counts.push(count))
    `)

    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Grinders & more' }).waitFor()
    await page.getByText('Ask us!').waitFor()
    // The first field has the focus.
    await page.getByLabel('Your name').and(page.locator(':focus')).waitFor()
    const before = await countShortcuts(page)
    await page.keyboard.type('Grace')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Which grinder for espresso?')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('log').getByText('Which grinder for espresso?').waitFor()
    await page.getByLabel('Your message').and(page.locator(':focus')).waitFor()
    await page.keyboard.type('It should be')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('a quiet one')
    await page.keyboard.press('Enter')
    await page.getByRole('log').getByText('a quiet one').waitFor()
    const end = agentsEndOf(gateway, 'rocketchat')
    await expect
      .poll(end.visitorTexts, { timeout: WAIT_TIMEOUT_MS })
      .toEqual(['Which grinder for espresso?', 'It should be\na quiet one'])
    expect(await countShortcuts(page)).toBe(before)

    // Neither side's styles reach the other.
    const text =
      "getComputedStyle(document.querySelector('switchboard-chat').shadowRoot.querySelector('.text'))"
    expect(await page.evaluate(`[${text}.fontSize, ${text}.color, ${text}.letterSpacing]`)).toEqual([
      '15px',
      'rgb(0, 0, 0)',
      'normal',
    ])
    const own = "getComputedStyle(document.getElementById('own'))"
    expect(await page.evaluate(`[${own}.color, ${own}.marginTop]`)).toEqual(['rgb(255, 0, 0)', '40px'])

    // Escape hides the panel; the conversation goes on.
    await page.keyboard.press('Escape')
    await launcher.and(page.locator(':focus')).waitFor()
    // One by one: messages that come together are counted together.
    for (const [count, text] of ['The hand mill', 'or the DF54'].entries()) {
      end.says(text)
      await page.getByRole('button', { name: `Chat, unread messages: ${count + 1}` }).waitFor()
    }
    expect(await page.evaluate('window.counts')).toEqual([0, 1, 2])
    await page.evaluate('SwitchboardChat.toggle()')
    await page.getByText('or the DF54').waitFor()
    await page.evaluate('SwitchboardChat.close()')
    await launcher.waitFor()
    expect(await page.evaluate('window.counts')).toEqual([0, 1, 2, 0])
    const globals =
      'Object.keys(window).filter((name) => /switchboard/i.test(name)).concat(Object.keys(SwitchboardChat))'
    expect(await page.evaluate(globals)).toEqual(['SwitchboardChat', 'open', 'close', 'toggle', 'onUnread'])
    expect(page.complaints).toEqual([])
  })

  it('names the cause where the gateway does not allow the page, and where the page’s policy forbids it', async () => {
    const { site, gatewayOrigin } = await startShop(false)
    site.show({})
    const page = await open(site.origin)
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    const { host } = new URL(gatewayOrigin)
    await page
      .getByText(`The chat cannot start: ${host} does not allow pages of ${site.origin} to use it.`)
      .waitFor()
    expect(page.complaints.filter((complaint) => complaint.startsWith('Switchboard'))).toEqual([
      `Switchboard chat: the gateway ${gatewayOrigin} does not allow pages of ${site.origin}. Add ${site.origin} to its setting ALLOWED_ORIGINS.`,
    ])
    expect(await accessibilityViolations(page)).toEqual([])

    site.show({ policy: `default-src 'none'; style-src 'self'; script-src ${gatewayOrigin}; img-src data:` })
    const strict = await open(site.origin)
    await strict.getByRole('button', { name: 'Chat', exact: true }).click()
    await strict.getByText('the Content-Security-Policy of').waitFor()
    const socket = gatewayOrigin.replace('http', 'ws')
    expect(strict.complaints.filter((complaint) => complaint.startsWith('Switchboard'))).toEqual([
      `Switchboard chat: the Content-Security-Policy of this page forbids the chat. Add "${gatewayOrigin} ${socket}" to its connect-src.`,
    ])
  })

  it('asks for a web server where the page is opened as a file, which no setting can allow', async () => {
    const { gatewayOrigin } = await startShop(false)
    const file = join(createTestDirectory(), 'shop.html')
    writeFileSync(
      file,
      `<!doctype html><title>A shop</title><script src="${gatewayOrigin}/widget.js" async></script>`,
    )
    const page = await open(pathToFileURL(file).href)
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    await expect
      .poll(() => page.complaints.filter((complaint) => complaint.startsWith('Switchboard')), {
        timeout: WAIT_TIMEOUT_MS,
      })
      .toEqual([
        'Switchboard chat: a page that is opened as a file cannot be allowed. Open it through a web server.',
      ])
  })

  it('reports attributes that it cannot follow, and does without them', async () => {
    const { site } = await startShop(true)
    site.show({
      attributes:
        'data-color="no colour" data-locale="?" data-position="top" data-fields="name,age" data-provider="zendesk"',
    })
    const page = await open(site.origin)
    await page.getByRole('button', { name: 'Chat', exact: true }).click()
    await page.getByText('The chat is not available at the moment.').waitFor()
    expect(page.complaints).toEqual([
      'Switchboard chat: data-position="top" is not valid.',
      'Switchboard chat: data-locale="?" is not valid.',
      'Switchboard chat: data-color="no colour" is not valid.',
      'Switchboard chat: data-fields: "age" is not one of name, email and phone.',
      'Switchboard chat: data-provider="zendesk" takes neither conversations nor messages. The gateway has: rocketchat, livechat.',
    ])
  })

  it('is one conversation in all tabs: started at once, read once, ended once', async () => {
    const { site, gateway } = await startShop(true)
    site.show({ attributes: 'data-provider="livechat" data-fields=""' })
    const one = await open(site.origin)
    const two = await one.context().newPage()
    await two.goto(site.origin)
    for (const [page, text] of [
      [one, 'From the first tab'],
      [two, 'From the second tab'],
    ] as const) {
      await page.getByRole('button', { name: 'Chat', exact: true }).click()
      await page.getByLabel('How can we help?').fill(text)
    }
    const first = await holdOperation(one, 'mutation WidgetStart')
    await one.getByRole('button', { name: 'Start the chat' }).click()
    await first.sent
    await two.getByRole('button', { name: 'Start the chat' }).click()
    await first.release()
    const end = agentsEndOf(gateway, 'livechat')
    for (const page of [one, two])
      for (const text of ['From the first tab', 'From the second tab'])
        await page.getByRole('log').getByText(text).waitFor()
    expect(end.count()).toBe(1)
    expect([...end.visitorTexts()].sort()).toEqual(['From the first tab', 'From the second tab'])

    for (const page of [one, two]) await page.getByRole('button', { name: 'Hide the chat' }).click()
    end.says('Good morning')
    for (const page of [one, two])
      await page.getByRole('button', { name: 'Chat, unread messages: 1' }).waitFor()
    await one.bringToFront()
    await one.getByRole('button', { name: 'Chat, unread messages: 1' }).click()
    await two.getByRole('button', { name: 'Chat', exact: true }).click()

    await one.getByRole('button', { name: 'More' }).click()
    await one.getByRole('button', { name: 'End the chat' }).click()
    await one.getByRole('alertdialog', { name: 'End this chat?' }).getByText('Keep chatting').click()
    await one.getByLabel('Your message').and(one.locator(':focus')).waitFor()
    await one.getByRole('button', { name: 'More' }).click()
    await one.getByRole('button', { name: 'End the chat' }).click()
    await one.getByRole('alertdialog').getByRole('button', { name: 'End the chat' }).click()
    for (const page of [one, two]) await page.getByText('This conversation is over.').waitFor()
  })
})
