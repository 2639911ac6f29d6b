import { beforeEach, describe, expect, it } from 'vitest'
import { fetchData } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { OfflineCount, OfflineDetails, OfflineList, OfflineTwice } from '../support/classic-documents.ts'
import { LIST_ROUTE, openClassicAccount, setClock } from '../support/classic-gateway.ts'
import { idsOf, readPages } from '../support/classic-list.ts'

beforeEach(() => setClock('2026-03-10T12:00:00Z'))

const YEAR = { from: '2025-03-11', to: '2026-03-10' }

const list = (first: number, filter = {}) => ({ first, after: null, filter })

it('a page costs no more than its days and their pages, and the next message', async () => {
  const { url, sandbox } = await openClassicAccount({ seed: true })
  const cost = async (first: number) => {
    sandbox.clearCalls()
    await fetchData(url, OfflineList, list(first), asOperator)
    return sandbox.counts()[LIST_ROUTE]
  }
  // There are five messages today, seven yesterday, and twenty-nine on the day before.
  expect(await cost(4)).toBe(1)
  expect(await cost(5)).toBe(2)
  expect(await cost(12)).toBe(3)
  expect(await cost(36)).toBe(3)
  expect(await cost(37)).toBe(4)
})

it('departments of a page need no request', async () => {
  const { url, sandbox } = await openClassicAccount({ seed: true })
  const { offlineMessages } = await fetchData(url, OfflineDetails, { first: 4, filter: null }, asOperator)
  expect(offlineMessages.nodes.map(({ department }) => department?.nativeId)).toEqual(
    sandbox.offlineMessages
      .slice(-4)
      .reverse()
      .map(({ skill }) => String(skill)),
  )
  expect(sandbox.counts()).toEqual({ [LIST_ROUTE]: 1 })
})

describe('totalCount', () => {
  it('costs one more request, and only if it is selected', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const { offlineMessages } = await fetchData(url, OfflineCount, { first: 4, filter: null }, asOperator)
    expect(offlineMessages.totalCount).toBe(56)
    expect(sandbox.counts()).toEqual({ [LIST_ROUTE]: 2 })
  })

  it('counts the filter’s matches in the whole range', async () => {
    const { url, sandbox } = await openClassicAccount({ seed: true })
    const filter = { from: '2026-03-02', text: 'NF-' }
    const { offlineMessages } = await fetchData(url, OfflineCount, { first: 1, filter }, asOperator)
    const expected = sandbox.offlineMessages.filter(({ message }) => message.includes('NF-'))
    expect(offlineMessages.totalCount).toBe(expected.length)
  })
})

describe('days without messages', () => {
  it('are skipped in strides: an empty year costs nine requests', async () => {
    const { url, sandbox } = await openClassicAccount()
    expect(idsOf(await readPages(url, { filter: YEAR }))).toEqual([])
    expect(sandbox.counts()).toEqual({ [LIST_ROUTE]: 9 })
  })

  it('cost three requests in the default range', async () => {
    const { url, sandbox } = await openClassicAccount()
    expect(idsOf(await readPages(url))).toEqual([])
    expect(sandbox.counts()).toEqual({ [LIST_ROUTE]: 3 })
  })

  it.each(['2025-03-11', '2025-07-19', '2026-01-01', '2026-03-09'])(
    'hide none: the one message of a year, on %s, is found, and not by a call a day',
    async (day) => {
      const { url, sandbox } = await openClassicAccount()
      const at = Date.parse(`${day}T09:00:00Z`)
      const { id } = sandbox.addOfflineMessage({ visitorName: 'A', email: 'a@mail.test', text: 'Hi', at })
      const [page] = await readPages(url, { filter: YEAR })
      expect(page?.edges.map(({ node }) => [node.nativeId, node.receivedOn])).toEqual([[id, day]])
      expect(sandbox.counts()[LIST_ROUTE]).toBeLessThanOrEqual(25)
    },
  )
})

it('identical lists in one operation share their requests', async () => {
  const { url, sandbox } = await openClassicAccount({ seed: true })
  const { one, other } = await fetchData(url, OfflineTwice, {}, asOperator)
  expect(one).toEqual(other)
  expect(one.nodes).toHaveLength(5)
  expect(sandbox.counts()).toEqual({ [LIST_ROUTE]: 2 })
})
