import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { accessibilityViolations } from './accessibility.ts'
import { describeInBrowser, WAIT_TIMEOUT_MS } from './browser.ts'
import { type BrowserGateway, startBrowserGateway } from './browser-gateway.ts'
import { openConversation } from './page-actions.ts'

const OTHER_AGENT = 'ben.osei@switchboard.test'

/** Milliseconds that are added to the time of the next message: messages of the same one have no order. */
let later = 0

/** Starts a queued conversation at Rocket.Chat. Returns its id there. */
function queueRoom({ rocketChat }: BrowserGateway, name: string, text: string): string {
  const { token } = rocketChat.workspace.createVisitor({ name })
  const { _id: rid } = rocketChat.workspace.openRoom({ token, agentId: null })
  later += 1
  rocketChat.workspace.visitorSends(rid, text, { ts: new Date(Date.now() + later) })
  return rid
}

/** Starts a chat at LiveChat that an agent serves, by default the operator's. Returns its id there. */
function startServed({ liveChat }: BrowserGateway, name: string, say: string, agentId?: string): string {
  const { id } = liveChat.chats.start({ customer: { name }, groupId: 1 })
  liveChat.chats.transfer(id, { agentId: agentId ?? liveChat.credentials.login })
  liveChat.chats.customerSends(id, say)
  return id
}

/** Waits until the list shows exactly these visitors in this order. */
async function shows(operator: Page, names: readonly string[]): Promise<void> {
  const shown = () => operator.locator('.room .who bdi').allInnerTexts()
  await expect.poll(shown, { timeout: WAIT_TIMEOUT_MS }).toEqual(names)
}

/** Waits until the list shows these visitors. Returns them in its order: of one millisecond there is none. */
async function showsAll(operator: Page, names: readonly string[]): Promise<readonly string[]> {
  const shown = () => operator.locator('.room .who bdi').allInnerTexts()
  const sorted = async () => (await shown()).sort()
  await expect.poll(sorted, { timeout: WAIT_TIMEOUT_MS }).toEqual([...names].sort())
  return shown()
}

async function hasTitle(operator: Page, title: string): Promise<void> {
  await expect.poll(() => operator.title(), { timeout: WAIT_TIMEOUT_MS }).toBe(title)
}

const activeText = (page: Page) => page.evaluate('document.activeElement.innerText')

/** Waits until the focused element shows a text: the focus follows after the list. */
async function hasFocus(page: Page, text: string): Promise<void> {
  await expect.poll(() => activeText(page), { timeout: WAIT_TIMEOUT_MS }).toContain(text)
}

