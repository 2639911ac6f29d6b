import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInBrowser, type OpenPage, WAIT_TIMEOUT_MS } from '../browser/browser.ts'
import {
  globalId,
  openBothProviders,
  type ProviderFixture,
  providerFixtures,
  rocketChatFixture,
} from '../live/both-providers.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { bundle } from './support/bundle.ts'

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: WAIT_TIMEOUT_MS })

/** Bundled once for all tests. */
let script: Promise<string> | null = null

/** Starts a gateway with a room, and opens the page with its hooks. */
async function openRoom(open: OpenPage, fixture: ProviderFixture) {
  script ??= bundle({ entry: 'test/client/page/main.tsx', mode: 'development' })
  const config = { dataDir: createTestDirectory() }
  const setup = await openBothProviders({ config, gateway: { finishMs: 200 } })
  const native = fixture.openRoom(setup)
  fixture.sendAsVisitor(setup, native, 'One')
  const token = fixture.visitorTokenOf(setup, native)
  const page = await open('about:blank')
  const address = new URL('/client-test.html', setup.url).href
  const body = `<div id="chat" data-room-id="${globalId(fixture, native)}" data-visitor-token="${token}"></div>
    <script src="client-test.js"></script>`
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }))
  await page.route('**/client-test.js', async (route) => {
    await route.fulfill({ contentType: 'text/javascript', body: (await script) ?? '' })
  })
  await page.goto(address)
  return {
    setup,
    native,
    page,
    restart: () => setup.startReplica({ ...config, port: Number(new URL(setup.url).port) }),
  }
}

async function shows(page: Page, texts: readonly string[]): Promise<void> {
  await eventually(() => page.locator('li').allInnerTexts()).toEqual(texts)
}

describeInBrowser('the hooks', (open) => {
  it.each(providerFixtures)(
    'show a room at $name live, over a restart of the gateway, with one subscription',
    async (fixture) => {
      const { setup, native, page, restart } = await openRoom(open, fixture)
      await shows(page, ['One'])
      await eventually(() => page.getByLabel('Connection').innerText()).toBe('open')
      fixture.sendAsVisitor(setup, native, 'Two')
      await shows(page, ['One', 'Two'])
      expect(setup.gateway.liveCounts().subscribers).toBe(1)

      await page.getByLabel('Message').fill('Three')
      await page.getByLabel('Message').press('Enter')
      await eventually(() => page.getByLabel('Outcome').innerText()).toBe('done')
      await shows(page, ['One', 'Two', 'Three'])

      await eventually(() => page.getByLabel('Client').innerText()).toBe('open 1')
      await setup.gateway.close()
      await eventually(() => page.getByLabel('Connection').innerText()).toBe('lost')
      await eventually(() => page.getByLabel('Client').innerText()).toBe('lost 1')
      fixture.sendAsVisitor(setup, native, 'Four')
      await restart()
      await shows(page, ['One', 'Two', 'Three', 'Four'])
      await eventually(() => page.getByLabel('Client').innerText()).toBe('open 2')

      fixture.closeRoom(setup, native)
      await eventually(() => page.getByLabel('Status').innerText()).toBe('CLOSED')
    },
  )

  it('send a message again under its key', async () => {
    const { setup, native, page } = await openRoom(open, rocketChatFixture)
    await shows(page, ['One'])
    const keys: unknown[] = []
    page.on('request', (request) => {
      const { variables } = JSON.parse(request.postData() ?? '{}')
      if (variables?.input) keys.push(variables.input.idempotencyKey)
    })
    const route = '/api/v1/livechat/message'
    const body = { success: false, error: 'The message cannot be saved' }
    const repair = setup.rocketChat.injectFault({ kind: 'answer', status: 400, body, route })
    await page.getByLabel('Message').fill('Only once')
    await page.getByLabel('Message').press('Enter')
    await page.getByRole('button', { name: 'Again' }).waitFor()
    repair()
    await page.getByRole('button', { name: 'Again' }).click()
    await eventually(() => page.getByLabel('Outcome').innerText()).toBe('done')
    await shows(page, ['One', 'Only once'])
    expect(keys).toEqual([expect.any(String), keys[0]])
    const { workspace } = setup.rocketChat
    expect(workspace.messages(native).filter(({ msg }) => msg === 'Only once')).toHaveLength(1)
  })

  it('run a subscription while its variables are the same, and again after its end', async () => {
    const { setup, native, page } = await openRoom(open, rocketChatFixture)
    await shows(page, ['One'])
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
    const hasLogged = (log: string) => eventually(() => page.getByLabel('Log').innerText()).toBe(log)
    const subscribers = () => eventually(() => setup.gateway.liveCounts().subscribers)
    await subscribers().toBe(1)
    await press('Subscribe')
    await subscribers().toBe(2)
    rocketChatFixture.sendAsVisitor(setup, native, 'Two')
    await hasLogged('1 open, 2 MessageAddedEvent')
    await press('Unsubscribe')
    await subscribers().toBe(1)
    await press('Subscribe elsewhere')
    await hasLogged('1 open, 2 MessageAddedEvent, 3 open, 4 lost, 5 ended')
    await press('Restart')
    await hasLogged('1 open, 2 MessageAddedEvent, 3 open, 4 lost, 5 ended, 6 open, 7 lost, 8 ended')
    await press('Subscribe')
    await subscribers().toBe(2)
  })

  it('read earlier messages', async () => {
    const { setup, native, page } = await openRoom(open, rocketChatFixture)
    await shows(page, ['One'])
    const said = Array.from({ length: 60 }, (_, index) => `Text ${index}`)
    for (const text of said) rocketChatFixture.sendAsVisitor(setup, native, text)
    await page.reload()
    await shows(page, said.slice(-50))
    await page.getByRole('button', { name: 'Earlier' }).click()
    await shows(page, ['One', ...said])
  })

  it('an upload reports its progress, and can be aborted', async () => {
    const { setup, page } = await openRoom(open, rocketChatFixture)
    const file = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.alloc(512 * 1024, 'x') }
    await page.getByLabel('File').setInputFiles(file)
    await eventually(() => page.getByLabel('Upload').innerText()).toBe('done')
    const shares = (await page.getByLabel('Progress').innerText()).split(' ').map(Number)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)

    setup.rocketChat.injectFault({ kind: 'stall', method: 'POST' })
    await page.getByLabel('File').setInputFiles({ ...file, name: 'other.txt' })
    await page.getByRole('button', { name: 'Abort' }).click()
    await eventually(() => page.getByLabel('Upload').innerText()).toBe('aborted')
  })

  it('an upload on which nothing moves is sent again under its key', async () => {
    const { page } = await openRoom(open, rocketChatFixture)
    await shows(page, ['One'])
    const keys: (string | undefined)[] = []
    let isStalled = true
    await page.route('**/rooms/*/files?*', (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      return isStalled ? undefined : route.continue()
    })
    await page.clock.install()
    await page
      .getByLabel('File')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('twelve') })
    await eventually(() => keys.length).toBe(1)
    const lost = page.waitForEvent('requestfailed')
    await page.clock.fastForward(120_000)
    await lost
    isStalled = false
    await page.clock.fastForward(20_000)
    await eventually(() => page.getByLabel('Upload').innerText()).toBe('done')
    expect(keys).toEqual([keys[0], keys[0]])
  })
})
