import { describe, expect, it } from 'vitest'
import { fetchData } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { OfflineCount } from '../support/classic-documents.ts'
import { openClassicAccount, setClock } from '../support/classic-gateway.ts'
import { dayAt, expectedList, readPages } from '../support/classic-list.ts'

// Daylight saving time starts in New York on 8 March 2026 and ends in Auckland on 5 April.
const moments = [
  ['Pacific/Auckland', '2026-03-10T12:00:00Z', '2026-03-11'],
  ['Pacific/Auckland', '2026-04-06T10:59:00Z', '2026-04-06'],
  ['America/New_York', '2026-03-10T03:30:00Z', '2026-03-09'],
  ['America/New_York', '2026-03-08T07:30:00Z', '2026-03-08'],
  ['Asia/Kathmandu', '2026-03-10T18:20:00Z', '2026-03-11'],
  ['UTC', '2026-03-10T00:00:00Z', '2026-03-10'],
] as const

describe.each(moments)('an account in %s at %s', (timeZone, now, today) => {
  it('dates each message by its own time zone', async () => {
    setClock(now)
    expect(dayAt(Date.now(), timeZone)).toBe(today)
    const { url, sandbox } = await openClassicAccount({ seed: true, timeZone })
    const pages = await readPages(url, { first: 25, filter: { from: '2026-01-01' } })
    const listed = pages.flatMap(({ edges }) =>
      edges.map(({ node: { nativeId, receivedOn } }) => ({ nativeId, receivedOn })),
    )
    expect(listed).toEqual(expectedList(sandbox, { timeZone }))
    expect(new Set(listed.map(({ receivedOn }) => receivedOn)).size).toBe(9)
  })

  it('counts the default range of seven days in its own time zone', async () => {
    setClock(now)
    const { url, sandbox } = await openClassicAccount({ seed: true, timeZone })
    const [page] = await readPages(url, { first: 100 })
    const days = [...new Set(expectedList(sandbox, { timeZone }).map(({ receivedOn }) => receivedOn))]
    const listed = new Set(page?.edges.map(({ node }) => node.receivedOn))
    expect([...listed]).toEqual(days.slice(0, 7))
    expect([...listed][0]).toBe(today)
    const { offlineMessages } = await fetchData(url, OfflineCount, { first: 1, filter: null }, asOperator)
    expect(offlineMessages.totalCount).toBe(page?.edges.length)
  })
})
