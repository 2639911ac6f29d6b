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

/** A licence with so many chats, a second apart, of which some have gone on since; closed ones in the end if told. */
async function withChats(count: number, goOn: readonly number[] = [], closed = false) {
  const clock = manualClock()
  const licence = await openLiveChatGateway({ sandbox: { now: clock.now } })
  const ids = Array.from({ length: count }, () => {
    clock.forward(1_000)
    return licence.liveChat.chats.start({ say: 'hello' }).id
  })
  for (const index of goOn) {
    clock.forward(1_000)
    licence.liveChat.chats.customerSends(ids[index] ?? '', 'still there?')
  }
  if (closed) for (const chat of licence.liveChat.chats.all) silence(chat)
  return { licence, ids, clock }
}

/** As LiveChat closes a chat after a time; without a word, so that its activity stays what it was. */
function silence({ threads }: Chat): void {
  for (const thread of threads) thread.active = false
}

async function page({ url }: LiveChatGateway, first: number, after: string | null) {
  const { rooms } = await fetchData(url, RoomList, { first, after }, asOperator)
  return {
    ids: rooms.edges.map(({ node }) => node.nativeId),
    next: rooms.pageInfo.hasNextPage ? (rooms.pageInfo.endCursor ?? null) : null,
  }
}

/** The list from a cursor to its end. */
async function walk(
  licence: LiveChatGateway,
  first: number,
  after: string | null = null,
  between = async () => {},
) {
  const ids: string[] = []
  for (let cursor = after; ; ) {
    const read = await page(licence, first, cursor)
    ids.push(...read.ids)
    if (read.next === null) return ids
    cursor = read.next
    await between()
  }
}

describe('open rooms beyond LiveChat’s pages', () => {
  it('come latest activity first, however long ago they began', async () => {
    const { licence, ids } = await withChats(230, [2, 129, 200])
    const expected = [200, 129, 2].flatMap((index) => ids[index] ?? [])
    const rest = ids.toReversed().filter((id) => !expected.includes(id))
    expect(await walk(licence, 100)).toEqual([...expected, ...rest])
    expect(await walk(licence, 37)).toEqual([...expected, ...rest])
  })

  it('are all read for a page, and the closed ones as far as the page goes', async () => {
    const { licence } = await withChats(150)
    licence.liveChat.clearCalls()
    const first = await page(licence, 99, null)
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 3 })
    await page(licence, 51, first.next)
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 6 })
  })

  it('are among closed ones where their activity puts them, and none is given twice when it closes', async () => {
    const { licence, ids, clock } = await withChats(40, [3, 9])
    const { chats } = licence.liveChat
    for (const id of ids.slice(10, 30)) {
      clock.forward(1_000)
      chats.close(id)
    }
    const first = await page(licence, 15, null)
    // Closed by now, as the clock of this machine has it.
    clock.forward(Date.now() + 3_600_000 - clock.now())
    for (const id of first.ids.slice(0, 5)) if (chats.get(id).threads.at(-1)?.active) chats.close(id)
    const rest = await walk(licence, 15, first.next)
    const all = [...first.ids, ...rest]
    expect(new Set(all).size).toBe(all.length)
    expect(all.toSorted()).toEqual(ids.toSorted())
  })
})

describe('closed rooms beyond LiveChat’s pages', () => {
  it('come whole, each room once, latest activity first within each hundred', async () => {
    const { licence, ids } = await withChats(230, [2, 129, 200], true)
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
    expect(await walk(licence, 100)).toEqual(expected)
    expect(await walk(licence, 37)).toEqual(expected)
  })

  it('cost one call a hundred rooms, and one to go on', async () => {
    const { licence } = await withChats(150, [], true)
    licence.liveChat.clearCalls()
    const first = await page(licence, 99, null)
    // One that says that no room is open.
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 2 })
    await page(licence, 50, first.next)
    expect(countRequests(licence)).toEqual({ 'agent/list_chats': 4 })
  })

  it('are the same however long the pages are', async () => {
    const { licence } = await withChats(118, [5, 60, 117], true)
    const whole = await walk(licence, 100)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: 100 }), async (size) => {
        expect(await walk(licence, size)).toEqual(whole)
      }),
      { numRuns: 4 },
    )
  })

  it('go on by position where the page id has expired', async () => {
    const { licence } = await withChats(230, [150, 220], true)
    const whole = await walk(licence, 100)
    const expire = async () => licence.liveChat.expirePageIds()
    expect(await walk(licence, 45, null, expire)).toEqual(whole)
  })

  it('are not repeated when chats begin while they are read, and none of them is lost', async () => {
    const { licence, clock } = await withChats(130, [3, 40, 100], true)
    const whole = await walk(licence, 100)
    const begin = async () => {
      clock.forward(1_000)
      for (let count = 0; count < 7; count += 1) licence.liveChat.chats.start({ say: 'new here' })
    }
    const read = await walk(licence, 20, null, begin)
    expect(new Set(read).size).toBe(read.length)
    expect(read).toEqual(whole)
  })

  it('lack one that goes on meanwhile at worst, and repeat none', async () => {
    const { licence, clock, ids } = await withChats(120, [], true)
    const first = await page(licence, 30, null)
    clock.forward(1_000)
    const back = ids[10] ?? ''
    licence.liveChat.chats.resume(back)
    const rest = await walk(licence, 30, first.next)
    expect([...first.ids, ...rest]).toEqual(ids.toReversed().filter((id) => id !== back))
  })

  it('refuse a cursor that was tampered with', async () => {
    const { licence } = await withChats(1)
    for (const resume of [
      '',
      '[]',
      '[1,2,3,4]',
      '["x",null,[1],[1,"a"]]',
      '[1,null,"nonsense"]',
      'nonsense',
    ]) {
      const after = Buffer.from(JSON.stringify([1, { livechat: resume }])).toString('base64url')
      const { errors } = await sendOperation(licence.url, RoomList, { after }, asOperator)
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
    }
  })
})
