import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chat } from '../../../../sandbox/livechat/index.ts'
import { fetchData, sendOperation } from '../../../support/graphql-client.ts'
import { asOperator } from '../../../support/test-gateway.ts'
import { RoomList } from '../support/documents.ts'
import {
  countRequests,
  type LiveChatGateway,
  manualClock,
  openLiveChatGateway,
} from '../support/livechat-gateway.ts'

/** Starts an account with `count` chats, one second apart, of which some have newer messages; optionally all closed. */
async function withChats(count: number, goOn: readonly number[] = [], closed = false) {
  const clock = manualClock()
  const gateway = await openLiveChatGateway({ sandbox: { now: clock.now } })
  const ids = Array.from({ length: count }, () => {
    clock.advance(1_000)
    return gateway.liveChat.chats.start({ say: 'hello' }).id
  })
  for (const index of goOn) {
    clock.advance(1_000)
    gateway.liveChat.chats.customerSends(ids[index] ?? '', 'still there?')
  }
  if (closed) for (const chat of gateway.liveChat.chats.all) closeSilently(chat)
  return { gateway, ids, clock }
}

/** Closes a chat as LiveChat does after a timeout: without an event, so that its last activity stays the same. */
function closeSilently({ threads }: Chat): void {
  for (const thread of threads) thread.active = false
}

async function page({ url }: LiveChatGateway, first: number, after: string | null) {
  const { rooms } = await fetchData(url, RoomList, { first, after }, asOperator)
  return {
    ids: rooms.edges.map(({ node }) => node.nativeId),
    next: rooms.pageInfo.hasNextPage ? (rooms.pageInfo.endCursor ?? null) : null,
  }
}

/** Reads the list from a cursor to its end. */
async function walk(
  gateway: LiveChatGateway,
  first: number,
  after: string | null = null,
  between = async () => {},
) {
  const ids: string[] = []
  for (let cursor = after; ; ) {
    const read = await page(gateway, first, cursor)
    ids.push(...read.ids)
    if (read.next === null) return ids
    cursor = read.next
    await between()
  }
}

describe('open rooms on several of LiveChat’s pages', () => {
  it('are sorted by latest activity, however old they are', async () => {
    const { gateway, ids } = await withChats(230, [2, 129, 200])
    const expected = [200, 129, 2].flatMap((index) => ids[index] ?? [])
    const rest = ids.toReversed().filter((id) => !expected.includes(id))
    expect(await walk(gateway, 100)).toEqual([...expected, ...rest])
    expect(await walk(gateway, 37)).toEqual([...expected, ...rest])
  })

  it('are all read for one page, and closed ones only as far as the page needs', async () => {
    const { gateway } = await withChats(150)
    gateway.liveChat.clearCalls()
    const first = await page(gateway, 99, null)
    expect(countRequests(gateway)).toEqual({ 'agent/list_chats': 3 })
    await page(gateway, 51, first.next)
    expect(countRequests(gateway)).toEqual({ 'agent/list_chats': 6 })
  })

  it('are merged with closed ones by activity, and none is returned twice when it closes', async () => {
    const { gateway, ids, clock } = await withChats(40, [3, 9])
    const { chats } = gateway.liveChat
    for (const id of ids.slice(10, 30)) {
      clock.advance(1_000)
      chats.close(id)
    }
    const first = await page(gateway, 15, null)
    // It is closed at the current time of this machine's clock.
    clock.advance(Date.now() + 3_600_000 - clock.now())
    for (const id of first.ids.slice(0, 5)) if (chats.get(id).threads.at(-1)?.active) chats.close(id)
    const rest = await walk(gateway, 15, first.next)
    const all = [...first.ids, ...rest]
    expect(new Set(all).size).toBe(all.length)
    expect(all.toSorted()).toEqual(ids.toSorted())
  })

  it('that start after a page of closed ones alone are not on the next page', async () => {
    const { gateway, ids, clock } = await withChats(4)
    const { chats } = gateway.liveChat
    const [quiet = '', ...others] = ids
    for (const id of others) {
      clock.advance(1_000)
      chats.close(id)
    }
    const first = await page(gateway, 2, null)
    expect(first.ids).toEqual(others.toReversed().slice(0, 2))
    clock.advance(1_000)
    chats.start({ say: 'new here' })
    expect(await walk(gateway, 2, first.next)).toEqual([others[0], quiet])
  })
})

