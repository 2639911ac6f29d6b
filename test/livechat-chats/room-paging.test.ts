import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask, askFor } from '../util/client.ts'
import { asOperator } from '../util/gateway.ts'
import { RoomList } from './documents.ts'
import { calls, handClock, type Licence, openLicence } from './licence.ts'

/** A licence with so many chats, a second apart, of which some have gone on since. */
async function withChats(count: number, goOn: readonly number[] = []) {
  const clock = handClock()
  const licence = await openLicence({ sandbox: { now: clock.now } })
  const ids = Array.from({ length: count }, () => {
    clock.forward(1_000)
    return licence.liveChat.chats.start({ say: 'hello' }).id
  })
  for (const index of goOn) {
    clock.forward(1_000)
    licence.liveChat.chats.customerSends(ids[index] ?? '', 'still there?')
  }
  return { licence, ids, clock }
}

async function page({ url }: Licence, first: number, after: string | null) {
  const { rooms } = await askFor(url, RoomList, { first, after }, asOperator)
  return {
    ids: rooms.edges.map(({ node }) => node.nativeId),
    next: rooms.pageInfo.hasNextPage ? (rooms.pageInfo.endCursor ?? null) : null,
  }
}

/** The list from a cursor to its end. */
async function walk(licence: Licence, first: number, after: string | null = null, between = async () => {}) {
  const ids: string[] = []
  for (let cursor = after; ; ) {
    const read = await page(licence, first, cursor)
    ids.push(...read.ids)
    if (read.next === null) return ids
    cursor = read.next
    await between()
  }
}

describe('a list of rooms longer than LiveChat’s pages', () => {
  it('comes whole, each room once, latest activity first within each hundred', async () => {
    const { licence, ids } = await withChats(230, [2, 129, 200])
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

  it('costs one call a hundred rooms, and one to go on', async () => {
    const { licence } = await withChats(150)
    licence.liveChat.forgetCalls()
    const first = await page(licence, 99, null)
    expect(calls(licence)).toEqual({ 'agent/list_chats': 1 })
    await page(licence, 50, first.next)
    expect(calls(licence)).toEqual({ 'agent/list_chats': 3 })
  })

  it('is the same however long its pages are', async () => {
    const { licence } = await withChats(118, [5, 60, 117])
    const whole = await walk(licence, 100)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: 100 }), async (size) => {
        expect(await walk(licence, size)).toEqual(whole)
      }),
      { numRuns: 4 },
    )
  })

  it('goes on by position where the page id has expired', async () => {
    const { licence } = await withChats(230, [150, 220])
    const whole = await walk(licence, 100)
    const expire = async () => licence.liveChat.expirePageIds()
    expect(await walk(licence, 45, null, expire)).toEqual(whole)
  })

  it('repeats nothing when chats begin while it is read, and loses nothing of what was there', async () => {
    const { licence, clock } = await withChats(130, [3, 40, 100])
    const whole = await walk(licence, 100)
    const begin = async () => {
      clock.forward(1_000)
      for (let count = 0; count < 7; count += 1) licence.liveChat.chats.start({ say: 'new here' })
    }
    const read = await walk(licence, 20, null, begin)
    expect(new Set(read).size).toBe(read.length)
    expect(read).toEqual(whole)
  })

  it('leaves out a room that goes on meanwhile at worst, and repeats none', async () => {
    const { licence, clock, ids } = await withChats(120)
    const first = await page(licence, 30, null)
    clock.forward(1_000)
    const back = ids[10] ?? ''
    licence.liveChat.chats.close(back)
    licence.liveChat.chats.resume(back)
    const rest = await walk(licence, 30, first.next)
    expect([...first.ids, ...rest]).toEqual(ids.toReversed().filter((id) => id !== back))
  })

  it('refuses a cursor that was tampered with', async () => {
    const { licence } = await withChats(1)
    for (const resume of ['', '[]', '[1,2,3,4]', '["x",null,[1],[1,"a"]]', 'nonsense']) {
      const after = Buffer.from(JSON.stringify([1, { livechat: resume }])).toString('base64url')
      const { errors } = await ask(licence.url, RoomList, { after }, asOperator)
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
    }
  })
})
