import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { OfflineListPageQuery } from '../generated/graphql.ts'
import { fetchData } from '../support/graphql-client.ts'
import { asOperator } from '../support/test-gateway.ts'
import { OfflineListPage } from './list-documents.ts'
import { acceptAt, openOfflineGateway, openSharedStore } from './offline-gateway.ts'

const DAY_MS = 86_400_000

type Listed = OfflineListPageQuery['offlineMessages']['nodes'][number]

/** Changes between two pages: numbers of arrivals in each list and of removals of what was read. */
interface Between {
  readonly first: number
  readonly kept: number
  readonly classic: number
  readonly tickets: number
  readonly removed: number
}

const several = (most: number) => fc.array(fc.integer({ min: 0, max: 5 * DAY_MS }), { maxLength: most })
const between: fc.Arbitrary<Between> = fc.record({
  first: fc.integer({ min: 8, max: 40 }),
  kept: fc.nat(3),
  classic: fc.nat(30),
  tickets: fc.nat(5),
  removed: fc.nat(5),
})
const script = fc.record({
  // Ages of the messages of each list, in milliseconds.
  kept: several(6),
  classic: several(40),
  tickets: several(6),
  steps: fc.array(between, { minLength: 1, maxLength: 3 }),
})

/** Sort key of a message: its time, or the start of its day if it has none. */
const momentOf = ({ receivedAt, receivedOn }: Listed) => Date.parse(receivedAt ?? receivedOn ?? '')

it('paging returns each message that was there exactly once, newest first, whatever arrives or disappears meanwhile', async () => {
  const offlineGateway = await openOfflineGateway({ withHelpDesk: true })
  const store = await openSharedStore(offlineGateway)
  let runs = 0
  await fc.assert(
    fc.asyncProperty(script, async ({ steps, ...lists }) => {
      runs += 1
      const tag = `run-${runs}-end`
      let count = 0
      const nextText = () => `${tag} message ${count++}`
      const keep = async (msAgo: number) => {
        const text = nextText()
        await acceptAt(store, new Date(Date.now() - msAgo), { text })
        return text
      }
      const leaveTicket = (msAgo: number) => {
        const text = nextText()
        const requester = { name: 'Eve', email: 'eve@mail.test' }
        offlineGateway.liveChat.addTicket({ requester, text, at: Date.now() - msAgo })
        return text
      }
      const leaveClassic = (msAgo: number) => {
        const text = nextText()
        const draft = { visitorName: 'Bob', email: 'bob@mail.test', text, at: Date.now() - msAgo }
        offlineGateway.liveChat.addOfflineMessage(draft)
        return text
      }
      const initial = [
        ...(await Promise.all(lists.kept.map(keep))),
        ...lists.tickets.map(leaveTicket),
        ...[...lists.classic].sort((a, b) => b - a).map(leaveClassic),
      ]
      const read: Listed[] = []
      for (let page = 0, after: string | null = null; ; page += 1) {
        const step = steps[page % steps.length]
        if (!step) return
        const { offlineMessages }: OfflineListPageQuery = await fetchData(
          offlineGateway.url,
          OfflineListPage,
          { first: step.first, after, filter: { text: tag } },
          asOperator,
        )
        read.push(...offlineMessages.nodes)
        if (!offlineMessages.pageInfo.hasNextPage) break
        after = offlineMessages.pageInfo.endCursor ?? null
        // Arrivals end at some point, so that the reader of a growing list terminates.
        if (page >= steps.length) continue
        for (let n = 0; n < step.kept; n += 1) await keep(0)
        for (let n = 0; n < step.tickets; n += 1) leaveTicket(0)
        for (let n = 0; n < step.classic; n += 1) leaveClassic(0)
        const classic = read.flatMap(({ provider, nativeId }) =>
          provider.name === 'livechat' ? [nativeId ?? ''] : [],
        )
        for (const id of classic.slice(0, step.removed)) offlineGateway.liveChat.removeOfflineMessage(id)
      }
      const texts = read.map(({ text }) => text)
      expect(new Set(texts).size).toBe(texts.length)
      expect(initial.filter((text) => !texts.includes(text))).toEqual([])
      const moments = read.map(momentOf)
      expect(moments).toEqual([...moments].sort((a, b) => b - a))
    }),
    { numRuns: 5 },
  )
})
