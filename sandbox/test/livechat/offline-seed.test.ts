import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox } from '../../livechat/index.ts'
import { getClassic, listOffline } from './classic-client.ts'

let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox()
})
afterEach(() => sandbox.close())

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

describe('the seeded offline messages', () => {
  it('span nine days, of which the default window hides some', async () => {
    expect(sandbox.offlineMessages.length).toBeGreaterThan(60)
    expect(new Set(sandbox.offlineMessages.map((message) => dayOf(message.receivedAt))).size).toBe(9)
    const { total, pages } = await listOffline(sandbox)
    expect(total).toBeLessThan(sandbox.offlineMessages.length)
    expect(pages).toBe(3)
  })

  it('have a day that does not fit on a page', async () => {
    const totals = await Promise.all(
      [...new Set(sandbox.offlineMessages.map((message) => dayOf(message.receivedAt)))].map(
        async (day) => (await listOffline(sandbox, `?date_from=${day}&date_to=${day}`)).total,
      ),
    )
    expect(Math.max(...totals)).toBeGreaterThan(25)
    expect(totals.reduce((sum, total) => sum + total)).toBe(sandbox.offlineMessages.length)
  })

  it('have unique ids and the skills 0 to 3', () => {
    const { offlineMessages } = sandbox
    expect(new Set(offlineMessages.map(({ id }) => id)).size).toBe(offlineMessages.length)
    expect(new Set(offlineMessages.map(({ skill }) => skill))).toEqual(new Set([0, 1, 2, 3]))
  })

  it.each([
    ['a second message label in the text', /Message:\r\n[\s\S]*\nMessage:\n/],
    ['a line like a form line in the text', /Message:\r\n[\s\S]*\nName: /],
    ['a full-width colon', /^お名前： /],
    ['right-to-left text', /مرحباً/],
    ['an emoji joined of several', /👩‍👩‍👧/],
    ['a letter outside the basic plane', /𠮷/],
    ['an empty visitor name', /^Your name: \r\n/],
    ['paragraphs', /\n\n/],
    ['a phone number', /\r\nPhone: \+44/],
    ['a very long text', /^[\s\S]{10000}/],
  ])('include %s', (_what, pattern) => {
    expect(sandbox.offlineMessages.filter(({ message }) => pattern.test(message))).not.toEqual([])
  })

  it('are the same in every sandbox', async () => {
    const other = await startLiveChatSandbox()
    expect(other.offlineMessages.map(({ id }) => id)).toEqual(sandbox.offlineMessages.map(({ id }) => id))
    await other.close()
  })

  it('are absent when not wanted', async () => {
    const empty = await startLiveChatSandbox({ seed: false })
    expect(empty.offlineMessages).toEqual([])
    await empty.close()
  })
})

describe('the two messages printed in the vendor documentation', () => {
  it.each(['M144ESBTYG', 'M144DSLS7A'])('%s is as printed, byte for byte', async (id) => {
    const page = await readFile(new URL('./fixtures/documented-messages.json', import.meta.url), 'utf8')
    const printed = (JSON.parse(page) as { id: string }[]).find((message) => message.id === id)
    expect(printed).toBeDefined()
    expect(await (await getClassic(sandbox, `/offline_messages/${id}`)).text()).toBe(JSON.stringify(printed))
  })
})
