import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  mergeRoomLists,
  type PagedRoomList,
} from '../../../../src/providers/rocketchat/agent/merge-room-lists.ts'
import { roomListFiltersFor } from '../../../../src/providers/rocketchat/agent/room-list-filters.ts'
import { roomSchema as roomShape, type WireRoom } from '../../../../src/providers/rocketchat/wire.ts'

const states = ['open', 'queued', 'onhold'] as const
type State = (typeof states)[number]
interface Stored {
  readonly wire: WireRoom
  readonly state: State
}

/** What each list of a server holds, by its name. */
const held: Readonly<Record<string, readonly State[]>> = {
  open: ['open'],
  queued: ['queued'],
  onhold: ['onhold'],
  unclosed: ['open', 'queued'],
}

const PAGE = 3

/** The lists of a server with or without the `queued` filter, in pages of three. */
function listsOf(rooms: readonly Stored[], hasQueuedFilter: boolean) {
  const asked: string[] = []
  const lists = roomListFiltersFor(['OPEN', 'QUEUED', 'ON_HOLD'], hasQueuedFilter).map(
    ({ name }): PagedRoomList => {
      const rows = rooms.filter(({ state }) => held[name]?.includes(state)).map(({ wire }) => wire)
      return {
        name,
        async read(offset) {
          asked.push(name)
          const page = rows.slice(offset, offset + PAGE)
          return { rooms: page, rowCount: page.length, total: rows.length }
        },
      }
    },
  )
  return { lists, asked }
}

const rooms = fc
  .array(fc.record({ second: fc.nat(8), state: fc.constantFrom(...states) }), { maxLength: 40 })
  .map((plans) =>
    plans
      .map(({ second, state }, index): Stored => {
        const lm = new Date(second * 1000).toISOString()
        return { wire: roomShape.parse({ _id: `room-${String(index).padStart(2, '0')}`, lm }), state }
      })
      .sort(
        (a, b) =>
          (b.wire.lm?.getTime() ?? 0) - (a.wire.lm?.getTime() ?? 0) || (a.wire._id < b.wire._id ? -1 : 1),
      ),
  )

it('gives every room once and in order, in pages of any size, whatever release the server turns out to be', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })
  const releases = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(rooms, sizes, releases, async (stored, pageSizes, hasFilter) => {
      const found: string[] = []
      let resume: string | null = null
      for (let turn = 0; ; turn += 1) {
        const size = pageSizes[turn % pageSizes.length] ?? 1
        const { lists } = listsOf(stored, hasFilter[turn % hasFilter.length] ?? true)
        let given = 0
        for await (const { wire, resumeToken: at } of mergeRoomLists(lists, resume)) {
          found.push(wire._id)
          resume = at
          given += 1
          if (given === size) break
        }
        if (given < size) break
      }
      expect(found).toEqual(stored.map(({ wire }) => wire._id))
    }),
  )
})

it('asks a list that has ended no more', async () => {
  const stored = [
    { state: 'queued' as const, wire: roomShape.parse({ _id: 'q', lm: new Date(9_000).toISOString() }) },
    ...Array.from({ length: 8 }, (_, index) => ({
      state: 'open' as const,
      wire: roomShape.parse({ _id: `room-${index}`, lm: new Date(8_000 - index * 1_000).toISOString() }),
    })),
  ]
  let resume: string | null = null
  let taken = 0
  for await (const { resumeToken: at } of mergeRoomLists(listsOf(stored, true).lists, null)) {
    resume = at
    taken += 1
    if (taken === 3) break
  }
  const { lists, asked } = listsOf(stored, true)
  const rest: string[] = []
  for await (const { wire } of mergeRoomLists(lists, resume)) rest.push(wire._id)
  expect(rest).toEqual(['room-2', 'room-3', 'room-4', 'room-5', 'room-6', 'room-7'])
  expect(new Set(asked)).toEqual(new Set(['open']))
})
