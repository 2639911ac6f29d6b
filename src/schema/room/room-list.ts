import type { ChatAdapter } from '../../domain/adapter.ts'
import type { Room as RoomModel } from '../../domain/model.ts'
import { matchesRoomQuery, type RoomQuery } from '../../domain/room-query.ts'
import { requireOperator } from '../access/access-rule.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { connectionType, pageComplexity, parsePageSize } from '../pagination/connection.ts'
import { readMergedConnection } from '../pagination/merged-connection.ts'
import { RoomFilter, resolveRoomFilter } from './room-filter.ts'
import { Room, type RoomHandle } from './room-ref.ts'

const DEFAULT_PAGE_SIZE = 25

interface Countable {
  readonly count: () => Promise<number | null>
}

const RoomConnection = connectionType<RoomModel | RoomHandle, Countable>('Room', Room, {
  connection: 'A page of rooms of all providers, latest activity first.',
  edge: 'A room with the cursor of its position.',
  cursor: 'Position of the room in the list, for `after`.',
  node: 'The room.',
})

builder.objectField(RoomConnection, 'totalCount', (t) =>
  t.int({
    nullable: true,
    description:
      'Exact number of rooms that match the filter. Costs one call per provider; null if a provider cannot count them with one call. LiveChat counts open rooms only, up to 100 of them.',
    resolve: ({ count }) => count(),
  }),
)

builder.queryField('rooms', (t) =>
  t.field({
    type: RoomConnection,
    description:
      'Operators only. Rooms of all providers in one list, latest activity first. Costs one call or more per provider. If a provider fails, its rooms are missing and the failure is in `errors`.',
    access: requireOperator('READ'),
    complexity: (args) => pageComplexity(args, DEFAULT_PAGE_SIZE),
    args: {
      first: t.arg.int({
        description: `Number of rooms per page, from 1 to 100; ${DEFAULT_PAGE_SIZE} by default.`,
      }),
      after: t.arg.string({ description: 'Continues after this cursor of an edge or a page.' }),
      filter: t.arg({ type: RoomFilter, description: 'Filter applied to the list.' }),
    },
    resolve: async (_root, { first, after, filter }, ctx, info) => {
      const limit = parsePageSize(first, 'first', DEFAULT_PAGE_SIZE)
      const path = info.path.key
      const { adapters, query } = resolveRoomFilter(filter ?? {}, path, ctx)
      const lists = adapters.map((adapter) => ({
        name: adapter.name,
        open: (resumeToken: string | null) => readMatchingRooms(adapter, query, resumeToken, ctx),
      }))
      const page = await readMergedConnection({ lists, limit, after, path, sortTime }, ctx)
      return { ...page, count: () => countMatchingRooms(adapters, query, ctx) }
    },
  }),
)

/** Reads the rooms that match. Providers filter as far as they can; this filters by the whole query. */
async function* readMatchingRooms(
  adapter: ChatAdapter,
  query: RoomQuery,
  resumeToken: string | null,
  { call }: Context,
) {
  for await (const entry of adapter.listRooms(query, resumeToken, call)) {
    if (matchesRoomQuery(entry.room, query)) yield { item: entry.room, resumeToken: entry.resumeToken }
  }
}

/** Counts the matches of all providers; null if one cannot count. */
async function countMatchingRooms(
  adapters: readonly ChatAdapter[],
  query: RoomQuery,
  { call }: Context,
): Promise<number | null> {
  const counts = await Promise.all(adapters.map((adapter) => adapter.countRooms(query, call)))
  return counts.reduce<number | null>(
    (sum, count) => (sum === null || count === null ? null : sum + count),
    0,
  )
}

/** A room without a known time comes first: its own list has it in the right order, which must not wait for it. */
function sortTime({ lastActivityAt }: RoomModel): number {
  return lastActivityAt?.getTime() ?? Number.POSITIVE_INFINITY
}
