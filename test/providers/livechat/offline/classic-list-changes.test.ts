import { beforeEach, describe, expect, it } from 'vitest'
import type { LiveChatSandbox } from '../../../../sandbox/livechat/index.ts'
import { openClassicAccount, setClock } from '../support/classic-gateway.ts'
import { idsOf, type Page, readPages } from '../support/classic-list.ts'

const NOW = '2026-03-10T12:00:00Z'

beforeEach(() => setClock(NOW))

/** So many messages of one day, the newest first. */
function fill(sandbox: LiveChatSandbox, count: number, day = '2026-03-10'): string[] {
  const start = Date.parse(`${day}T01:00:00Z`)
  return Array.from({ length: count }, (_, n) => leave(sandbox, start + n)).reverse()
}

function leave(sandbox: LiveChatSandbox, at: number = Date.parse(NOW)): string {
  return sandbox.addOfflineMessage({ visitorName: 'Ada', email: 'ada@mail.test', text: 'Hello', at }).id
}

/** Does something once, after so many pages. */
function behindPage(count: number, work: (page: Page) => void): (page: Page) => void {
  let pages = 0
  return (page) => {
    pages += 1
    if (pages === count) work(page)
  }
}

const lastOf = (page: Page, back = 0): string => page.edges.at(-1 - back)?.node.nativeId ?? ''

describe.each([1, 13, 25])('while a day of forty is read in pages of %i', (first) => {
  it('a message that arrives repeats none', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const pages = await readPages(url, { first, between: behindPage(1, () => leave(sandbox)) })
    expect(idsOf(pages)).toEqual(ids)
  })

  it('thirty that arrive push it by more than a page, and repeat none', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const arrive = () => void Array.from({ length: 30 }, () => leave(sandbox))
    expect(idsOf(await readPages(url, { first, between: behindPage(2, arrive) }))).toEqual(ids)
  })

  it('one read before that is removed loses no other', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const between = behindPage(2, () => sandbox.removeOfflineMessage(ids[0] ?? ''))
    expect(idsOf(await readPages(url, { first, between }))).toEqual(ids)
  })

  it('the one that the cursor stands on may be removed', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const between = (page: Page) => void sandbox.removeOfflineMessage(lastOf(page))
    expect(idsOf(await readPages(url, { first, between }))).toEqual(ids)
  })

  it('the one that the cursor stands on may be removed while another arrives', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const between = behindPage(2, (page) => {
      sandbox.removeOfflineMessage(lastOf(page))
      leave(sandbox)
    })
    expect(idsOf(await readPages(url, { first, between }))).toEqual(ids)
  })

  it('one not read yet that is removed is left out, and nothing else', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const between = behindPage(1, () => sandbox.removeOfflineMessage(ids[30] ?? ''))
    expect(idsOf(await readPages(url, { first, between }))).toEqual(ids.toSpliced(30, 1))
  })

  it('it goes on with the day before when the rest of it is removed', async () => {
    const { url, sandbox } = await openClassicAccount()
    const ids = fill(sandbox, 40)
    const earlier = fill(sandbox, 3, '2026-03-08')
    const between = behindPage(1, () => {
      for (const id of ids) sandbox.removeOfflineMessage(id)
    })
    expect(idsOf(await readPages(url, { first, between }))).toEqual([...ids.slice(0, first), ...earlier])
  })
})

it('messages that arrive at the end of a day listed oldest first are read as well', async () => {
  const { url, sandbox } = await openClassicAccount({ order: 'oldest' })
  const ids = fill(sandbox, 30).reverse()
  const arrived: string[] = []
  const between = () => void arrived.push(leave(sandbox))
  expect(idsOf(await readPages(url, { first: 10, between }))).toEqual([...ids, ...arrived])
})
