import { expect, it } from 'vitest'
import { type RoomListPosition, walkRooms } from '../../../../src/providers/rocketchat/agent/walk-rooms.ts'
import { readRoom, type WireRoom } from '../../../../src/providers/rocketchat/wire.ts'

const rooms = ['d', 'c', 'b', 'a'].map((id, index) =>
  readRoom({ _id: id, lm: new Date(9_000 - index * 1_000).toISOString() }, new Set()),
)

/** Reads a list in pages of `pageSize`, with the given total. */
async function walk(total: number | null, pageSize: number, from: RoomListPosition | null = null) {
  const offsets: number[] = []
  const readPage = async (offset: number) => {
    offsets.push(offset)
    const page: readonly WireRoom[] = rooms.slice(offset, offset + pageSize)
    return { rooms: page, rowCount: page.length, total }
  }
  const ids: string[] = []
  for await (const { wire } of walkRooms(readPage, from)) ids.push(wire._id)
  return { ids, offsets }
}

it.each([2, 3, 100])(
  'ends after the last room if the total is too high, in pages of %i',
  async (pageSize) => {
    const { ids, offsets } = await walk(7, pageSize)
    expect(ids).toEqual(['d', 'c', 'b', 'a'])
    expect(new Set(offsets).size).toBe(offsets.length)
  },
)

it('ends where a client has read the last room and the total is too high', async () => {
  const { ids } = await walk(7, 100, { offset: 3, sortTime: 6_000, id: 'a' })
  expect(ids).toEqual([])
})

it('ends without a total where a page is not full', async () => {
  expect(await walk(null, 100)).toEqual({ ids: ['d', 'c', 'b', 'a'], offsets: [0] })
})
