import { beforeEach, describe, expect, it } from 'vitest'
import type { LiveChatSandbox } from '../../../../sandbox/livechat/index.ts'
import { openClassicAccount, setClock } from '../support/classic-gateway.ts'
import { idsOf, type Page, readPages } from '../support/classic-list.ts'

const NOW = '2026-03-10T12:00:00Z'

beforeEach(() => setClock(NOW))

/** Adds `count` messages on one day and returns their ids, newest first. */
function fill(sandbox: LiveChatSandbox, count: number, day = '2026-03-10'): string[] {
  const start = Date.parse(`${day}T01:00:00Z`)
  return Array.from({ length: count }, (_, n) => addMessage(sandbox, start + n)).reverse()
}

function addMessage(sandbox: LiveChatSandbox, at: number = Date.parse(NOW)): string {
  return sandbox.addOfflineMessage({ visitorName: 'Ada', email: 'ada@mail.test', text: 'Hello', at }).id
}

/** Runs an action once, after `count` pages. */
function afterPage(count: number, work: (page: Page) => void): (page: Page) => void {
  let pages = 0
  return (page) => {
    pages += 1
    if (pages === count) work(page)
  }
}

const lastOf = (page: Page, back = 0): string => page.edges.at(-1 - back)?.node.nativeId ?? ''

describe.each([1, 13, 25])('while a day of forty messages is read in pages of %i', (first) => {
  it('a new message causes no repetition', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const pages = await readPages(url, { first, between: afterPage(1, () => addMessage(sandbox)) })
    expect(idsOf(pages)).toEqual(ids)
  })

  it('thirty new messages, more than a page, cause no repetition', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const arrive = () => void Array.from({ length: 30 }, () => addMessage(sandbox))
    expect(idsOf(await readPages(url, { first, between: afterPage(2, arrive) }))).toEqual(ids)
  })

  it('removing a message that was read loses no other', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const between = afterPage(2, () => sandbox.removeOfflineMessage(ids[0] ?? ''))
    expect(idsOf(await readPages(url, { first, between }))).toEqual(ids)
  })

  it('the cursor’s own message may be removed', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const between = (page: Page) => void sandbox.removeOfflineMessage(lastOf(page))
    expect(idsOf(await readPages(url, { first, between }))).toEqual(ids)
  })

  it('the cursor’s own message may be removed while another is added', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const between = afterPage(2, (page) => {
      sandbox.removeOfflineMessage(lastOf(page))
      addMessage(sandbox)
    })
    expect(idsOf(await readPages(url, { first, between }))).toEqual(ids)
  })

  it('removing a message that was not read yet loses no other', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const between = afterPage(1, () => sandbox.removeOfflineMessage(ids[30] ?? ''))
    expect(idsOf(await readPages(url, { first, between }))).toEqual(ids.toSpliced(30, 1))
  })

  it('the read continues with the previous day if the rest of the day is removed', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const earlier = fill(sandbox, 3, '2026-03-08')
    const between = afterPage(1, () => {
      for (const id of ids) sandbox.removeOfflineMessage(id)
    })
    expect(idsOf(await readPages(url, { first, between }))).toEqual([...ids.slice(0, first), ...earlier])
  })
})

it('messages added at the end of a day that is listed oldest first are read as well', async () => {
  const { url, sandbox } = await openClassicAccount({ order: 'oldest' })
  const ids = fill(sandbox, 30).reverse()
  const arrived: string[] = []
  const between = () => void arrived.push(addMessage(sandbox))
  expect(idsOf(await readPages(url, { first: 10, between }))).toEqual([...ids, ...arrived])
})