describeInBrowser('The list of conversations', (open) => {
  it('keeps its order under the pointer, and says what is unread, waits, and has news', async () => {
    const shop = await startBrowserGateway()
    const bob = startServed(shop, 'Bob', 'My order, please', OTHER_AGENT)
    const grace = startServed(shop, 'Grace', 'Hello')
    const ada = queueRoom(shop, 'Ada', 'Is anybody there?')
    const operator = await open(shop.console)
    const before = await showsAll(operator, ['Ada', 'Grace', 'Bob'])
    await operator.getByRole('link', { name: 'Mine 1' }).waitFor()
    await operator.getByRole('link', { name: 'Unassigned 1' }).waitFor()
    await operator.getByRole('link', { name: 'All 3' }).waitFor()
    // Bob's conversation is another agent's business.
    await hasTitle(operator, '(2) Inbox · Switchboard')
    await operator.getByRole('link', { name: 'Inbox 2 unread conversations' }).waitFor()
    expect((await operator.locator('.room.unread .who bdi').allInnerTexts()).sort()).toEqual(['Ada', 'Grace'])
    expect(await operator.locator('.room', { hasText: 'Ada' }).getByText('< 1 min').count()).toBe(1)

    const first = operator.locator('.room').first()
    await first.hover()
    const place = await first.boundingBox()
    shop.liveChat.chats.customerSends(bob, 'Still nothing')
    await operator.locator('.room', { hasText: 'Still nothing' }).waitFor()
    await operator.getByRole('button', { name: '1 conversation has news' }).waitFor()
    startServed(shop, 'Dora', 'I am new here')
    await operator.getByRole('button', { name: '2 conversations have news' }).waitFor()
    await shows(operator, before)
    expect(await first.boundingBox()).toEqual(place)
    await operator.getByRole('button', { name: '2 conversations have news' }).click()
    await shows(operator, ['Dora', 'Bob', ...before.filter((name) => name !== 'Bob')])
    await hasFocus(operator, 'Dora')
    await operator.getByText('Latest activity first').waitFor()

    // A new conversation is shown at once while nobody works in the list; one press leaves the pointer there, and typing counts as away.
    startServed(shop, 'Emil', 'Me too')
    await shows(operator, ['Emil', 'Dora', 'Bob', ...before.filter((name) => name !== 'Bob')])
    await openConversation(operator, 'Grace')
    startServed(shop, 'Fay', 'And me')
    await operator.getByRole('button', { name: '1 conversation has news' }).waitFor()
    await operator.getByLabel('Reply').press('Shift')
    await operator.locator('.room').first().getByText('Fay').waitFor()
    expect(await operator.getByRole('button', { name: /ha(s|ve) news/ }).count()).toBe(0)
    // By keyboard in the list: the focused row keeps its place.
    await operator.locator('.room').nth(1).focus()
    startServed(shop, 'Gil', 'Anybody?')
    await operator.getByRole('button', { name: '1 conversation has news' }).waitFor()
    expect(await activeText(operator)).toContain('Emil')
    await operator.getByRole('button', { name: '1 conversation has news' }).click()
    await operator.locator('.room').first().getByText('Gil').waitFor()
    await hasTitle(operator, '(5) Inbox · Switchboard')
    shop.liveChat.chats.customerSends(grace, 'While you look')
    await operator.getByRole('log').getByText('While you look').waitFor()
    await operator.locator('.room', { hasText: 'While you look' }).waitFor()
    await hasTitle(operator, '(5) Inbox · Switchboard')

    // A conversation that is over keeps its place until the order is made anew.
    shop.rocketChat.workspace.closeRoomByVisitor(ada)
    await operator.locator('.room.gone', { hasText: 'Closed' }).getByText('Ada').waitFor()
    await operator.getByRole('link', { name: 'All 6' }).waitFor()
    expect(operator.complaints).toEqual([])
  })

  it('filters, counts and searches, and keeps this in the address', async () => {
    const shop = await startBrowserGateway()
    startServed(shop, 'Grace', 'Where is my parcel?')
    const ada = queueRoom(shop, 'Ada', 'Is anybody there?')
    shop.rocketChat.workspace.setTags(ada, ['vip'])
    shop.rocketChat.workspace.closeRoomByVisitor(queueRoom(shop, 'Otto', 'Never mind'))
    const over = startServed(shop, 'Olga', 'A parcel came twice')
    shop.liveChat.chats.close(over)
    const operator = await open(shop.console)
    await showsAll(operator, ['Ada', 'Grace'])

    await operator.getByRole('link', { name: 'Mine 1' }).click()
    await shows(operator, ['Grace'])
    await operator.reload()
    await shows(operator, ['Grace'])
    await operator.getByRole('link', { name: 'All 2' }).click()

    await operator.getByRole('button', { name: 'Filters' }).click()
    await operator.getByLabel('Tag').selectOption({ label: 'vip (1)' })
    await shows(operator, ['Ada'])
    await operator.getByRole('link', { name: 'All 1' }).waitFor()
    await operator.getByLabel('Provider').selectOption({ label: 'livechat (0)' })
    await operator.getByText('No conversations.').waitFor()
    expect(new URL(operator.url()).hash).toBe('#/inbox?provider=livechat&tag=vip')
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.getByRole('button', { name: 'Clear filters' }).click()
    await showsAll(operator, ['Ada', 'Grace'])

    await operator.getByLabel('Search conversations').fill('PARCEL')
    await shows(operator, ['Grace'])
    // Rocket.Chat cannot search the messages of closed conversations, and says so.
    await operator.getByRole('button', { name: 'Search closed conversations' }).click()
    await shows(operator, ['Olga'])
    await operator.getByText('rocketchat: Rocket.Chat cannot search').waitFor()
    await operator.getByLabel('Search conversations').press('Escape')
    await showsAll(operator, ['Olga', 'Otto'])
    await operator.getByLabel('Status').selectOption({ label: 'Open and waiting (2)' })
    await showsAll(operator, ['Ada', 'Grace'])
  })

  it('filters by department and sorts by waiting time, also after a reload', async () => {
    const shop = await startBrowserGateway()
    const { workspace } = shop.rocketChat
    const agent = workspace.createAgent({ name: 'Ben Busy' })
    const repairs = workspace.createDepartment({ name: 'Repairs', agentIds: [agent._id] })
    const minutesAgo = (minutes: number) => ({ ts: new Date(Date.now() - minutes * 60_000) })
    const begin = (name: string, waited: number, departmentId?: string) => {
      const { token } = workspace.createVisitor({ name })
      const { _id: rid } = workspace.openRoom({
        token,
        agentId: agent._id,
        ...(departmentId && { departmentId }),
      })
      workspace.visitorSends(rid, `Hello from ${name}`, minutesAgo(waited))
      return rid
    }
    begin('Ada', 30, repairs._id)
    const cleo = begin('Cleo', 20)
    begin('Ben', 10, repairs._id)
    workspace.agentSends(begin('Dora', 5), 'Done', minutesAgo(1))
    workspace.visitorSends(cleo, 'Still here', minutesAgo(2))
    const operator = await open(shop.console)
    await shows(operator, ['Dora', 'Cleo', 'Ben', 'Ada'])

    await operator.getByRole('button', { name: 'Filters' }).click()
    await operator.getByLabel('Order').selectOption('Longest wait first')
    await shows(operator, ['Ada', 'Cleo', 'Ben', 'Dora'])
    await operator.locator('.news', { hasText: 'Longest wait first' }).waitFor()
    await operator.getByLabel('Department').selectOption('Repairs · rocketchat (2)')
    await shows(operator, ['Ada', 'Ben'])
    await operator.reload()
    await shows(operator, ['Ada', 'Ben'])
    await operator.getByRole('button', { name: 'Filters: 1 filter' }).click()
    expect(await operator.getByLabel('Order').inputValue()).toBe('wait')

    // An answer ends the wait: the row stays until the order is made anew.
    workspace.agentSends(workspace.rooms()[0]?._id ?? '', 'It is ready.')
    await operator.locator('.room', { hasText: 'It is ready.' }).waitFor()
    await shows(operator, ['Ada', 'Ben'])
    await operator.getByRole('button', { name: '1 conversation has news' }).click()
    await shows(operator, ['Ben', 'Ada'])
    // A provider without this department leaves no choice of it.
    await operator.getByLabel('Provider').selectOption('rocketchat (4)')
    await shows(operator, ['Cleo', 'Ben', 'Ada', 'Dora'])
    await operator.getByLabel('Department').selectOption('Repairs (2)')
    await shows(operator, ['Ben', 'Ada'])
    await operator.getByRole('button', { name: 'Clear filters' }).click()
    await shows(operator, ['Cleo', 'Ben', 'Ada', 'Dora'])
    expect(operator.complaints).toEqual([])
  })

  it('is worked by keyboard, and never loses the focus', async () => {
    const shop = await startBrowserGateway()
    const names = ['Cleo', 'Ben', 'Ada']
    const rooms = names.map((name) => queueRoom(shop, name, `Hello from ${name}`))
    const operator = await open(shop.console)
    await shows(operator, ['Ada', 'Ben', 'Cleo'])

    await operator.keyboard.press('j')
    await operator.getByRole('heading', { name: 'Ada', level: 1 }).waitFor()
    await operator.keyboard.press('Alt+ArrowDown')
    await operator.getByRole('heading', { name: 'Ben', level: 1 }).waitFor()
    await operator.locator('.room').last().focus()
    await operator.keyboard.press('k')
    await operator.getByRole('heading', { name: 'Ada', level: 1 }).waitFor()
    await operator.locator('.room').first().focus()
    await operator.keyboard.press('ArrowDown')
    expect(await activeText(operator)).toContain('Ben')
    await operator.keyboard.press('End')
    expect(await activeText(operator)).toContain('Cleo')

    await operator.keyboard.press('/')
    expect(await operator.evaluate('document.activeElement.type')).toBe('search')
    // Characters are typed there, and open nothing.
    await operator.keyboard.type('cleo?j')
    await operator.getByText('No conversations.').waitFor()
    await operator.keyboard.press('Escape')
    await shows(operator, ['Ada', 'Ben', 'Cleo'])

    await operator.locator('.room').first().focus()
    await operator.keyboard.press('?')
    const help = operator.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await help.getByText('Next conversation').waitFor()
    expect(await accessibilityViolations(operator)).toEqual([])
    await help.getByLabel('Shortcuts of one character').uncheck()
    await operator.keyboard.press('Escape')
    await help.waitFor({ state: 'detached' })
    await hasFocus(operator, 'Ada')
    await operator.keyboard.press('?')
    expect(await help.count()).toBe(0)

    // The button goes with its last press, and the focus with it to the top of the list.
    shop.rocketChat.workspace.visitorSends(rooms[0] ?? '', 'Once more')
    const news = operator.getByRole('button', { name: '1 conversation has news' })
    await news.focus()
    await operator.keyboard.press('Enter')
    await shows(operator, ['Cleo', 'Ada', 'Ben'])
    await hasFocus(operator, 'Cleo')
    expect(operator.complaints).toEqual([])
  })

  it('calls the operator on every page, once that is switched on', async () => {
    const shop = await startBrowserGateway()
    const grace = startServed(shop, 'Grace', 'Hello')
    const bob = startServed(shop, 'Bob', 'Hello', OTHER_AGENT)
    const operator = await open('about:blank', { permissions: ['notifications'] })
    await operator.addInitScript(recordAlerts)
    await operator.goto(shop.console)
    await showsAll(operator, ['Bob', 'Grace'])
    shop.liveChat.chats.customerSends(grace, 'Nobody hears this')
    await operator.locator('.room', { hasText: 'Nobody hears this' }).waitFor()
    expect(await operator.evaluate('alerts')).toEqual([])

    await operator.getByRole('button', { name: 'Settings' }).click()
    await operator.getByLabel('Sound').check()
    await operator.getByLabel('Desktop notifications').check()
    expect(await accessibilityViolations(operator)).toEqual([])
    await operator.keyboard.press('Escape')
    await operator.getByRole('link', { name: 'Providers' }).click()
    await operator.evaluate('alerts.length = 0')
    shop.liveChat.chats.customerSends(bob, 'For another agent')
    shop.liveChat.chats.customerSends(grace, 'For you')
    await hasTitle(operator, '(1) Providers · Switchboard')
    await expect.poll(() => operator.evaluate('alerts')).toEqual(['sound', 'Grace: For you'])
    await operator.reload()
    await hasTitle(operator, '(1) Providers · Switchboard')
    // What happens before the page follows activity again calls nobody.
    const firstAlerts = async () => {
      const alerts = alertsOf.parse(await operator.evaluate('alerts'))
      if (alerts.length === 0) shop.liveChat.chats.customerSends(grace, 'And again')
      return alerts.slice(0, 2)
    }
    await expect
      .poll(firstAlerts, { timeout: WAIT_TIMEOUT_MS, interval: 500 })
      .toEqual(['sound', 'Grace: And again'])
    await operator.evaluate('lastNotification.onclick()')
    await operator.getByRole('heading', { name: 'Grace', level: 1 }).waitFor()
    await hasTitle(operator, 'Inbox · Switchboard')
  })

  it('does not pretend to know more than is loaded, and goes on page by page', async () => {
    const shop = await startBrowserGateway()
    for (let index = 1; index <= 110; index += 1) queueRoom(shop, `Visitor ${index}`, 'Hello')
    const operator = await open(shop.console)
    const statistics: string[] = []
    operator.on('request', (request) => {
      if (request.postData()?.includes('ConsoleInboxTotals')) statistics.push(request.url())
    })
    await operator.reload()
    await operator.getByRole('link', { name: 'All 110' }).waitFor()
    await operator.getByRole('link', { name: 'Unassigned 100+' }).waitFor()
    expect(await operator.locator('.room').count()).toBe(100)
    await operator.getByRole('button', { name: 'Show more' }).focus()
    await operator.keyboard.press('Enter')
    await operator.locator('.room').nth(109).waitFor()
    await hasFocus(operator, 'Visitor 10\n')
    await operator.getByLabel('Search conversations').fill('Visitor 10')
    await operator.getByText('Only the conversations that are loaded are searched.').waitFor()
    await operator.getByRole('button', { name: 'Filters' }).click()
    await operator.getByLabel('Search conversations').press('Escape')
    await operator.getByLabel('Order').selectOption('Longest wait first')
    await operator.getByText('Only the conversations that are loaded are in this order.').waitFor()
    expect(statistics).toHaveLength(1)
  })

  it('takes a field that fails for what it is, and names failures in words', async () => {
    const shop = await startBrowserGateway()
    const operator = await open('about:blank')
    await operator.routeWebSocket(/\/graphql$/, (socket) => {
      const gateway = socket.connectToServer()
      gateway.onMessage((text) => {
        const message = JSON.parse(String(text))
        if (message.payload?.data?.roomActivity) message.payload.errors = [{ message: 'It cannot be read.' }]
        socket.send(JSON.stringify(message))
      })
    })
    await operator.goto(shop.console)
    await operator.getByText('No conversations.').waitFor()
    queueRoom(shop, 'Ada', 'Is anybody there?')
    await shows(operator, ['Ada'])
    expect(await operator.getByText('This list does not move by itself').count()).toBe(0)

    await operator.route('**/graphql', (route) => route.abort())
    await operator.goto(`${shop.console}#/inbox?status=CLOSED`)
    await operator.getByText('The gateway cannot be reached.', { exact: true }).waitFor()
    expect(await operator.getByText(/\[(GraphQL|Network)\]/).count()).toBe(0)
  })

  it('is there in German, with dates and numbers of the locale', async () => {
    const shop = await startBrowserGateway()
    queueRoom(shop, 'Ada', 'Ist jemand da?')
    const operator = await open(shop.console, { locale: 'de-DE' })
    await operator.getByRole('link', { name: 'Ohne Agent 1' }).waitFor()
    expect(await operator.evaluate('document.documentElement.lang')).toBe('de')
    await operator.getByRole('button', { name: 'Optionen' }).click()
    await operator.getByLabel('Sprache').selectOption('English')
    await operator.getByRole('link', { name: 'Unassigned 1' }).waitFor()
    await operator.reload()
    await operator.getByRole('link', { name: 'Unassigned 1' }).waitFor()
    expect(await operator.evaluate('document.documentElement.lang')).toBe('en')
  })
})

const alertsOf = z.array(z.string())

/** Runs in the page before its scripts: `alerts` collects what the operator would hear and see. */
const recordAlerts = `
  globalThis.alerts = []
  globalThis.lastNotification = null
  globalThis.OscillatorNode = class extends OscillatorNode {
    constructor(context, options) {
      super(context, options)
      if (options.frequency === 660) alerts.push('sound')
    }
  }
  globalThis.Notification = class {
    static permission = 'granted'
    static requestPermission = () => Promise.resolve('granted')
    constructor(title, { body }) { alerts.push(title + ': ' + body); lastNotification = this }
    close() {}
  }
`
