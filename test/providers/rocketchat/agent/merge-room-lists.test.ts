import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  mergeRoomLists,
  type PagedRoomList,
} from '../../../../src/providers/rocketchat/agent/merge-room-lists.ts'
import { roomListFiltersFor } from '../../../../src/providers/rocketchat/agent/room-list-filters.ts'
import { readRoom, type WireRoom } from '../../../../src/providers/rocketchat/wire.ts'

const states = ['open', 'queued', 'onhold'] as const
type State = (typeof states)[number]
interface Stored {
  readonly wire: WireRoom
  readonly state: State
}

/** States of the rooms in each list of a server, by its name. */
const statesByList: Readonly<Record<string, readonly State[]>> = {
  open: ['open'],
  queued: ['queued'],
  onhold: ['onhold'],
  unclosed: ['open', 'queued'],
}

const PAGE = 3

/** The lists of a server with or without the `queued` filter, in pages of three. */
function createLists(rooms: readonly Stored[], hasQueuedFilter: boolean) {
  const requestedLists: string[] = []
  const lists = roomListFiltersFor(['OPEN', 'QUEUED', 'ON_HOLD'], hasQueuedFilter).map(
    ({ name }): PagedRoomList => {
      const rows = rooms.filter(({ state }) => statesByList[name]?.includes(state)).map(({ wire }) => wire)
      return {
        name,
        async read(offset) {
          requestedLists.push(name)
          const page = rows.slice(offset, offset + PAGE)
          return { rooms: page, rowCount: page.length, total: rows.length }
        },
      }
    },
  )
  return { lists, requestedLists }
}

const rooms = fc
  .array(fc.record({ second: fc.nat(8), state: fc.constantFrom(...states) }), { maxLength: 40 })
  .map((plans) =>
    plans
      .map(({ second, state }, index): Stored => {
        const lm = new Date(second * 1000).toISOString()
        return { wire: readRoom({ _id: `room-${String(index).padStart(2, '0')}`, lm }, new Set()), state }
      })
      .sort(
        (a, b) =>
          (b.wire.lm?.getTime() ?? 0) - (a.wire.lm?.getTime() ?? 0) || (a.wire._id < b.wire._id ? -1 : 1),
      ),
  )

it('returns every room once and in order, in pages of any size, on servers of any release', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })
  const releases = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(rooms, sizes, releases, async (stored, pageSizes, hasFilter) => {
      const returnedIds: string[] = []
      let resume: string | null = null
      for (let turn = 0; ; turn += 1) {
        const size = pageSizes[turn % pageSizes.length] ?? 1
        const { lists } = createLists(stored, hasFilter[turn % hasFilter.length] ?? true)
        let count = 0
        for await (const { wire, resumeToken: at } of mergeRoomLists(lists, resume)) {
          returnedIds.push(wire._id)
          resume = at
          count += 1
          if (count === size) break
        }
        if (count < size) break
      }
      expect(returnedIds).toEqual(stored.map(({ wire }) => wire._id))
    }),
  )
})

it('does not read a finished list again', async () => {
  const stored = [
    { state: 'queued' as const, wire: readRoom({ _id: 'q', lm: new Date(9_000).toISOString() }, new Set()) },
    ...Array.from({ length: 8 }, (_, index) => ({
      state: 'open' as const,
      wire: readRoom({ _id: `room-${index}`, lm: new Date(8_000 - index * 1_000).toISOString() }, new Set()),
    })),
  ]
  let resume: string | null = null
  let count = 0
  for await (const { resumeToken: at } of mergeRoomLists(createLists(stored, true).lists, null)) {
    resume = at
    count += 1
    if (count === 3) break
  }
  const { lists, requestedLists } = createLists(stored, true)
  const rest: string[] = []
  for await (const { wire } of mergeRoomLists(lists, resume)) rest.push(wire._id)
  expect(rest).toEqual(['room-2', 'room-3', 'room-4', 'room-5', 'room-6', 'room-7'])
  expect(new Set(requestedLists)).toEqual(new Set(['open']))
})

it('returns no room above the last one that was returned, also from a list of which none was returned', async () => {
  const room = (id: string, state: State, second: number): Stored => ({
    state,
    wire: readRoom({ _id: id, lm: new Date(second * 1_000).toISOString() }, new Set()),
  })
  const stored = [room('open-9', 'open', 9), room('open-8', 'open', 8), room('queued-7', 'queued', 7)]
  let resume: string | null = null
  for await (const { resumeToken } of mergeRoomLists(createLists(stored, true).lists, null)) {
    resume = resumeToken
    break
  }
  const { lists } = createLists([room('queued-10', 'queued', 10), ...stored], true)
  const rest: string[] = []
  for await (const { wire } of mergeRoomLists(lists, resume)) rest.push(wire._id)
  expect(rest).toEqual(['open-8', 'queued-7'])
})
