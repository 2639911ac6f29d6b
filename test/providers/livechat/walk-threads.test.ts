import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fetchData } from '../../support/graphql-client.ts'
import { asOperator } from '../../support/test-gateway.ts'
import { Messages } from './support/documents.ts'
import { asVisitorOf, type LiveChatGateway, openLiveChatGateway } from './support/livechat-gateway.ts'
import { createPlannedChat, storedIds, type ThreadPlan } from './support/planned-chat.ts'

type Headers = Readonly<Record<string, string>>

const START = Date.parse('2026-01-02T03:04:05.678Z')
/** Five threads with 130 events: every third in the millisecond of the one before, some in the same microsecond. */
const long: readonly ThreadPlan[] = [26, 31, 1, 50, 22].map((count, thread) => ({
  gaps: Array.from({ length: count }, (_, at) => (at % 3 === 2 ? 417 : at % 7 === 3 ? 0 : 250_001 + thread)),
  notes: [1, 8, 9, count - 1],
}))

async function page({ url }: LiveChatGateway, id: string, args: object, headers: Headers) {
  const { roomByNativeId } = await fetchData(url, Messages, { id, ...args }, headers)
  const connection = roomByNativeId?.messages
  if (!connection) throw new Error('no such room')
  return {
    ids: connection.edges.map(({ node }) => node.nativeId),
    ...connection.pageInfo,
    edges: connection.edges,
  }
}

async function walkBack(
  gateway: LiveChatGateway,
  id: string,
  size: number,
  headers: Headers,
): Promise<string[]> {
  const ids: string[] = []
  for (let before: string | null = null; ; ) {
    const read = await page(gateway, id, { last: size, before }, headers)
    ids.unshift(...read.ids)
    if (!read.hasPreviousPage) return ids
    before = read.startCursor ?? null
  }
}

async function walkForth(
  gateway: LiveChatGateway,
  id: string,
  size: number,
  headers: Headers,
): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | null = null; ; ) {
    const read = await page(gateway, id, { first: size, after }, headers)
    ids.push(...read.ids)
    if (!read.hasNextPage) return ids
    after = read.endCursor ?? null
  }
}

describe('a history of 130 events in five threads', () => {
  it.each(['an operator', 'a visitor'] as const)('is one list for %s in both directions', async (who) => {
    const gateway = await openLiveChatGateway()
    const chat = createPlannedChat(gateway.liveChat, long, START)
    const headers = who === 'an operator' ? asOperator : asVisitorOf(gateway, chat)
    const all = storedIds(chat, who === 'an operator' ? 'agents' : 'all')
    expect(all.length).toBe(who === 'an operator' ? 130 : 113)
    for (const size of [7, 50, 100]) {
      expect(await walkBack(gateway, chat.id, size, headers)).toEqual(all)
      expect(await walkForth(gateway, chat.id, size, headers)).toEqual(all)
    }
  })

  it('is limited by time: `since` inclusive, `until` exclusive', async () => {
    const gateway = await openLiveChatGateway()
    const chat = createPlannedChat(gateway.liveChat, long, START)
    const all = await page(gateway, chat.id, { last: 100 }, asOperator)
    const border = all.edges[40]?.node.createdAt ?? ''
    const before = all.edges.filter(({ node }) => node.createdAt < border).map(({ node }) => node.nativeId)
    const later = all.edges.filter(({ node }) => node.createdAt >= border).map(({ node }) => node.nativeId)
    const since = await page(gateway, chat.id, { last: 100, since: border }, asOperator)
    const until = await page(gateway, chat.id, { last: before.length, until: border }, asOperator)
    expect(since.ids).toEqual(later)
    expect(until.ids).toEqual(before)
  })

  it('lacks what the plan does not cover, and nothing else', async () => {
    const gateway = await openLiveChatGateway()
    const chat = createPlannedChat(gateway.liveChat, long, START)
    const [, withheld] = chat.threads
    if (withheld) withheld.restrictedAccess = 'Not on this plan'
    const open = storedIds(chat, 'agents').filter((id) => !id.startsWith(withheld?.id ?? '?'))
    expect(await walkBack(gateway, chat.id, 60, asOperator)).toEqual(open)
  })
})

describe('any history', () => {
  const thread = fc.record({
    gaps: fc.array(
      fc.oneof(fc.constantFrom(0, 0, 1, 417, 999, 1_000), fc.integer({ min: 0, max: 5_000_000 })),
      {
        maxLength: 18,
      },
    ),
    notes: fc.array(fc.nat(17), { maxLength: 5 }),
  })

  it('is paged through without a gap or a repetition, for both roles', async () => {
    const gateway = await openLiveChatGateway()
    await fc.assert(
      fc.asyncProperty(
        fc.array(thread, { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        async (plans, size, visitor) => {
          const chat = createPlannedChat(gateway.liveChat, plans, START)
          const headers = visitor ? asVisitorOf(gateway, chat) : asOperator
          const all = storedIds(chat, visitor ? 'all' : 'agents')
          expect(await walkBack(gateway, chat.id, size, headers)).toEqual(all)
          expect(await walkForth(gateway, chat.id, size + 5, headers)).toEqual(all)
        },
      ),
      { numRuns: 25 },
    )
  })
})
