import { beforeEach, describe, expect, it } from 'vitest'
import { htmlServerError } from '../../../../sandbox/livechat/index.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { Health, OfflineCount, OfflineList } from '../support/classic-documents.ts'
import { LIST_ROUTE, openClassicGateway, setClock } from '../support/classic-gateway.ts'
import { expectedList, type Page, readPages } from '../support/classic-list.ts'

beforeEach(() => setClock('2026-03-10T12:00:00Z'))

const NINE_DAYS = { from: '2026-03-02', to: '2026-03-11' }
const route = '/offline_messages'

/** Starts two accounts on two servers with messages of the same ids, as the seed data has. */
const openBoth = () =>
  openClassicGateway({ first: { seed: true }, second: { seed: true, timeZone: 'Pacific/Auckland' } })
type Both = Awaited<ReturnType<typeof openBoth>>['sandboxes']

const listed = (pages: readonly Page[]) =>
  pages.flatMap(({ edges }) =>
    edges.map(({ node }) => ({ provider: node.provider.name, id: node.nativeId, day: node.receivedOn })),
  )

/** Both lists merged: newest day first, and within a day the accounts in configuration order. */
function merged({ first, second }: Both) {
  const both = [
    ...expectedList(first).map(({ nativeId, receivedOn }) => ({
      provider: 'first',
      id: nativeId,
      day: receivedOn,
    })),
    ...expectedList(second, { timeZone: 'Pacific/Auckland' }).map(({ nativeId, receivedOn }) => ({
      provider: 'second',
      id: nativeId,
      day: receivedOn,
    })),
  ]
  return both.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))
}

describe('two accounts in one gateway', () => {
  it.each([4, 30, 100])('are one list, newest day first, in pages of %i', async (first) => {
    const { url, sandboxes } = await openBoth()
    expect(listed(await readPages(url, { first, filter: NINE_DAYS }))).toEqual(merged(sandboxes))
  })

  it('keep messages with the same native id apart', async () => {
    const { url, sandboxes } = await openBoth()
    const pages = await readPages(url, { first: 100, filter: NINE_DAYS })
    const ids = pages.flatMap(({ edges }) => edges.map(({ node }) => node.id))
    expect(new Set(ids).size).toBe(sandboxes.first.offlineMessages.length * 2)
  })

  it('are counted together', async () => {
    const { url, sandboxes } = await openBoth()
    const { offlineMessages } = await fetchData(
      url,
      OfflineCount,
      { first: 1, filter: NINE_DAYS },
      asOperator,
    )
    expect(offlineMessages.totalCount).toBe(merged(sandboxes).length)
  })

  it('can be filtered to one, which sends no request to the other', async () => {
    const { url, sandboxes } = await openBoth()
    const pages = await readPages(url, { filter: { ...NINE_DAYS, providers: ['second'] } })
    expect(listed(pages)).toEqual(merged(sandboxes).filter(({ provider }) => provider === 'second'))
    expect(sandboxes.first.counts()).toEqual({})
  })

  it('are read no further than the page needs', async () => {
    const { url, sandboxes } = await openBoth()
    const variables = { first: 3, after: null, filter: NINE_DAYS }
    await fetchData(url, OfflineList, variables, asOperator)
    expect([sandboxes.first.counts(), sandboxes.second.counts()]).toEqual([
      { [LIST_ROUTE]: 3 },
      { [LIST_ROUTE]: 1 },
    ])
  })
})

describe('one of two accounts that fails', () => {
  const errorsWith = (code: string) => [
    { path: ['offlineMessages'], extensions: { code, provider: 'second' } },
  ]
  const list = (url: string, first: number, after: string | null = null) =>
    sendOperation(url, OfflineList, { first, after, filter: NINE_DAYS }, asOperator)

  it('leaves the other’s part, with the error in the response', async () => {
    const { url, sandboxes } = await openBoth()
    sandboxes.second.injectFault({ ...htmlServerError, route })
    const { data, errors } = await list(url, 20)
    expect(errors).toMatchObject(errorsWith('PROVIDER_UNAVAILABLE'))
    const page = data ? listed([data.offlineMessages]) : []
    expect(page).toEqual(
      merged(sandboxes)
        .filter(({ provider }) => provider === 'first')
        .slice(0, 20),
    )
  })

  it('is not healthy, and the other is', async () => {
    const { url, sandboxes } = await openBoth()
    sandboxes.second.injectFault({ ...htmlServerError, route })
    await list(url, 20)
    const { providers } = await fetchData(url, Health, {}, asOperator)
    expect(providers.map(({ name, health }) => [name, health.status])).toEqual([
      ['first', 'UP'],
      ['second', 'DEGRADED'],
    ])
  })

  it.each([10, 100])('adds its part after the cursor when it works again, in pages of %i', async (first) => {
    const { url, sandboxes } = await openBoth()
    const repair = sandboxes.second.injectFault({ kind: 'answer', route, status: 503, body: '' })
    const broken = await list(url, first)
    expect(broken.errors).toMatchObject(errorsWith('PROVIDER_UNAVAILABLE'))
    expect(broken.data?.offlineMessages.pageInfo.hasNextPage).toBe(true)
    repair()
    const after = broken.data?.offlineMessages.pageInfo.endCursor ?? null
    const rest = await readPages(url, { first, after, filter: NINE_DAYS })
    const all = [...(broken.data ? listed([broken.data.offlineMessages]) : []), ...listed(rest)]
    const key = ({ provider, id }: { provider: string; id: string | null | undefined }) => `${provider} ${id}`
    expect(all.map(key).sort()).toEqual(merged(sandboxes).map(key).sort())
  })

  it('does not make a client page without end while it fails', async () => {
    const { url, sandboxes } = await openBoth()
    sandboxes.second.injectFault({ kind: 'answer', route, status: 503, body: '' })
    const first = await list(url, 100)
    const last = await list(url, 100, first.data?.offlineMessages.pageInfo.endCursor ?? null)
    expect(last.data?.offlineMessages).toMatchObject({ edges: [], pageInfo: { hasNextPage: false } })
    expect(last.errors).toMatchObject(errorsWith('PROVIDER_UNAVAILABLE'))
  })

  it('makes totalCount null instead of a partial count', async () => {
    const { url, sandboxes } = await openBoth()
    sandboxes.second.injectFault({ kind: 'answer', route, status: 503, body: '' })
    const { data, errors } = await sendOperation(
      url,
      OfflineCount,
      { first: 2, filter: NINE_DAYS },
      asOperator,
    )
    expect(data?.offlineMessages).toMatchObject({ totalCount: null, nodes: { length: 2 } })
    expect(errors?.map(({ path }) => path)).toContainEqual(['offlineMessages', 'totalCount'])
  })
})
