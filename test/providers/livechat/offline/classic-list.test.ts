import { beforeEach, describe, expect, it } from 'vitest'
import { openClassicAccount, setClock } from '../support/classic-gateway.ts'
import { type ExpectedMessage, expectedList, type Page, readPages } from '../support/classic-list.ts'

const NINE_DAYS = { from: '2026-03-02', to: '2026-03-10' }

beforeEach(() => setClock('2026-03-10T12:00:00Z'))

const listed = (pages: readonly Page[]) =>
  pages.flatMap(({ edges }) => edges.map(({ node: { nativeId, receivedOn } }) => ({ nativeId, receivedOn })))

describe('sixty-seven messages on nine days', () => {
  it.each([1, 7, 25, 100])('are returned once each, newest day first, in pages of %i', async (first) => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const pages = await readPages(url, { first, filter: NINE_DAYS })
    expect(listed(pages)).toEqual(expectedList(sandbox))
    expect(pages.length).toBe(Math.ceil(sandbox.offlineMessages.length / first))
    for (const { edges } of pages.slice(0, -1)) expect(edges.length).toBe(first)
  })

  it('are returned once each if the provider lists a day oldest first', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true, order: 'oldest' })
    const pages = await readPages(url, { first: 7, filter: NINE_DAYS })
    expect(listed(pages)).toEqual(expectedList(sandbox, { order: 'oldest' }))
  })
})

describe('a day with several of the provider’s pages', () => {
  it.each([
    [25, 10],
    [50, 25],
    [76, 30],
  ])('with %i messages is read completely in pages of %i', async (count, first) => {
    const { url, sandbox } = await openClassicAccount()
    for (let n = 0; n < count; n += 1) {
      const at = Date.parse('2026-03-09T00:00:00Z') + n
      sandbox.addOfflineMessage({ visitorName: `v${n}`, email: 'v@mail.test', text: 'Hello', at })
    }
    expect(listed(await readPages(url, { first }))).toEqual(expectedList(sandbox))
  })
})

describe('the page info', () => {
  it('shows whether there are pages on both sides, and has the cursors of the page’s ends', async () => {
    const { url } = await openClassicAccount({ seed: true })
    const pages = await readPages(url, { first: 25, filter: NINE_DAYS })
    expect(pages.map(({ pageInfo }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ])
    for (const { edges, pageInfo } of pages) {
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges.at(-1)?.cursor])
    }
  })

  it('allows continuing after any edge, not only the last', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const [page] = await readPages(url, { first: 100, filter: NINE_DAYS })
    const positions = [0, 4, 11, 30, 36, 40, 65]
    const remainders = await Promise.all(
      positions.map((position) =>
        readPages(url, { after: page?.edges[position]?.cursor ?? '', first: 50, filter: NINE_DAYS }),
      ),
    )
    const expected: readonly ExpectedMessage[] = expectedList(sandbox)
    expect(remainders.map(listed)).toEqual(positions.map((position) => expected.slice(position + 1)))
  })

  it('of an empty list has no cursors and no other pages', async () => {
    const { url } = await openClassicAccount()
    expect(await readPages(url)).toEqual([
      {
        edges: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      },
    ])
  })
})