describe('closed rooms on several of LiveChat’s pages', () => {
  it('are returned once each, sorted by latest activity within each hundred', async () => {
    const { gateway, ids } = await withChats(230, [2, 129, 200], true)
    const newestFirst = ids.toReversed()
    const moved = (part: readonly string[], front: readonly (string | undefined)[]) => [
      ...front.flatMap((id) => id ?? []),
      ...part.filter((id) => !front.includes(id)),
    ]
    const expected = [
      ...moved(newestFirst.slice(0, 100), [ids[200]]),
      ...moved(newestFirst.slice(100, 200), [ids[129]]),
      ...moved(newestFirst.slice(200), [ids[2]]),
    ]
    expect(await walk(gateway, 100)).toEqual(expected)
    expect(await walk(gateway, 37)).toEqual(expected)
  })

  it('cost one request per hundred rooms, and one to continue', async () => {
    const { gateway } = await withChats(150, [], true)
    gateway.liveChat.clearCalls()
    const first = await page(gateway, 99, null)
    // A cursor after the last open room.
    expect(countRequests(gateway)).toEqual({ 'agent/list_chats': 2 })
    await page(gateway, 50, first.next)
    expect(countRequests(gateway)).toEqual({ 'agent/list_chats': 4 })
  })

  it('are the same for any page size', async () => {
    const { gateway } = await withChats(118, [5, 60, 117], true)
    const expected = await walk(gateway, 100)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: 100 }), async (size) => {
        expect(await walk(gateway, size)).toEqual(expected)
      }),
      { numRuns: 4 },
    )
  })

  it('continue by position if the page id has expired', async () => {
    const { gateway } = await withChats(230, [150, 220], true)
    const expected = await walk(gateway, 100)
    const expire = async () => gateway.liveChat.expirePageIds()
    expect(await walk(gateway, 45, null, expire)).toEqual(expected)
  })

  it('are neither repeated nor lost if chats start during the read', async () => {
    const { gateway, clock } = await withChats(130, [3, 40, 100], true)
    const expected = await walk(gateway, 100)
    const begin = async () => {
      clock.advance(1_000)
      for (let count = 0; count < 7; count += 1) gateway.liveChat.chats.start({ say: 'new here' })
    }
    const read = await walk(gateway, 20, null, begin)
    expect(new Set(read).size).toBe(read.length)
    expect(read).toEqual(expected)
  })

  it('at worst lack one that gets a new thread during the read, and repeat none', async () => {
    const { gateway, clock, ids } = await withChats(120, [], true)
    const first = await page(gateway, 30, null)
    clock.advance(1_000)
    const back = ids[10] ?? ''
    gateway.liveChat.chats.resume(back)
    const rest = await walk(gateway, 30, first.next)
    expect([...first.ids, ...rest]).toEqual(ids.toReversed().filter((id) => id !== back))
  })

  it('reject a modified cursor', async () => {
    const { gateway } = await withChats(1)
    for (const resume of [
      '',
      '[]',
      '[1,2,3,4]',
      '["x",null,[1],[1,"a"]]',
      '[1,null,"nonsense"]',
      'nonsense',
    ]) {
      const after = Buffer.from(JSON.stringify([1, { livechat: resume }])).toString('base64url')
      const { errors } = await sendOperation(gateway.url, RoomList, { after }, asOperator)
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
    }
  })
})
